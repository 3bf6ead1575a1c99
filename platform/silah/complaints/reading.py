"""Reading a complaint: confidential ones are open to named people only, and each reading is on the timeline."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from silah import clock
from silah.access import Member, Permission
from silah.cases import timeline, visibility
from silah.cases.models import Case, CaseReader, TimelineEntry
from silah.complaints import bodies, receiving
from silah.complaints.models import Complaint
from silah.complaints.moves import of
from silah.errors import Forbidden, Invalid, NotFound
from silah.staff.models import Membership
from tenants.database import db


def opened(case_id: UUID, member: Member) -> Complaint:
    """The complaint of this case, if this member may see it; raises NotFound for others and none alike."""
    case = visibility.get(case_id, member)
    complaint = db.session.get(Complaint, case.id)
    if complaint is None:
        raise NotFound
    return complaint


def read(complaint: Complaint, member: Member) -> None:
    """Put on the timeline that a confidential complaint was read: once a day for each reader."""
    case = complaint.case
    if not case.confidential:
        return
    today = select(TimelineEntry.seq).where(
        TimelineEntry.case_id == case.id,
        TimelineEntry.verb == "read",
        TimelineEntry.actor_id == member.id,
        TimelineEntry.at >= clock.day_start(),
    )
    if db.session.scalar(today.limit(1)) is None:
        timeline.record(case, "read", by=member, private=True)


def readers(case: Case) -> Sequence[Membership]:
    """To whom a confidential complaint is open."""
    ids = select(CaseReader.member_id).where(CaseReader.case_id == case.id)
    return db.session.scalars(select(Membership).where(Membership.id.in_(ids)).order_by(Membership.name)).all()


def name_reader(case: Case, *, by: Member, member: UUID) -> None:
    """Open a confidential complaint to one more member of the body that handles it."""
    timeline.hold(case)
    if not by.may(Permission.ANSWER_COMPLAINTS, Permission.OVERSEE_COMPLAINTS):
        raise Forbidden
    allowed = {one.id: one for one in bodies.handlers(case, of(case).body)}
    if member not in allowed:
        raise Invalid({"member": _("Choose one of those who handle this complaint.")})
    receiving.name_readers(case, [allowed[member]], by)
    timeline.record(case, "reader_named", by=by, note=allowed[member].name, private=True)
