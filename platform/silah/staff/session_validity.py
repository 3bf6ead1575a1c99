"""Whether an account's sessions still count: its state and epoch, remembered for a few seconds in each process.

A password reset or a suspension raises the epoch; sessions that carry an older one end, at once in the process
that did it and within `SECONDS` in the others.
"""

from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from sqlalchemy import select

from silah.staff.models import Account
from tenants import cache_ages
from tenants.context import PLATFORM, serving
from tenants.database import db

SECONDS = 5
MOST = 10_000


@dataclass(frozen=True)
class Standing:
    """What a session is checked against."""

    active: bool
    epoch: int
    is_operator: bool
    name: str
    locale: str | None
    has_code: bool


_known: dict[UUID, tuple[float, Standing | None]] = {}
_lock = Lock()


def of(account_id: UUID) -> Standing | None:
    """The account's standing; None where there is no such account."""
    held = _known.get(account_id)
    if held is not None and held[0] > cache_ages.cache_clock():
        return held[1]
    found = _read(account_id)
    with _lock:
        if len(_known) >= MOST:
            _known.clear()
        _known[account_id] = (cache_ages.cache_clock() + SECONDS, found)
    return found


def forget(account_id: UUID | None = None) -> None:
    """Ask the database again next time: for one account, or for all."""
    with _lock:
        if account_id is None:
            _known.clear()
        else:
            _known.pop(account_id, None)


def _read(account_id: UUID) -> Standing | None:
    columns = (Account.state, Account.epoch, Account.is_operator, Account.name, Account.locale)
    has_code = Account.totp_secret.is_not(None).label("has_code")
    with serving(PLATFORM):
        row = db.session.execute(select(*columns, has_code).where(Account.id == account_id)).one_or_none()
    if row is None:
        return None
    return Standing(row.state == "active", row.epoch, row.is_operator, row.name, row.locale, row.has_code)
