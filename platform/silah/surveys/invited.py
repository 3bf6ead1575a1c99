"""The list of who was invited and who has answered, which holds no time of an answer and joins to none."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from silah.cases.models import Case
from silah.cases.parties import CaseParty, side_of_applicant
from silah.cases.visibility import visible
from silah.organisation.models import Membership
from silah.surveys.models import SurveyInvitation, SurveyRound
from silah.web.access import Member
from tenants.database import db

PAGE = 50
VIEWS: dict[str, Any] = {
    "owing": (~SurveyInvitation.answered, SurveyInvitation.reachable),
    "unreached": (~SurveyInvitation.answered, ~SurveyInvitation.reachable),
    "answered": (SurveyInvitation.answered,),
}


@dataclass(frozen=True)
class Invited:
    """One person of the list, and the case that they are asked about, if any."""

    name: str
    reference: str | None
    case_id: UUID | None
    reminded: int


def listing(found: SurveyRound, view: str, page: int, member: Member) -> tuple[list[Invited], bool]:
    """A page of the list in the order of names, and whether there is another.

    Whom a case that the member may not see stands behind (a complaint, say) is left out: the list would tell of it.
    """
    seen = or_(SurveyInvitation.case_id.is_(None), visible(member))
    name = func.coalesce(CaseParty.name, Membership.name, "")
    rows = (
        select(name.label("name"), Case.reference, SurveyInvitation.case_id, SurveyInvitation.reminded)
        .outerjoin(Membership, Membership.id == SurveyInvitation.person)
        .outerjoin(Case, Case.id == SurveyInvitation.case_id)
        .outerjoin(CaseParty, and_(CaseParty.case_id == Case.id, CaseParty.side == side_of_applicant()))
        .where(SurveyInvitation.round_id == found.id, *VIEWS[view], seen)
        .order_by(name, SurveyInvitation.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    )
    people = [Invited(*row) for row in db.session.execute(rows)]
    return people[:PAGE], len(people) > PAGE


def counts(found: SurveyRound) -> dict[str, int]:
    """How many were invited in each view, seen or not."""
    columns = [func.count().filter(*conditions).label(view) for view, conditions in VIEWS.items()]
    row = db.session.execute(select(*columns).where(SurveyInvitation.round_id == found.id)).one()
    return {view: getattr(row, view) for view in VIEWS}
