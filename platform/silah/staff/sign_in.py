"""Proving who one is by password, at a price that slows guessing and with an answer that tells nothing.

An attempt is counted before the password is looked at, in one statement, so that many at once are not free. An
unknown address, a locked account and a wrong password take the same steps and get the same answer.
"""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import Interval, case, cast, func, literal, or_, text, update
from sqlalchemy.sql.elements import ColumnElement

from silah import clock
from silah.staff import passwords
from silah.staff.accounts import Account
from silah.staff.elsewhere import on_platform
from silah.staff.service import Person, address, person_of
from tenants.database import db

FREE_ATTEMPTS = 5
FIRST_WAIT, LONGEST_WAIT = 60, 900
"""Seconds for which an account is locked: after the fifth failure in a row, and at most; it doubles in between."""


def prove(email: str, password: str) -> Person | None:
    """The person with this address and password; None for anything else, whatever it was.

    Who it is says nothing yet of where they belong: the caller asks for a membership.
    """
    account_id, kept = _attempt(address(email))
    right = passwords.matches(kept, password)
    return _proved(account_id, kept, password) if right and account_id and kept else None


def _attempt(email: str) -> tuple[UUID | None, str | None]:
    """Count one more attempt for an account that is open and not locked, and give its hash to compare with."""
    now = clock.now()
    unlocked = or_(Account.locked_until.is_(None), Account.locked_until <= now)
    count = (
        update(Account)
        .where(Account.email == email, Account.state == "active", unlocked)
        .values(failed_attempts=Account.failed_attempts + 1, locked_until=lock())
        .returning(Account.id, Account.password_hash)
    )
    with on_platform():
        # Waiting for the disk only where there was something to write would tell who exists.
        db.session.execute(text("SET LOCAL synchronous_commit TO off"))
        row = db.session.execute(count).one_or_none()
    return (row.id, row.password_hash) if row else (None, None)


def lock() -> ColumnElement[object]:
    """Until when the account is locked if this attempt fails too."""
    over = Account.failed_attempts + 1 - FREE_ATTEMPTS
    wait = func.least(FIRST_WAIT * func.power(2, func.least(over, 10)), LONGEST_WAIT)
    until = literal(clock.now()) + cast(func.make_interval(0, 0, 0, 0, 0, 0, wait), Interval)
    return case((over >= 0, until), else_=None)


def _proved(account_id: UUID, kept: str, password: str) -> Person | None:
    """Forget the failures, note the moment, and hash anew where the parameters have grown.

    None if another password was chosen in the meantime.
    """
    fresh = passwords.hashed(password) if passwords.outdated(kept) else kept
    with on_platform():
        account = db.session.get_one(Account, account_id, with_for_update=True)
        if account.password_hash != kept:
            return None
        before = account.failed_attempts - 1
        # With a second factor the failures are forgotten only once that is proved, or guessing codes would be free.
        account.failed_attempts = before if account.totp_secret else 0
        account.signed_in_at, account.password_hash, account.locked_until = clock.now(), fresh, None
        db.session.flush()
        return replace(person_of(account), failures=before)
