"""Accounts: finding, making and securing a person's sign-in. Each call is a transaction of the platform's."""

import unicodedata
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from silah import clock
from silah.language.text_cleaning import remove_marks
from silah.staff import passwords, session_validity, tokens
from silah.staff.models import Account, AccountAssociation
from silah.staff.platform_transactions import on_platform
from tenants.database import db


@dataclass(frozen=True)
class Person:
    """An account, as plain data that outlives its transaction; `has_password` is false until one was chosen,
    `has_code` where a code from the telephone is asked for beside it; `failures` is how many
    tries had failed when the password was proved.
    """

    id: UUID
    email: str
    name: str
    state: str
    epoch: int
    is_operator: bool
    has_password: bool
    locale: str | None = None
    has_code: bool = False
    failures: int = 0


def address(email: str) -> str:
    """The one form in which an e-mail address is kept and looked up."""
    return unicodedata.normalize("NFKC", remove_marks(email)).strip().lower()


def person_of(account: Account) -> Person:
    """The plain data of an account."""
    return Person(
        id=account.id,
        email=account.email,
        name=account.name,
        state=account.state,
        epoch=account.epoch,
        is_operator=account.is_operator,
        has_password=account.password_hash is not None,
        locale=account.locale,
        has_code=account.totp_secret is not None,
    )


def find(email: str) -> Person | None:
    """Whose e-mail address this is."""
    with on_platform():
        found = db.session.scalar(select(Account).where(Account.email == address(email)))
        return person_of(found) if found else None


def get(account_id: UUID) -> Person:
    """The person of an account that is known to exist."""
    with on_platform():
        return person_of(db.session.get_one(Account, account_id))


def ensure(email: str, name: str, *, operator: bool = False) -> Person:
    """The person with this address, with a fresh account where there is none; an existing one stays as it is."""
    fresh = {"id": uuid4(), "email": address(email), "name": name, "state": "invited", "created_at": clock.now()}
    with on_platform():
        db.session.execute(insert(Account).values(**fresh).on_conflict_do_nothing(index_elements=[Account.email]))
        found = db.session.scalars(select(Account).where(Account.email == address(email))).one()
        found.is_operator = found.is_operator or operator
        db.session.flush()
        return person_of(found)


def operators() -> list[Person]:
    """Everybody who may open the console of the platform."""
    with on_platform():
        found = db.session.scalars(select(Account).where(Account.is_operator).order_by(Account.email)).all()
        return [person_of(account) for account in found]


def join(account_id: UUID, association_id: UUID) -> None:
    """Remember that this person may have a membership there, so that they can switch to it."""
    row = insert(AccountAssociation).values(account_id=account_id, association_id=association_id)
    with on_platform():
        db.session.execute(row.on_conflict_do_nothing())


def choose_password(account_id: UUID, password: str) -> Person:
    """Set the password: the account is active, unlocked, and every session and link from before is void."""
    kept = passwords.hashed(password)
    with on_platform():
        db.session.execute(
            update(Account)
            .where(Account.id == account_id, Account.state != "suspended")
            .values(password_hash=kept, state="active", epoch=Account.epoch + 1, failed_attempts=0, locked_until=None)
        )
        tokens.void(account_id, "reset", "switch")
        person = person_of(db.session.get_one(Account, account_id))
    session_validity.forget(account_id)
    return person


def describe(account_id: UUID, name: str, locale: str | None) -> None:
    """Change what a person is called and in which language letters come to them."""
    with on_platform():
        said = {"name": name.strip(), "locale": locale}
        db.session.execute(update(Account).where(Account.id == account_id).values(**said))
    session_validity.forget(account_id)


def end_sessions(account_id: UUID) -> Person:
    """End every session of an account, wherever it is signed in."""
    with on_platform():
        db.session.execute(update(Account).where(Account.id == account_id).values(epoch=Account.epoch + 1))
    session_validity.forget(account_id)
    return get(account_id)


def suspend(account_id: UUID) -> None:
    """Close an account in every association at once; its sessions end."""
    _set_state(account_id, "suspended")


def resume(account_id: UUID) -> None:
    """Open a suspended account again."""
    _set_state(account_id, "active")


def _set_state(account_id: UUID, state: str) -> None:
    with on_platform():
        db.session.execute(update(Account).where(Account.id == account_id).values(state=state, epoch=Account.epoch + 1))
    session_validity.forget(account_id)
