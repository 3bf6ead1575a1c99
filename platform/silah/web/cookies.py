"""Cookies of one host alone: where HTTPS serves, their names begin with `__Host-`.

A browser takes such a name only over HTTPS, for the whole host and without a domain, so neither a page of a sister
host nor one over HTTP can plant it.
"""

from typing import Any

from flask import current_app, request
from werkzeug.wrappers import Response

PREFIX = "__Host-"


def full_name(name: str, *, secure: bool) -> str:
    """Return the name under which a cookie lies in the browser."""
    return f"{PREFIX}{name}" if secure else name


def read(name: str) -> str | None:
    """Return the cookie of this name that came with the request."""
    return request.cookies.get(full_name(name, secure=_secure()))


def put(response: Response, name: str, value: str, *, max_age: int, path: str = "/") -> None:
    """Set a cookie for this host alone; `path` narrows it where HTTPS does not serve."""
    secure = _secure()
    kept: dict[str, Any] = {"path": "/" if secure else path, "secure": secure, "httponly": True, "samesite": "Lax"}
    response.set_cookie(full_name(name, secure=secure), value, max_age=max_age, **kept)


def remove(response: Response, name: str, *, path: str = "/") -> None:
    """Take a cookie away again."""
    secure = _secure()
    response.delete_cookie(full_name(name, secure=secure), path="/" if secure else path, secure=secure, httponly=True)


def _secure() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])
