"""One person after the other at the tablet on the desk: what one of them left there is of no use to the next.

Each beginning is a sitting with a mark of its own. A page of an earlier sitting, reached by going back or by loading it
anew, leads to the beginning and shows nothing. A page left alone goes there by itself; without script a little later,
since nobody can tell then whether somebody is still writing.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from flask import request, session

from tenants.context import current_tenant

MARK = "surveys_sitting"
LEFT_ALONE, THANKED, UNSEEN = 90, 20, 300
"""Seconds until a page goes back to the beginning: left alone, after the thanks, and left alone without script."""


@dataclass(frozen=True)
class Idle:
    """When a page goes back to where it all begins; ``fresh`` is one on which nobody has done anything yet."""

    start: str
    mark: str
    seconds: int = LEFT_ALONE
    unseen: int = UNSEEN
    fresh: bool = False


def begin() -> None:
    """Somebody stands before the tablet, or nobody does."""
    session[MARK] = secrets.token_urlsafe(9)


def lasts(form: Mapping[str, str]) -> bool:
    """Whether what was sent belongs to the sitting that is going on."""
    return bool(session.get(MARK)) and secrets.compare_digest(form.get("sitting", ""), session[MARK])


def end() -> None:
    """The answers are in: loading the thanks anew sends nothing twice."""
    session.pop(MARK, None)


def idle(code: str) -> Idle:
    """How the page that is about to be shown goes back: in the association's language, for whoever comes next."""
    start = f"/s/{code}/kiosk?lang={current_tenant().locale}"
    mark = session.get(MARK, "")
    if not mark:
        return Idle(start, mark, THANKED, THANKED)
    return Idle(start, mark, fresh=request.method == "GET")
