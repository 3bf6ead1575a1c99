"""What else becomes of a dispute or a claim: referred to a court or authority, ended, closed, reopened, withdrawn."""

from datetime import date
from typing import Any

from flask_babel import gettext as _

from silah import clock, jobs
from silah.cases import clocks, creation, referrals, timeline
from silah.cases import notifications as telling
from silah.cases.models import Case
from silah.cases.states import State
from silah.documents import service as documents
from silah.errors import Invalid
from silah.forms.texts import clean
from silah.settlements import moves, notifications, offer_rules, papers
from silah.settlements.models import COMPENSATION
from silah.web.access import Member
from tenants.database import db


def refer(case: Case, *, by: Member, to: str, number: str, on: date) -> None:
    """Refer it out, to a court or an authority, with its own reference; no reply is owed meanwhile."""
    timeline.hold(case)
    moves.need("refer_out", case, by)
    wrong: dict[str, Any] = {}
    if not clean(to):
        wrong["to"] = _("Write the court or authority.")
    if not clean(number):
        wrong["number"] = _("Write its number.")
    if on > clock.today():
        wrong["on"] = _("This day has not come yet.")
    if wrong:
        raise Invalid(wrong)
    made = moves.of(case)
    made.out_to, made.out_number, made.out_on = clean(to), clean(number), on
    made.out_result = made.out_result_on = None
    case.state = State.REGISTERED
    clocks.stop(case)
    timeline.record(case, "referred_out", by=by, data={"on": on.isoformat()}, note=made.out_to)
    _tell(case, notifications.referred_out(to, number))


def result(case: Case, *, by: Member, words: str, on: date) -> None:
    """Record what the court or authority decided; a claim is then taken up again, with the ruling as evidence."""
    timeline.hold(case)
    moves.need("result", case, by)
    made = moves.of(case)
    wrong: dict[str, Any] = {}
    if not clean(words):
        wrong["words"] = _("Write the result.")
    if on > clock.today() or (made.out_on and on < made.out_on):
        wrong["on"] = _("Choose a day from the referral to today.")
    if wrong:
        raise Invalid(wrong)
    made.out_result, made.out_result_on = clean(words), on
    if case.kind == COMPENSATION:
        case.state = State.UNDER_STUDY
        clocks.set_clock(case)
    timeline.record(case, "result_known", by=by, data={"on": on.isoformat()})
    _tell(case, notifications.result_known(words))


def end(case: Case, *, by: Member, reason: str) -> None:
    """End it without an agreement, or decline a claim, with the reasons that the beneficiary reads."""
    timeline.hold(case)
    moves.need("end", case, by)
    if not clean(reason):
        raise Invalid({"reason": _("Write the reason.")})
    moves.of(case).ending = clean(reason)
    case.replied_at = clock.now()
    _over(case, State.CLOSED, by)
    timeline.record(case, "ended_without", by=by)
    _tell(case, notifications.settlement_ended(reason))


def close(case: Case, *, by: Member) -> None:
    """Close what was settled; a claim that was paid gets its closing letter."""
    timeline.hold(case)
    moves.need("close", case, by)
    agreed, made = offer_rules.find_agreed_offer(case), moves.of(case)
    letter = []
    if case.kind == COMPENSATION and agreed is not None:
        data = papers.closing_letter(case, made, agreed)
        letter = [documents.keep_made(data, f"{case.reference}-closing.pdf", purpose="closing_letter")]
        creation.attach(case, letter, "closing_letter", by)
    _over(case, State.CLOSED, by)
    timeline.record(case, "closed", by=by)
    telling.applicant("settlement_closed", case, {}, letter)


def reopen(case: Case, *, by: Member, reason: str) -> None:
    """Take it up again, with a reason; its period is counted anew."""
    timeline.hold(case)
    moves.need("reopen", case, by)
    if not clean(reason):
        raise Invalid({"reason": _("Write the reason.")})
    case.state, case.closed_at, case.replied_at = State.UNDER_STUDY, None, None
    case.completed_on, case.pauses = clock.today(), []
    timeline.record(case, "reopened", by=by, data={"to": case.state.value}, note=clean(reason))
    clocks.set_clock(case)
    telling.applicant("reopened", case, {"reason": clean(reason)})


def withdraw(case: Case, *, reason: str = "", by: Member | None = None) -> None:
    """The beneficiary wants it no longer."""
    timeline.hold(case)
    moves.need("withdraw", case, by)
    _over(case, State.WITHDRAWN, by)
    timeline.record(case, "withdrawn", by=by, note=clean(reason) or None)


def _tell(case: Case, message: notifications.Message) -> None:
    template, said = message
    telling.applicant(template, case, said)


def _over(case: Case, state: State, by: Member | None) -> None:
    before = offer_rules.find_open_offer(case)
    if before is not None:
        before.state = "expired"
        jobs.settle(offer_rules.EXPIRES, str(before.id))
    clocks.go_on(case)
    case.state, case.closed_at = state, clock.now()
    clocks.stop(case)
    referrals.end_all(case, by=by)
    db.session.flush()
