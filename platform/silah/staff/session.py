"""Who is signed in: the account and its epoch in the cookie, everything else asked for on each request.

The cookie is host-only and signed for one association, so an account and the session's own name are all it needs to
say. Whether that account still counts comes from `standing`; what it may do here, and whether this session was signed
out, from one query on the membership.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import session
from flask_login import current_user, login_user, logout_user

from silah import clock
from silah.staff import members, revoked_sessions, session_validity
from silah.staff.service import Person
from silah.web.access import Member
from silah.web.extensions import login
from tenants.context import PLATFORM, place

LONGEST = timedelta(hours=12)
HALFWAY = timedelta(minutes=10)
SINCE, HALF, NAMED = "since", "half", "session"


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in at this host: a member of the association's staff, or the platform's operator."""

    account_id: UUID
    epoch: int
    name: str
    member: Member | None = None
    is_operator: bool = False
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the cookie carries."""
        return f"{self.account_id}.{self.epoch}"


def begin(person: Person) -> None:
    """Sign somebody in, on a session that has nothing of the one before: no fixation, a fresh CSRF token."""
    session.clear()
    session[SINCE], session[NAMED] = int(clock.now().timestamp()), secrets.token_urlsafe(12)
    login_user(Visitor(person.id, person.epoch, person.name))
    session_validity.forget(person.id)


def wait(person: Person, how: str, target: str) -> None:
    """Keep for ten minutes that somebody proved the first factor; nobody is signed in by it."""
    session.clear()
    session[HALF] = {
        "account": str(person.id),
        "epoch": person.epoch,
        "how": how,
        "failures": person.failures,
        "next": target,
        "at": int(clock.now().timestamp()),
    }


def waiting() -> dict[str, Any] | None:
    """Who proved the first factor and not yet the second, as `wait` kept it, if that still counts."""
    kept: dict[str, Any] | None = session.get(HALF)
    if kept is None or clock.now().timestamp() - kept["at"] > HALFWAY.total_seconds():
        return None
    account_id = UUID(kept["account"])
    session_validity.forget(account_id)
    found = session_validity.of(account_id)
    if found is None or not found.active or found.epoch != kept["epoch"]:
        return None
    return {**kept, "account": account_id, "has_code": found.has_code}


def end() -> None:
    """Sign out: a copy of the cookie counts no longer either, and everything that the session held is forgotten."""
    found = visitor()
    if found is not None and NAMED in session:
        revoked_sessions.end(found.account_id, session[NAMED], datetime.fromtimestamp(session[SINCE], UTC) + LONGEST)
    logout_user()
    session.clear()


def visitor() -> Visitor | None:
    """Who is signed in on this request."""
    found: Any = current_user._get_current_object()
    return found if found is not None and found.is_authenticated else None


@login.user_loader  # type: ignore[untyped-decorator]  # flask-login has no types
def load(kept: str) -> Visitor | None:
    """The visitor that a cookie speaks of, if the account still counts and belongs here."""
    if place.get() is None:
        return None  # a page about a suspended association, or none: nobody is anybody there
    account, _, epoch = kept.partition(".")
    age = clock.now().timestamp() - session.get(SINCE, 0)
    if age > LONGEST.total_seconds() or NAMED not in session:
        return None
    try:
        account_id = UUID(account)
    except ValueError:
        return None
    found = session_validity.of(account_id)
    if found is None or not found.active or str(found.epoch) != epoch:
        return None
    named = session[NAMED]
    if place.get() is PLATFORM:
        operator = Visitor(account_id, found.epoch, found.name, is_operator=True)
        return operator if found.is_operator and not revoked_sessions.at_platform(account_id, named) else None
    member = members.at_work(account_id, named)
    if member is None or (member.needs_code and not found.has_code):
        return None  # who has to set up the code does so on signing in, before anything else
    return Visitor(account_id, found.epoch, member.name, member)
