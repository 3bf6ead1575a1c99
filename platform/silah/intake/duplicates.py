"""Other requests of the same person and type: pointed out, never refused."""

from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from silah.cases import parties
from silah.cases.models import Case
from silah.cases.states import State
from silah.intake import drafts
from silah.intake.models import Draft, RequestTypeRevision, ServiceRequest
from tenants.database import db

MOST = 10


def alike(one: Case | Draft) -> list[Case]:
    """Requests of the same type for the same beneficiary, newest first, withdrawn ones left out."""
    person, type_id = _whose(one), _type_of(one)
    if not person or type_id is None:
        return []
    rows = (
        select(Case)
        .join(ServiceRequest, ServiceRequest.case_id == Case.id)
        .join(RequestTypeRevision, RequestTypeRevision.id == ServiceRequest.revision_id)
        .where(or_(*person), RequestTypeRevision.type_id == type_id)
        .where(Case.state != State.WITHDRAWN, Case.id != one.id)
        .order_by(Case.received_at.desc(), Case.id)
        .limit(MOST)
    )
    return list(db.session.scalars(rows))


def _whose(one: Case | Draft) -> list[ColumnElement[bool]]:
    """Conditions on cases of the same beneficiary: of one file, or of one number that was typed."""
    if isinstance(one, Case):
        return parties.same_person(one.beneficiary_id, one.beneficiary, "beneficiary")
    typed = parties.from_answers(drafts.answers(one)["person"])
    return parties.same_person(None, typed[-1], "beneficiary") if typed else []


def _type_of(one: Case | Draft) -> UUID | None:
    if isinstance(one, Draft):
        return one.revision.type_id
    rows = select(RequestTypeRevision.type_id).join(
        ServiceRequest, ServiceRequest.revision_id == RequestTypeRevision.id
    )
    return db.session.scalars(rows.where(ServiceRequest.case_id == one.id)).one_or_none()
