"""Making an association from the console: asked for on a page, done by a worker that holds the owner's login.

The web server's login may create nothing. What was asked for is a row of owed work of the platform's; its key is
the id that the association will have, so that doing it twice makes one association. The id itself comes from the
idempotency key of the form, so that sending the form twice asks for one.
"""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.sql.elements import ColumnElement

from silah import clock
from silah.errors import NotFound
from silah.jobs import owe
from silah.submissions import platform_seal
from silah.submissions.errors import AlreadyReceived
from tenants.context import PLATFORM
from tenants.database import db
from tenants.registry import MAKING, Association, DueWork

KIND = "association.make"
ASKED = ("slug", "blueprint", "name_ar", "name_en", "locale", "admin_email", "admin_name")

Stage = Literal["waiting", "troubled", "refused", "made"]


def ask(said: Mapping[str, Any], form_key: str | None = None) -> UUID:
    """Owe the making of an association, and give the id that it will have."""
    id = _id_of(form_key) if form_key else uuid4()
    owe(KIND, str(id), clock.now(), {name: said[name] for name in ASKED})
    return id


def find_repeated(form_key: str | None, said: Mapping[str, Any]) -> UUID | None:
    """Return the id of the association that this form asked for before; None where it was not sent before.

    Raises ``AlreadyReceived`` where it asked for something else then.
    """
    id = _id_of(form_key) if form_key else None
    asked = db.session.scalar(select(DueWork.payload).where(*_work(id))) if id else None
    if asked is None:
        return None
    if any(asked.get(name) != said[name] for name in ASKED):
        raise AlreadyReceived
    return id


def _id_of(form_key: str) -> UUID:
    return UUID(bytes=platform_seal.digest(f"association\0{form_key}")[:16], version=4)


def _work(id: UUID) -> tuple[ColumnElement[bool], ...]:
    return DueWork.tenant == PLATFORM.value, DueWork.kind == KIND, DueWork.key == str(id)


def is_made(id: UUID) -> bool | None:
    """Whether the association is whole; None where there is nothing of it yet."""
    state = db.session.scalar(select(Association.state).where(Association.id == id))
    return None if state is None else state != MAKING


def refuse(id: UUID, said: Mapping[str, Any]) -> None:
    """Note for the asker that what was asked for cannot be had."""
    db.session.execute(update(DueWork).where(*_work(id)).values(payload=said))


def standing(id: UUID) -> tuple[Stage, Mapping[str, Any], str | None]:
    """How far the making is, what was asked for, and what went wrong last; raises `NotFound`."""
    row = db.session.execute(select(DueWork.payload, DueWork.last_error).where(*_work(id))).one_or_none()
    if row is None:
        raise NotFound
    if row.payload.get("refused"):
        return "refused", row.payload, None
    if is_made(id):
        return "made", row.payload, None
    return "troubled" if row.last_error else "waiting", row.payload, row.last_error
