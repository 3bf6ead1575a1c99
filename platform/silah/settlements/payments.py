"""The payment of an agreed amount: with its proof, on its day, and of exactly what was agreed."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from silah import clock
from silah.cases import clocks, creation, notifications, timeline
from silah.cases.models import Case
from silah.cases.states import State
from silah.documents.models import StoredFile
from silah.errors import Conflict, Invalid
from silah.language.localization import date_g, money
from silah.settlements import moves, offer_rules
from silah.settlements.models import COMPENSATION
from silah.web.access import Member


def pay(case: Case, *, by: Member, amount: Decimal, on: date, proof: StoredFile | None) -> None:
    """Record the payment; raises ``Invalid`` for any amount but the agreed one."""
    timeline.hold(case)
    moves.need("pay", case, by)
    agreed = offer_rules.find_agreed_offer(case)
    if agreed is None or agreed.amount is None:
        raise Conflict
    wrong: dict[str, Any] = {}
    if amount != agreed.amount:
        wrong["amount"] = _("%(amount)s was agreed, to the halala. Record the payment of exactly that.",
                            amount=money(agreed.amount))  # fmt: skip
    if on > clock.today() or (agreed.association_at and on < clock.day_of(case.received_at)):
        wrong["on"] = _("Choose a day from the receipt of the case to today.")
    if proof is None:
        wrong["proof"] = _("Choose the file that proves the payment.")
    if wrong or proof is None:
        raise Invalid(wrong)
    made = moves.of(case)
    made.paid, made.paid_on = amount, on
    creation.attach(case, [proof], "payment", by)
    told = "compensation_paid" if case.kind == COMPENSATION else "amount_paid"
    if case.kind == COMPENSATION:
        case.state, case.replied_at = State.DELIVERED, clock.now()
        clocks.stop(case)
    timeline.record(case, told, by=by, data={"amount": str(amount), "on": on.isoformat()})
    with force_locale(case.locale):
        words = {"amount": money(amount), "due": date_g(on)}
    notifications.applicant(told, case, words)
