"""What requests add to the queue of cases: it can be narrowed to one request type."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, select

from silah.cases.models import Case
from silah.desk.queue_filters import QueueFilter
from silah.intake.models import RequestType, RequestTypeRevision, ServiceRequest
from silah.language.localization import locale
from tenants.database import db


def list_types() -> list[tuple[str, str]]:
    """Return the request types by their current titles, retired ones too: their cases remain."""
    rows = db.session.execute(
        select(RequestType.id, RequestTypeRevision.definition["title"])
        .join(RequestTypeRevision, RequestTypeRevision.type_id == RequestType.id)
        .where(RequestTypeRevision.current)
        .order_by(RequestType.position, RequestType.key)
    )
    return [(str(id_), title.get(locale()) or title.get("ar")) for id_, title in rows]


def read_id(text: str | None) -> str | None:
    """Return the id of a type as an address has it, or None for what is no id."""
    try:
        return str(UUID(text or ""))
    except ValueError:
        return None


def is_of_type(type_id: str) -> ColumnElement[bool]:
    """Return the condition on requests of one type, in whatever revision they came."""
    revisions = select(RequestTypeRevision.id).where(RequestTypeRevision.type_id == UUID(type_id))
    return Case.id.in_(select(ServiceRequest.case_id).where(ServiceRequest.revision_id.in_(revisions)))


BY_TYPE = QueueFilter("type", _l("Type"), list_types, read_id, is_of_type)
