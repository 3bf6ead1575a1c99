"""Proving who one is by password, at a price that slows guessing and with an answer that tells nothing.

An attempt is counted before the password is looked at, so that many at once are not free. Who guessed wrong waits at
that account, from where they are, in that association: nobody locks anybody else out. An unknown address, somebody who
has to wait and a wrong password take the same steps and get the same answer.
"""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import Interval, case, cast, func, literal, select
from sqlalchemy.sql.elements import ColumnElement

from silah import clock
from silah.staff import passwords
from silah.staff.models import Account
from silah.staff.platform_transactions import on_platform
from silah.staff.service import Person, address, person_of
from silah.web import guess_limits
from tenants.context import PLATFORM, serving
from tenants.database import db

FREE_ATTEMPTS = guess_limits.PASSWORDS.free
FIRST_WAIT, LONGEST_WAIT = guess_limits.FIRST_WAIT, guess_limits.LONGEST_WAIT
"""Seconds for which codes of a second factor are not looked at: after the fifth wrong one in a row, and at most."""


def prove(email: str, password: str) -> Person | None:
    """The person with this address and password; None for anything else, whatever it was.

    Who it is says nothing yet of where they belong: the caller asks for a membership.
    """
    name = address(email)
    guess = guess_limits.count_guess(guess_limits.PASSWORDS, name)
    account_id, kept = _known(name)
    right = passwords.matches(kept if guess.admitted else None, password)
    if not (right and account_id and kept):
        return None
    guess_limits.forgive_guess(guess)
    return _proved(account_id, kept, password, guess.before)


def _known(email: str) -> tuple[UUID | None, str | None]:
    """The active account with this address, and its hash to compare with."""
    with serving(PLATFORM):
        wanted = select(Account.id, Account.password_hash).where(Account.email == email, Account.state == "active")
        row = db.session.execute(wanted).one_or_none()
        db.session.commit()
    return (row.id, row.password_hash) if row else (None, None)


def lock() -> ColumnElement[object]:
    """Until when the second factor of an account is locked if this attempt fails too."""
    over = Account.failed_attempts + 1 - FREE_ATTEMPTS
    wait = func.least(FIRST_WAIT * func.power(2, func.least(over, 10)), LONGEST_WAIT)
    until = literal(clock.now()) + cast(func.make_interval(0, 0, 0, 0, 0, 0, wait), Interval)
    return case((over >= 0, until), else_=None)


def _proved(account_id: UUID, kept: str, password: str, failures: int) -> Person | None:
    """Note the moment, and hash anew where the parameters have grown.

    None if another password was chosen in the meantime.
    """
    fresh = passwords.hashed(password) if passwords.outdated(kept) else kept
    with on_platform():
        account = db.session.get_one(Account, account_id, with_for_update=True)
        if account.password_hash != kept:
            return None
        account.signed_in_at, account.password_hash = clock.now(), fresh
        db.session.flush()
        return replace(person_of(account), failures=failures)
