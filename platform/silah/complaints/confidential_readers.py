"""Opening a complaint, and naming who else may read a confidential one."""

from uuid import UUID

from flask_babel import gettext as _

from silah.cases import confidentiality, visibility
from silah.cases.transitions import Change
from silah.complaints import bodies
from silah.complaints.models import Complaint, complaint_of
from silah.errors import Invalid, NotFound
from silah.web.access import Member
from tenants.database import db


def opened(case_id: UUID, member: Member) -> Complaint:
    """The complaint of this case, if this member may see it; raises NotFound for others and none alike."""
    case = visibility.get(case_id, member)
    complaint = db.session.get(Complaint, case.id)
    if complaint is None:
        raise NotFound
    return complaint


def name_reader(change: Change, member: UUID) -> None:
    """Open a confidential complaint to one more member of the body that handles it."""
    case = change.case
    allowed = {one.id: one for one in bodies.handlers(case, complaint_of(case).body)}
    if member not in allowed:
        raise Invalid({"member": _("Choose one of those who handle this complaint.")})
    confidentiality.name_readers(case, [allowed[member]], change.by)
    change.note = allowed[member].name
