"""From a proved first factor to a session: straight in, or by way of the code from the telephone."""

from typing import Any

from flask import redirect

from silah.staff import history, members, service, session
from tenants.context import PLATFORM, place
from tenants.database import db


def come_in(person: service.Person, how: str, target: str) -> Any:
    """Begin a session, or ask first for the code, or first have it set up where a role here asks for one.

    Who comes from another association with a pass has shown the code there.
    """
    if person.has_code and how != "switch":
        session.wait(person, how, target)
        return redirect("/sign-in/code")
    if not person.has_code and must_set_up(person):
        session.wait(person, how, target)
        return redirect("/sign-in/set-up")
    begin(person, how)
    return redirect(target)


def must_set_up(person: service.Person) -> bool:
    """Whether a role of this person here asks for a code."""
    if place.get() is PLATFORM:
        return False
    member = members.at_work(person.id)
    return member is not None and member.needs_code


def begin(person: service.Person, how: str, failures: int | None = None) -> None:
    """Begin the session and keep that it began; what was written here before is committed first."""
    session.begin(person)
    db.session.commit()
    history.note(person.id, how, person.failures if failures is None else failures)
