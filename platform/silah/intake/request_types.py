"""The request types of an association: their order, whether they are offered, and their forms in revisions."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select, update
from sqlalchemy.orm import contains_eager

from silah.errors import Invalid, NotFound
from silah.intake.definition import Definition
from silah.intake.models import RequestType, RequestTypeRevision
from silah.web.access import Member
from tenants.database import db
from tenants.policy import Policy


def listed() -> list[RequestTypeRevision]:
    """The current form of every type, retired ones too, in the association's order."""
    rows = (
        select(RequestTypeRevision)
        .join(RequestTypeRevision.type)
        .options(contains_eager(RequestTypeRevision.type))
        .where(RequestTypeRevision.current)
        .order_by(RequestType.position, RequestType.key)
    )
    return list(db.session.scalars(rows))


def warn_of_none_offered(policy: Policy) -> Iterator[Any]:
    """Give the warning for administrators that the public is offered no type."""
    if not any(one.type.active for one in listed()):
        yield _l("No request type is offered, so the public cannot send a request.")


def get(type_id: UUID) -> RequestType:
    """The type of this id; raises NotFound."""
    found = db.session.get(RequestType, type_id)
    if found is None:
        raise NotFound
    return found


def definition(kind: RequestType) -> Definition:
    """The form that is used at present."""
    return Definition.read(_current(kind).definition)


def change(kind: RequestType, deed: str) -> None:
    """Move a type "up" or "down" in the order, "retire" it, or "offer" it again."""
    if deed in ("retire", "offer"):
        kind.active = deed == "offer"
        return
    order = list(db.session.scalars(select(RequestType).order_by(RequestType.position, RequestType.key)))
    index = order.index(kind)
    order.insert(max(index + (-1 if deed == "up" else 1), 0), order.pop(index))
    for position, one in enumerate(order, 1):
        one.position = position


def save(kind: RequestType | None, made: Definition, *, by: Member, key: str = "") -> RequestTypeRevision:
    """Keep a form as the current revision of a type, or of a new type; an unchanged form makes no revision.

    A new type gets the key that is given, else one from its title.
    """
    if not (made.title.ar and made.title.en):
        raise Invalid({"title": _("Write the title in Arabic and in English.")})
    kind = kind or _new(made, key)
    db.session.flush()
    db.session.refresh(kind, with_for_update=True)
    last = db.session.scalar(
        select(RequestTypeRevision)
        .where(RequestTypeRevision.type_id == kind.id)
        .order_by(RequestTypeRevision.number.desc())
        .limit(1)
    )
    if last is not None and last.current and last.definition == made.document():
        return last
    db.session.execute(update(RequestTypeRevision).where(RequestTypeRevision.type_id == kind.id).values(current=False))
    revision = RequestTypeRevision(
        type_id=kind.id, number=last.number + 1 if last else 1, definition=made.document(), made_by=by.id
    )
    db.session.add(revision)
    db.session.flush()
    return revision


def _new(made: Definition, wanted: str) -> RequestType:
    last = db.session.scalar(select(func.max(RequestType.position))) or 0
    words = re.sub(r"[^a-z0-9]+", "_", made.title.en.lower()).strip("_")[:40]
    base, key, count = wanted or (words if re.match("[a-z]", words) else "request"), "", 1
    taken = set(db.session.scalars(select(RequestType.key)))
    while not key or key in taken:
        key, count = base if count == 1 else f"{base}_{count}", count + 1
    kind = RequestType(key=key, position=last + 1, active=True)
    db.session.add(kind)
    return kind


def _current(kind: RequestType) -> RequestTypeRevision:
    found = db.session.scalar(
        select(RequestTypeRevision).where(RequestTypeRevision.type_id == kind.id, RequestTypeRevision.current)
    )
    if found is None:
        raise NotFound
    return found
