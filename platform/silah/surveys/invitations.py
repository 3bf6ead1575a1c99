"""Inviting a round's people, and the list of who was invited and who has answered.

They are listed in one statement, written to in parts, nobody twice, and reminded within a cap. Each part is a
transaction of its own: after a kill the next worker goes on where the last part was committed. The list holds no time
of an answer and joins to none.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import force_locale
from sqlalchemy import and_, func, literal, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import joinedload

from silah import clock, jobs
from silah.cases.models import Case
from silah.cases.parties import side_of_applicant
from silah.cases.party_models import CaseParty
from silah.cases.visibility import visible
from silah.documents.addresses import association_address
from silah.language.localization import dates
from silah.notifications.service import Means, Recipient, send
from silah.organisation.models import Membership
from silah.surveys import aggregates, audience, rounds
from silah.surveys.aggregates import hold_round
from silah.surveys.models import SurveyInvitation, SurveyRound
from silah.surveys.responses import digest, token
from silah.surveys.rules import rules
from silah.web.access import Member
from tenants.context import current_tenant
from tenants.database import db

PART = 300


def invite_next_part(found: SurveyRound) -> bool:
    """List the people where that is not done, then write to the next part of them; False once all are written to.

    Whom no message reaches finds the link where they follow their case.
    """
    hold_round(found)
    if not rounds.takes(found) or _full(found):
        return False
    if not found.invited:
        enter(found, audience.people(rounds.rule_of(found)))
    untold = (SurveyInvitation.round_id == found.id, SurveyInvitation.told_on.is_(None), SurveyInvitation.reachable)
    part = list(db.session.scalars(select(SurveyInvitation).where(*untold).order_by(SurveyInvitation.id).limit(PART)))
    for invitation, to, locale in _recipients(part):
        invitation.digest = digest(token(invitation.id))
        if to is None:
            invitation.reachable = False
            continue
        invitation.told_on, invitation.means = clock.today(), to.means
        _write("survey_invitation", found, invitation, to, locale)
        found.told += 1
    return len(part) == PART


def enter(found: SurveyRound, people: Any) -> None:
    """Put people on the round's list; who stands there already is not put there again."""
    rows = people.subquery()
    fresh = select(
        func.gen_random_uuid(),
        literal(found.id),
        rows.c.person,
        rows.c.case_id,
        literal(True),
        literal(0),
        literal(False),
    )
    columns = ["id", "round_id", "person", "case_id", "reachable", "reminded", "answered"]
    db.session.execute(insert(SurveyInvitation).from_select(columns, fresh).on_conflict_do_nothing())
    mine = SurveyInvitation.round_id == found.id
    found.invited = db.session.scalar(select(func.count()).select_from(SurveyInvitation).where(mine)) or 0


def remind_next_part(found: SurveyRound) -> bool:
    """Remind the next part of those whose turn it is today; False once all of them were reminded.

    Everybody's turns are counted from the day on which they were written to, so that whoever was invited late is
    reminded like the others. A turn that was missed is passed over, not made up for.
    """
    hold_round(found)
    if not rounds.takes(found) or _full(found):
        return False
    today, wait = clock.today(), timedelta(days=rules().remind_after_days)
    turns = (
        (SurveyInvitation.reminded == turn) & (SurveyInvitation.told_on <= today - (turn + 1) * wait)
        for turn in range(found.reminders)
    )
    owing = (SurveyInvitation.round_id == found.id, SurveyInvitation.answered.is_(False), or_(False, *turns))
    part = list(db.session.scalars(select(SurveyInvitation).where(*owing).order_by(SurveyInvitation.id).limit(PART)))
    for invitation, to, locale in _recipients(part):
        invitation.reminded = min((today - (invitation.told_on or today)) // wait, found.reminders)
        if to is not None:
            _write("survey_reminder", found, invitation, to, locale)
    return len(part) == PART


def remind_tomorrow(found: SurveyRound) -> None:
    """Owe tomorrow's reminders, as long as the round stands open then."""
    tomorrow = clock.today() + timedelta(days=1)
    if found.state == "open" and found.reminders and tomorrow <= found.closes_on:
        jobs.owe(rounds.REMIND, str(found.id), rounds.instant(tomorrow))


def _full(found: SurveyRound) -> bool:
    """Whether as many have answered as were wanted: then nobody is written to, only to be turned away."""
    return found.quota is not None and aggregates.responses(found) >= found.quota


def _write(template: str, found: SurveyRound, invitation: SurveyInvitation, to: Recipient, locale: str) -> None:
    with force_locale(locale):
        until = dates(found.closes_on)
    link = association_address(f"/s/{token(invitation.id)}")
    send(template, to, locale, {"title": rounds.name(found, locale), "link": link, "until": until})


def _recipients(part: list[SurveyInvitation]) -> list[tuple[SurveyInvitation, Recipient | None, str]]:
    """Each invitation with whom it goes to, None where no address is known, and in which language."""
    of_case = select(Case).where(Case.id.in_([one.case_id for one in part if one.case_id]))
    known = or_(Membership.id.in_([one.person for one in part if not one.case_id]))
    loaded = joinedload(Case.representative), joinedload(Case.beneficiary), joinedload(Case.policy_version)
    cases = {case.id: case for case in db.session.scalars(of_case.options(*loaded))}
    staff = {member.id: member for member in db.session.scalars(select(Membership).where(known))}
    means: dict[tuple[UUID, str], Means | None] = {}
    found: list[tuple[SurveyInvitation, Recipient | None, str]] = []
    for one in part:
        if one.case_id:
            case = cases[one.case_id]
            found.append((one, _of_case(case, means), case.locale))
        elif (member := staff.get(one.person)) is not None:
            found.append((one, Recipient.of_member(member), member.locale or current_tenant().locale))
        else:
            found.append((one, None, current_tenant().locale))
    return found


def _of_case(case: Case, means: dict[tuple[UUID, str], Means | None]) -> Recipient | None:
    """The applicant by the means agreed; None where a person would have to carry it."""
    key = (case.policy_version_id, case.reply_channel)
    if key not in means:
        channel = case.policy_version.policy.channel(case.reply_channel)
        means[key] = channel.sends if channel else None
    by, person = means[key], case.applicant or case.beneficiary
    if by is None or not case.reply_address:
        return None
    return Recipient(by, case.reply_address, person.name if person else "")


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


def list_invited(found: SurveyRound, view: str, page: int, member: Member) -> tuple[list[Invited], bool]:
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


def count_invited(found: SurveyRound) -> dict[str, int]:
    """How many were invited in each view, seen or not."""
    columns = [func.count().filter(*conditions).label(view) for view, conditions in VIEWS.items()]
    row = db.session.execute(select(*columns).where(SurveyInvitation.round_id == found.id)).one()
    return {view: getattr(row, view) for view in VIEWS}
