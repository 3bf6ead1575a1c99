"""Complaints that are handled together: whoever one of them is about sees none of them."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from silah.cases import confidentiality
from silah.cases.models import Case, CaseBar
from silah.complaints.models import Complaint
from silah.organisation.models import Membership
from tenants.database import db


def together(case: Case) -> list[Case]:
    """The complaint with those that were merged into it, and the one that it was merged into."""
    own = select(Complaint.merged_into_id).where(Complaint.case_id == case.id).scalar_subquery()
    merged = or_(Complaint.merged_into_id == case.id, Complaint.case_id == own)
    rows = select(Case).join(Complaint, Complaint.case_id == Case.id).where(merged)
    return [case, *db.session.scalars(rows)]


def share_bars(cases: Sequence[Case]) -> None:
    """Close each of these cases to whomever one of them is closed."""
    if len(cases) < 2:
        return
    rows = db.session.execute(
        select(CaseBar.reason, Membership)
        .join(Membership, Membership.id == CaseBar.member_id)
        .where(CaseBar.case_id.in_([case.id for case in cases]))
    ).all()
    for case in cases:
        for reason, member in rows:
            confidentiality.bar(case, [member], reason)
