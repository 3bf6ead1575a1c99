"""What else becomes of a dispute or a claim: referred to a court or authority, ended, closed, reopened, withdrawn."""

from datetime import date
from typing import Any

from flask_babel import gettext as _

from silah import clock
from silah.cases import clocks, creation
from silah.cases import notifications as telling
from silah.cases.states import State
from silah.cases.transitions import Change
from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.errors import Invalid
from silah.forms.texts import clean
from silah.settlements import notifications, offer_rules, papers
from silah.settlements.models import COMPENSATION, negotiation_of
from tenants.database import db


def refer(change: Change, to: str, number: str, on: date) -> None:
    """Refer it out, to a court or an authority, with its own reference; no reply is owed meanwhile."""
    wrong: dict[str, Any] = {}
    if not clean(to):
        wrong["to"] = _("Write the court or authority.")
    if not clean(number):
        wrong["number"] = _("Write its number.")
    if on > clock.today():
        wrong["on"] = _("This day has not come yet.")
    if wrong:
        raise Invalid(wrong)
    made = negotiation_of(change.case)
    made.out_to, made.out_number, made.out_on = clean(to), clean(number), on
    made.out_result = made.out_result_on = None
    change.data, change.note = {"on": on.isoformat()}, made.out_to


def tell_referral(change: Change) -> None:
    """Tell the beneficiary to which court or authority the case went."""
    notifications.tell(change.case, notifications.referred_out(change.inputs["to"], change.inputs["number"]))


def keep_result(change: Change, words: str, on: date) -> None:
    """Record what the court or authority decided; a claim is then taken up again, with the ruling as evidence."""
    made = negotiation_of(change.case)
    wrong: dict[str, Any] = {}
    if not clean(words):
        wrong["words"] = _("Write the result.")
    if on > clock.today() or (made.out_on and on < made.out_on):
        wrong["on"] = _("Choose a day from the referral to today.")
    if wrong:
        raise Invalid(wrong)
    made.out_result, made.out_result_on = clean(words), on
    if change.case.kind == COMPENSATION:
        change.target = State.UNDER_STUDY
    change.data = {"on": on.isoformat()}


def tell_result(change: Change) -> None:
    """Tell the beneficiary what the court or authority decided."""
    notifications.tell(change.case, notifications.result_known(change.inputs["words"]))


def end(change: Change, reason: str) -> None:
    """End it without an agreement, or decline a claim, with the reasons that the beneficiary reads."""
    if not clean(reason):
        raise Invalid({"reason": _("Write the reason.")})
    negotiation_of(change.case).ending = clean(reason)
    _leave_offers(change)


def tell_end(change: Change) -> None:
    """Tell the beneficiary why it ended without an agreement."""
    notifications.tell(change.case, notifications.settlement_ended(change.inputs["reason"]))


def close(change: Change) -> list[StoredFile]:
    """Close what was settled; a claim that was paid gets its closing letter."""
    case, agreed = change.case, offer_rules.find_agreed_offer(change.case)
    letter = []
    if case.kind == COMPENSATION and agreed is not None:
        data = papers.closing_letter(case, negotiation_of(case), agreed)
        letter = [documents.keep_made(data, f"{case.reference}-closing.pdf", purpose="closing_letter")]
        creation.attach(case, letter, "closing_letter", change.by)
    _leave_offers(change)
    return letter


def tell_closing(change: Change) -> None:
    """Tell the beneficiary that the case is closed, with its closing letter where there is one."""
    telling.applicant("settlement_closed", change.case, {}, change.result)


def reopen(change: Change, reason: str) -> None:
    """Take it up again, with a reason; its period is counted anew."""
    if not clean(reason):
        raise Invalid({"reason": _("Write the reason.")})
    change.case.completed_on, change.case.pauses = clock.today(), []
    change.data, change.note = {"to": State.UNDER_STUDY.value}, clean(reason)


def tell_reopening(change: Change) -> None:
    """Tell the beneficiary that the case is open again, and why."""
    telling.applicant("reopened", change.case, {"reason": change.note or ""})


def withdraw(change: Change, reason: str = "") -> None:
    """Take it back, at the beneficiary's wish."""
    change.note = clean(reason) or None
    _leave_offers(change)


def _leave_offers(change: Change) -> None:
    offer_rules.close_open_offer(change.case)
    clocks.go_on(change.case)
    db.session.flush()
