"""Service requests in the meeting room: the committee that the policy has study them accepts or rejects."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_

from silah.cases.models import Case
from silah.cases.states import State
from silah.cases.workflow import perform
from silah.committees import bodies
from silah.committees.models import AgendaItem
from silah.committees.subjects import Made, Proposal, Subject
from silah.intake import answers, case_presenter, study
from silah.intake import outcomes as worded
from silah.intake.models import KIND
from silah.language.bilingual import localized
from silah.language.localization import locale
from silah.web.access import Member
from tenants.database import db

WAITING = (State.RECOMMENDED, State.UNDER_STUDY)


def waiting(committee: str) -> ColumnElement[bool] | None:
    """The condition on requests that this committee is to decide on."""
    versions = bodies.version_ids(committee)
    if not versions:
        return None
    return and_(Case.kind == KIND, Case.state.in_(WAITING), Case.policy_version_id.in_(versions))


def decide(item: AgendaItem, outcome: str, reasons: str, by: Member) -> Made:
    """Make the votes the decision on the request."""
    meeting = item.meeting
    decision = perform(
        item.case,
        "decide_in_meeting",
        by,
        {"outcome": outcome, "reasons": reasons, "body": meeting.committee, "meeting": meeting.number},
    )
    db.session.flush()
    return Made(outcome, decision.reasons, decision.id)


def outcomes(case: Case) -> Mapping[str, Any]:
    """The outcomes as the policy of the case words them."""
    return dict(worded.choices(case.policy_version.policy))


def facts(case: Case, member: Member) -> dict[str, Any]:
    """The answers, and what was recommended."""
    return {"answers": answers.shown(case, member, locale()), "recommendations": case_presenter.recommendations(case)}


def propose(case: Case) -> Proposal | None:
    """Return what was recommended last."""
    advised = study.latest_recommendation(case)
    return Proposal(advised.outcome, advised.reasons) if advised else None


def sentence(case: Case, outcome: str) -> str:
    """Return the usual motion on a request."""
    title = localized(case, "title")
    person = next((one.name for one in (case.beneficiary, case.applicant) if one and one.name), case.reference)
    return worded.motion(case.policy_version.policy, outcome, person=person, title=title)


def told(case: Case, outcome: str) -> str:
    """Return the outcome as the applicant will read it."""
    return worded.words(case.policy_version.policy, outcome)


SUBJECT = Subject(waiting, decide, outcomes, facts, "committees/request.html", propose, sentence, told)
