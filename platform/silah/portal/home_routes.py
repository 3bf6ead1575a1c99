"""The first page of an association."""

from collections.abc import Callable
from typing import Any

from flask import current_app, render_template

from silah.portal import public_context
from silah.portal.page_cache import remembered
from silah.portal.routes import bp
from silah.submissions import idempotency
from silah.web.access import public
from tenants.context import PLATFORM, place

PLATFORM_PAGE = "silah.platform_page"
"""Under this name an application has the function that draws the first page of the platform's own host."""

_parts: dict[str, Callable[[], Any]] = {}


def register_part(name: str, find: Callable[[], Any]) -> None:
    """Give the page of an association a value under this name; `find` is asked whenever the page is drawn."""
    _parts[name] = find


@bp.get("/")
@public(place="any")
def home() -> Any:
    """Four doors, the channels, the branch offices and the policy; on the platform's own host what Silah is."""
    idempotency.begin_anew()
    return _drawn()


@remembered
def _drawn() -> str:
    if place.get() is PLATFORM:
        page: Callable[[], str] = current_app.extensions[PLATFORM_PAGE]
        return page()
    policy = public_context.policy()
    return render_template(
        "portal/home.html",
        policy=policy,
        channels=policy.public_channels,
        branches=public_context.branches(),
        **{name: find() for name, find in _parts.items()},
    )
