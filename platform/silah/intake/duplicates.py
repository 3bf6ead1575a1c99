"""Other requests of the same person and type: pointed out, never refused."""

from uuid import UUID

from sqlalchemy import or_, select

from silah.beneficiaries.models import Beneficiary
from silah.cases.models import Case
from silah.cases.states import State
from silah.documents.sealing import fingerprint
from silah.intake import drafts
from silah.intake.models import Draft, RequestTypeRevision, ServiceRequest
from tenants.database import db

MOST = 10


def alike(one: Case | Draft) -> list[Case]:
    """Requests of the same type for the same beneficiary, newest first, withdrawn ones left out."""
    person, type_id = _whose(one), _type_of(one)
    if person is None or type_id is None:
        return []
    rows = (
        select(Case)
        .join(ServiceRequest, ServiceRequest.case_id == Case.id)
        .join(RequestTypeRevision, RequestTypeRevision.id == ServiceRequest.revision_id)
        .where(Case.beneficiary_id == person, RequestTypeRevision.type_id == type_id)
        .where(Case.state != State.WITHDRAWN, Case.id != one.id)
        .order_by(Case.received_at.desc(), Case.id)
        .limit(MOST)
    )
    return list(db.session.scalars(rows))


def _whose(one: Case | Draft) -> UUID | None:
    if isinstance(one, Case):
        return one.beneficiary_id
    person = drafts.answers(one)["person"]
    prefix = "" if person.get("relation", "self") == "self" else "beneficiary_"
    national_id, mobile = person.get(f"{prefix}national_id"), person.get(f"{prefix}mobile")
    ways = []
    if national_id:
        ways.append(Beneficiary.national_id_hash == fingerprint(national_id, "national_id"))
    elif mobile:
        ways.append(Beneficiary.mobile_hash == fingerprint(mobile, "mobile"))
    return db.session.scalars(select(Beneficiary.id).where(or_(*ways)).limit(1)).first() if ways else None


def _type_of(one: Case | Draft) -> UUID | None:
    if isinstance(one, Draft):
        return one.revision.type_id
    rows = select(RequestTypeRevision.type_id).join(
        ServiceRequest, ServiceRequest.revision_id == RequestTypeRevision.id
    )
    return db.session.scalars(rows.where(ServiceRequest.case_id == one.id)).one_or_none()
