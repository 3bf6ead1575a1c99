"""What an association offers to ask for: its active request types, each in its current revision."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from silah.intake.definition import Definition
from silah.intake.errors import NotOffered
from silah.intake.models import RequestType, RequestTypeRevision
from tenants.database import db


def offered() -> list[RequestTypeRevision]:
    """The current revision of each active request type, in the association's order."""
    rows = (
        select(RequestTypeRevision)
        .join(RequestTypeRevision.type)
        .where(RequestType.active, RequestTypeRevision.current)
        .options(contains_eager(RequestTypeRevision.type))
        .order_by(RequestType.position, RequestType.key)
    )
    return list(db.session.scalars(rows))


def get(revision_id: UUID) -> RequestTypeRevision:
    """The offered revision of this id; raises ``NotOffered``."""
    found = next((revision for revision in offered() if revision.id == revision_id), None)
    if found is None:
        raise NotOffered
    return found


def by_key(key: str) -> RequestTypeRevision:
    """The offered revision of the type with this key; raises ``NotOffered``."""
    found = next((revision for revision in offered() if revision.type.key == key), None)
    if found is None:
        raise NotOffered
    return found


def definition(revision: RequestTypeRevision) -> Definition:
    """The form of a revision, read once for as long as the revision is held."""
    kept: tuple[Any, Definition] | None = revision.__dict__.get("_form")
    if kept is None or kept[0] is not revision.definition:
        kept = revision.__dict__["_form"] = (revision.definition, Definition.read(revision.definition))
    return kept[1]


def list_offered_forms() -> list[tuple[RequestTypeRevision, Definition]]:
    """Return what is offered, each with its form, in the order of the association."""
    return [(revision, definition(revision)) for revision in offered()]
