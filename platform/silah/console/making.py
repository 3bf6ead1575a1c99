"""Making an association from the console: asked for on a page, done by a worker that holds the owner's login.

The web server's login may create nothing. What was asked for is a row of owed work of the platform's; its key is
the id that the association will have, so that doing it twice makes one association.
"""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID, uuid4

from sqlalchemy import select, update

from silah import clock
from silah.errors import NotFound
from silah.jobs import owe
from silah.staff import setup
from tenants.context import PLATFORM
from tenants.database import db
from tenants.errors import BadName, BadSlug, SlugTaken
from tenants.registry import MAKING, Association, DueWork

KIND = "association.make"
ASKED = ("slug", "blueprint", "name_ar", "name_en", "locale", "admin_email", "admin_name")

Stage = Literal["waiting", "troubled", "refused", "made"]


def ask(said: Mapping[str, Any]) -> UUID:
    """Owe the making of an association, and give the id that it will have."""
    id = uuid4()
    owe(KIND, str(id), clock.now(), {name: said[name] for name in ASKED})
    return id


def make(id: UUID, asked: Mapping[str, Any]) -> None:
    """The owed part. A slug that cannot be had is noted for the asker; anything else that fails is tried again."""
    if _is_made(id):
        return
    db.session.rollback()  # the making takes its own transactions, and as long as it takes
    try:
        setup.create(**{name: asked[name] for name in ASKED}, tenant_id=id)
    except (SlugTaken, BadSlug, BadName) as error:
        db.session.rollback()
        if _is_made(id) is None:
            _refuse(id, {**asked, "refused": type(error).__name__})
        elif not _is_made(id):
            raise  # another worker is at it just now


def _is_made(id: UUID) -> bool | None:
    """Whether the association is whole; None where there is nothing of it yet."""
    state = db.session.scalar(select(Association.state).where(Association.id == id))
    return None if state is None else state != MAKING


def _refuse(id: UUID, said: Mapping[str, Any]) -> None:
    mine = (DueWork.tenant == PLATFORM.value, DueWork.kind == KIND, DueWork.key == str(id))
    db.session.execute(update(DueWork).where(*mine).values(payload=said))


def standing(id: UUID) -> tuple[Stage, Mapping[str, Any], str | None]:
    """How far the making is, what was asked for, and what went wrong last; raises `NotFound`."""
    row = db.session.execute(
        select(DueWork.payload, DueWork.last_error).where(
            DueWork.tenant == PLATFORM.value, DueWork.kind == KIND, DueWork.key == str(id)
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    if row.payload.get("refused"):
        return "refused", row.payload, None
    if _is_made(id):
        return "made", row.payload, None
    return "troubled" if row.last_error else "waiting", row.payload, row.last_error
