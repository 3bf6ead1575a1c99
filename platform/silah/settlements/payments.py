"""The payment of an agreed amount: with its proof, on its day, and of exactly what was agreed."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from silah import clock
from silah.cases import creation, notifications
from silah.cases.states import State
from silah.cases.transitions import Change
from silah.documents.models import StoredFile
from silah.errors import Conflict, Invalid
from silah.language.localization import date_g, money
from silah.settlements import offer_rules
from silah.settlements.models import COMPENSATION, negotiation_of


def pay(change: Change, amount: Decimal, on: date, proof: StoredFile | None) -> None:
    """Record the payment; raises ``Invalid`` for any amount but the agreed one."""
    case, agreed = change.case, offer_rules.find_agreed_offer(change.case)
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
    made = negotiation_of(case)
    made.paid, made.paid_on = amount, on
    creation.attach(case, [proof], "payment", change.by)
    change.event = "amount_paid"
    if case.kind == COMPENSATION:
        change.event, change.target, change.replies = "compensation_paid", State.DELIVERED, True
    change.data = {"amount": str(amount), "on": on.isoformat()}


def tell_payment(change: Change) -> None:
    """Tell the beneficiary of the payment."""
    with force_locale(change.case.locale):
        words = {"amount": money(change.inputs["amount"]), "due": date_g(change.inputs["on"])}
    notifications.applicant(change.event, change.case, words)
