"""How an association wants its pages to look: accent, digits, logo. Read once in a while, not once a page."""

from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from silah.shell.models import AssociationSetting
from tenants import cache_ages
from tenants.context import Tenant, place
from tenants.database import db

KEPT_SECONDS = 30.0
FAILED_SECONDS = 1.0
"""How long a look that could not be read is not asked for again."""


@dataclass(frozen=True)
class Look:
    """What an association chose; the defaults are the platform's own."""

    accent: str = "#0f6b5c"
    digits: str = "western"
    logo_id: UUID | None = None

    @property
    def logo(self) -> str | None:
        """The address of the logo, or None."""
        return f"/logo?v={self.logo_id.hex[:10]}" if self.logo_id else None


PLATFORM_LOOK = Look()

_kept: dict[UUID, tuple[float, Look]] = {}
_lock = Lock()


def current() -> Look:
    """The look of the association being served, at most half a minute old; the platform's where there is none.

    A page that reports a failed database still needs a look, so a failure to read gives the default.
    """
    served = place.get()
    if not isinstance(served, Tenant):
        return PLATFORM_LOOK
    until, look = _kept.get(served.id, (0.0, PLATFORM_LOOK))
    if until > cache_ages.cache_clock():
        return look
    try:
        look = _read()
        until = cache_ages.cache_clock() + KEPT_SECONDS
    except SQLAlchemyError:
        until = cache_ages.cache_clock() + FAILED_SECONDS
    with _lock:
        _kept[served.id] = (until, look)
    return look


def _read() -> Look:
    row = db.session.get(AssociationSetting, 1)
    return Look(row.accent, row.digits, row.logo_id) if row else PLATFORM_LOOK


def forget(association: UUID | None = None) -> None:
    """Read the look of one association (or of all) afresh next time."""
    with _lock:
        if association is None:
            _kept.clear()
        else:
            _kept.pop(association, None)


@event.listens_for(AssociationSetting, "after_insert")
@event.listens_for(AssociationSetting, "after_update")
def _changed(*_: object) -> None:
    served = place.get()
    if isinstance(served, Tenant):
        forget(served.id)
