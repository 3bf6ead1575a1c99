"""Study, recommendation, decision, and the release of the reply, by the body that the policy names."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from silah import clock
from silah.cases import clocks
from silah.cases.models import Case
from silah.cases.transitions import Change
from silah.errors import Conflict, Forbidden, Invalid
from silah.forms.texts import clean
from silah.intake import letters, scheduling
from silah.intake.decision_reasons import are_alike
from silah.intake.errors import TooEarly
from silah.intake.facts import decision_of
from silah.intake.models import Decision, Recommendation
from silah.web.access import Member, Permission
from tenants.database import db

OUTCOMES = ("accepted", "rejected")


def send(change: Change) -> None:
    """Send a complete, and where the policy has it attested, request for study."""
    change.data = {"to": change.case.policy_version.policy.studied_by}


def recommend(change: Change, outcome: str, reasons: str) -> Recommendation:
    """Advise the committee that decides."""
    _check(outcome, reasons)
    made = Recommendation(case_id=change.case.id, outcome=outcome, reasons=clean(reasons), made_by=change.member.id)
    db.session.add(made)
    change.data = {"outcome": outcome}
    return made


def latest_recommendation(case: Case) -> Recommendation | None:
    """Return the recommendation that was made last."""
    rows = select(Recommendation).where(Recommendation.case_id == case.id)
    return db.session.scalars(rows.order_by(Recommendation.made_at.desc(), Recommendation.id).limit(1)).first()


def decide(change: Change, outcome: str, reasons: str) -> Decision:
    """Decide for the body that the policy names; the applicant hears of it when the reply is released."""
    body = change.case.policy_version.policy.studied_by or "management"
    return _keep_decision(change, outcome, reasons, {"outcome": outcome, "body": body})


def decide_in_meeting(change: Change, outcome: str, reasons: str, body: str, meeting: int) -> Decision:
    """Record what a committee decided by its votes, which are the authority of whoever conducts the meeting."""
    if change.case.policy_version.policy.studied_by != body:
        raise Conflict(_("The policy of this case has another body decide."))
    return _keep_decision(change, outcome, reasons, {"outcome": outcome, "body": body, "meeting": meeting})


def _keep_decision(change: Change, outcome: str, reasons: str, data: dict[str, Any]) -> Decision:
    case = change.case
    _check(outcome, reasons)
    advised = latest_recommendation(case)
    if advised and advised.outcome != outcome and are_alike(reasons, advised.reasons):
        raise Invalid({"reasons": _("The outcome differs from what was recommended: write reasons of its own.")})
    made = Decision(
        case_id=case.id, outcome=outcome, reasons=clean(reasons), body=data["body"], decided_by=change.member.id
    )
    db.session.add(made)
    change.data = data
    return made


def release(change: Change, early_reason: str | None = None) -> Decision:
    """Send the reply: the letter is written and kept, the applicant told by the agreed means.

    Before a floor's earliest date it raises ``TooEarly``, unless the member may release early and gives a reason,
    which is recorded.
    """
    case, by = change.case, change.member
    decision = decision_of(case)
    if decision is None:
        raise Conflict(_("There is no decision to reply with."))
    reason = _early(case, by, clean(early_reason))
    decision.released_by, decision.released_at, decision.early_reason = by.id, clock.now(), reason
    scheduling.end_waiting(case, "sent", by=by)
    letter = letters.reply(case, decision, by=by)
    decision.letter_id = letter.id
    change.event = "released_early" if reason else "released"
    change.data = {"outcome": decision.outcome, "means": case.reply_channel, "letter": letter.sha256}
    change.note = reason
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
