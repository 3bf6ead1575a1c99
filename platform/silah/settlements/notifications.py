"""What the beneficiary of a dispute or a claim is told by the association, as a kind of message and what it says."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol

from flask_babel import force_locale

from silah.cases import notifications
from silah.cases.models import Case
from silah.forms.texts import clean
from silah.language.localization import date_g, money

Message = tuple[str, Mapping[str, str]]


def tell(case: Case, message: Message) -> None:
    """Send the beneficiary of a case a message."""
    template, said = message
    notifications.applicant(template, case, said)


class Offered(Protocol):
    """What is said of an offer, whether it was made or is being written."""

    @property
    def terms(self) -> str:
        """What is offered."""

    @property
    def amount(self) -> Decimal | None:
        """Riyals, where money is due."""

    @property
    def expires_on(self) -> date:
        """Its last day."""


def describe_offer(case: Case, offer: Offered) -> dict[str, str]:
    """Return amount and last day of an offer, in the language of the case."""
    with force_locale(case.locale):
        return {"amount": money(offer.amount), "due": date_g(offer.expires_on)}


def offer_made(case: Case, offer: Offered) -> Message:
    """Return what an offer of the association says."""
    return "offer_made", describe_offer(case, offer) | {"text": clean(offer.terms)}


def offer_refused(reason: str) -> Message:
    """Return what is said of an offer that the association refused."""
    return "offer_refused", {"reason": clean(reason)}


def referred_out(to: str, number: str) -> Message:
    """Return what is said of a referral to a court or an authority."""
    return "referred_out", {"text": f"{clean(to)} ({clean(number)})"}


def result_known(words: str) -> Message:
    """Return what is said of the result there."""
    return "result_known", {"text": clean(words)}


def settlement_ended(reason: str) -> Message:
    """Return what is said of an end without agreement."""
    return "settlement_ended", {"reason": clean(reason)}
