"""Study, recommendation, decision, and the release of the reply, by the body that the policy names."""

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from silah import clock
from silah.cases import clocks, notifications, timeline
from silah.cases.models import Case
from silah.cases.states import State
from silah.errors import Conflict, Forbidden, Invalid
from silah.forms.texts import clean
from silah.intake import letters, scheduling
from silah.intake.decision_reasons import are_alike
from silah.intake.errors import TooEarly
from silah.intake.facts import decision_of, facts_of
from silah.intake.models import Decision, Recommendation
from silah.intake.moves import need
from silah.web.access import Member, Permission
from tenants.database import db

OUTCOMES = ("accepted", "rejected")


def send(case: Case, *, by: Member) -> None:
    """Send a complete, and where the policy has it attested, request for study."""
    timeline.hold(case)
    need("send", facts_of(case), by)
    case.state = State.UNDER_STUDY
    timeline.record(case, "sent_for_study", by=by, data={"to": case.policy_version.policy.studied_by})


def recommend(case: Case, *, by: Member, outcome: str, reasons: str) -> Recommendation:
    """Advise the committee that decides."""
    timeline.hold(case)
    need("recommend", facts_of(case), by)
    _check(outcome, reasons)
    made = Recommendation(case_id=case.id, outcome=outcome, reasons=clean(reasons), made_by=by.id)
    db.session.add(made)
    case.state = State.RECOMMENDED
    timeline.record(case, "recommended", by=by, data={"outcome": outcome}, private=True)
    return made


def latest_recommendation(case: Case) -> Recommendation | None:
    """Return the recommendation that was made last."""
    rows = select(Recommendation).where(Recommendation.case_id == case.id)
    return db.session.scalars(rows.order_by(Recommendation.made_at.desc(), Recommendation.id).limit(1)).first()


def decide(case: Case, *, by: Member, outcome: str, reasons: str) -> Decision:
    """Decide for the body that the policy names; the applicant hears of it when the reply is released."""
    timeline.hold(case)
    need("decide", facts_of(case), by)
    body = case.policy_version.policy.studied_by or "management"
    return _decided(case, by, outcome, reasons, {"outcome": outcome, "body": body})


def decide_in_meeting(case: Case, *, by: Member, outcome: str, reasons: str, body: str, meeting: int) -> Decision:
    """Record what a committee decided by its votes; ``by`` conducts the meeting, and the vote is their authority."""
    timeline.hold(case)
    if case.policy_version.policy.studied_by != body:
        raise Conflict(_("The policy of this case has another body decide."))
    need("decide", replace(facts_of(case), meets=False), None)
    return _decided(case, by, outcome, reasons, {"outcome": outcome, "body": body, "meeting": meeting})


def _decided(case: Case, by: Member, outcome: str, reasons: str, data: dict[str, Any]) -> Decision:
    _check(outcome, reasons)
    advised = latest_recommendation(case)
    if advised and advised.outcome != outcome and are_alike(reasons, advised.reasons):
        raise Invalid({"reasons": _("The outcome differs from what was recommended: write reasons of its own.")})
    made = Decision(case_id=case.id, outcome=outcome, reasons=clean(reasons), body=data["body"], decided_by=by.id)
    db.session.add(made)
    case.state = State.DECIDED
    timeline.record(case, "decided", by=by, data=data, private=True)
    return made


def release(case: Case, *, by: Member, early_reason: str | None = None) -> Decision:
    """Send the reply: the letter is written and kept, the applicant told by the agreed means.

    Before a floor's earliest date it raises ``TooEarly``, unless the member may release early and gives a reason,
    which is recorded.
    """
    timeline.hold(case)
    need("release", facts_of(case), by)
    decision = decision_of(case)
    if decision is None:
        raise Conflict(_("There is no decision to reply with."))
    reason = _early(case, by, clean(early_reason))
    decision.released_by, decision.released_at, decision.early_reason = by.id, clock.now(), reason
    case.state, case.replied_at = State.REPLIED, clock.now()
    clocks.stop(case)
    scheduling.settle(case, by=by)
    letter = letters.reply(case, decision, by=by)
    decision.letter_id = letter.id
    verb = "released_early" if reason else "released"
    data = {"outcome": decision.outcome, "means": case.reply_channel, "letter": letter.sha256}
    timeline.record(case, verb, by=by, data=data, note=reason)
    notifications.applicant("replied", case, letters.context(case, decision), [letter])
    return decision


def is_early(case: Case) -> bool:
    """Whether a reply released today would come before the floor allows."""
    return clocks.reckoning(case).too_early(clock.today())


def _early(case: Case, by: Member, reason: str) -> str | None:
    if not is_early(case):
        return None
    if not by.may(Permission.RELEASE_EARLY):
        if reason:
            raise Forbidden
        raise TooEarly
    if not reason:
        raise TooEarly(_("Sending before the earliest date needs a reason, which is recorded."))
    return reason


def _check(outcome: str, reasons: str) -> None:
    wrong = {}
    if outcome not in OUTCOMES:
        wrong["outcome"] = _("Choose one of the answers.")
    if not clean(reasons):
        wrong["reasons"] = _("Write the reasons.")
    if wrong:
        raise Invalid(wrong)
