"""Who may open a file: staff who see one of its cases, the applicant who follows it, the writer of the draft."""

from uuid import UUID

from sqlalchemy import cast, select
from sqlalchemy.dialects.postgresql import JSONB

from silah.cases import confidentiality, tracking_session
from silah.cases.models import Case, CaseDocument
from silah.cases.visibility import visible
from silah.documents import service
from silah.documents.models import StoredFile
from silah.errors import NotFound
from silah.notifications.models import OutboxMessage
from silah.web.access import Member, current_member
from tenants.database import db


def for_reader(file_id: UUID) -> StoredFile:
    """The file, if whoever asks may open it; raises NotFound for another's and for none alike."""
    member = current_member()
    if (member is not None and _staff_may(file_id, member)) or _applicant_may(file_id):
        return service.get(file_id)
    raise NotFound


def _staff_may(file_id: UUID, member: Member) -> bool:
    """A paper on a case that the member sees, or attached to a message of one; of a confidential one that is read."""
    on_case = select(Case).join(CaseDocument).where(CaseDocument.file_id == file_id, visible(member))
    attached = (
        select(Case)
        .join(OutboxMessage)
        .where(cast(OutboxMessage.attachments, JSONB).contains([str(file_id)]), visible(member))
    )
    cases = (db.session.scalars(found.limit(1)).first() for found in (on_case, attached))
    case = next((one for one in cases if one is not None), None)
    if case is not None:
        confidentiality.read(case, member)
    return case is not None


def _applicant_may(file_id: UUID) -> bool:
    """A paper meant for the applicant, on a case that this browser follows."""
    mine = select(CaseDocument.case_id).where(CaseDocument.file_id == file_id, CaseDocument.for_applicant)
    return any(tracking_session.holds(case_id) for case_id in db.session.scalars(mine))
