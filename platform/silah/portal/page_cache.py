"""Public pages that are the same for every visitor: drawn once in a few seconds, not once a visit.

A change made in this process shows at once; one made in another process, within `SECONDS`. Whoever is signed in, or
has something to be told, gets a page drawn for them.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any

from flask import request, session
from sqlalchemy import event

from silah import clock
from silah.language.localization import locale
from tenants import cache_ages
from tenants.context import Tenant, key, place
from tenants.database import TenantSession

SECONDS = 10.0
MOST = 2_000
OWN = ("_user_id", "_flashes")
"""What a session holds of somebody for whom a page is drawn: who has signed in, what is to be said once."""

Kept = tuple[str, str, str, str, str]

_kept: "OrderedDict[Kept, tuple[float, str]]" = OrderedDict()
_lock = Lock()


def remembered(view: Callable[[], Any]) -> Callable[[], Any]:
    """Keep what a public page without forms shows; for views that depend on the association and language only."""

    @wraps(view)
    def shown() -> Any:
        return view() if set(request.args) - {"lang"} else drawn(request.path, view)

    return shown


def drawn(what: str, draw: Callable[[], Any]) -> Any:
    """What ``draw`` gives for any visitor, kept under a name; it must depend on the association and language only."""
    served = place.get()
    if not isinstance(served, Tenant) or any(own in session for own in OWN):
        return draw()
    name = (served.role, request.host_url, what, locale(), clock.today().isoformat())
    until, page = _kept.get(name, (0.0, ""))
    if until <= cache_ages.cache_clock():
        before = session.modified
        page = draw()
        if isinstance(page, str) and session.modified == before:
            _keep(name, page)
    return page


def forget(role: str | None = None) -> None:
    """Draw the pages of one association (or of all) afresh next time."""
    with _lock:
        for name in [name for name in _kept if role in (None, name[0])]:
            del _kept[name]


def _keep(name: Kept, page: str) -> None:
    with _lock:
        _kept[name] = (cache_ages.cache_clock() + SECONDS, page)
        _kept.move_to_end(name)
        while len(_kept) > MOST:
            _kept.popitem(last=False)


@event.listens_for(TenantSession, "after_flush")
def _wrote(session: TenantSession, context: Any) -> None:
    session.info["silah_wrote"] = True


@event.listens_for(TenantSession, "after_commit")
def _committed(session: TenantSession) -> None:
    if session.info.pop("silah_wrote", False):
        forget(key(place.get()))
