"""A dispute and a claim at the desk: what is asked, offers, grounds, promises, and what can be done."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah.cases import confidentiality, timeline, visibility
from silah.cases.models import Case
from silah.cases.timeline_items import Line
from silah.desk.presenters import CasePresenter, Explain
from silah.forms.texts import masked
from silah.language.localization import money
from silah.settlements import grounds, harm_acknowledgement, offer_rules, undertakings
from silah.settlements.models import COMPENSATION, negotiation_of
from silah.settlements.offer_rules import OFFER_STATES, OFFER_TONES, SIDES
from silah.web.access import Member

LABELS: dict[str, Any] = {
    "settlement": _l("Attachment"),
    "agreement": _l("The agreement"),
    "proof": _l("Proof of a promise kept"),
    "evidence": _l("Evidence of a ground"),
    "payment": _l("Proof of the payment"),
    "closing_letter": _l("Closing letter"),
}


def facts(case: Case, member: Member, in_full: bool) -> dict[str, Any]:
    """What a dispute or a claim adds to the page; a confidential one records that it was read."""
    made = negotiation_of(case)
    confidentiality.read(case, member)
    if in_full:
        timeline.record(case, "looked", by=member, data={"fields": ["person"]}, private=True)
    every = offer_rules.list_offers(case)
    owed = offer_rules.list_owed(case)
    return {
        "made": made,
        "offers": every,
        "live": next((one for one in every if offer_rules.shown_state(one) == "open"), None),
        "agreed": next((one for one in every if one.state == "agreed"), None),
        "offer_state": offer_rules.shown_state,
        "offer_words": OFFER_STATES,
        "offer_tones": OFFER_TONES,
        "sides": SIDES,
        "owed": owed,
        "may_keep": any(one.kept_on is None for one in owed) and undertakings.may_handle(case, member),
        "kin": visibility.list_kin(case, member),
        "readers": confidentiality.readers(case) if case.confidential else [],
        "grounds": grounds.of(case) if case.kind == COMPENSATION else [],
        "enough": grounds.describe_enough(case) if case.kind == COMPENSATION else "",
        "proven": case.kind == COMPENSATION and grounds.proven(case),
        "file_of": grounds.file_of,
        "minutes": harm_acknowledgement.minutes_of(made),
        "masked": masked,
    }


def explain(case: Case) -> Explain:
    """Which offer, and of what amount, in words."""

    def said(line: Line) -> str:
        data = line.data
        if "offer" in data:
            number = _("Offer %(number)s", number=data["offer"])
            return f"{number} · {money(data['amount'])}" if data.get("amount") else str(number)
        if line.verb in ("compensation_paid", "amount_paid"):
            return money(data["amount"])
        return str(next((data[key] for key in ("from", "case") if key in data), ""))

    return said


def labels(case: Case) -> Callable[[str], Any]:
    """What each paper is called."""
    return lambda purpose: LABELS.get(purpose, LABELS["settlement"])


DISPUTE_PRESENTER = CasePresenter(
    template="settlements/desk/case.html",
    onward=frozenset({"accept", "offer", "refuse", "pay", "result", "close", "take"}),
    facts=facts,
    labels=labels,
    explain=explain,
    later=lambda found, keys: {"take": True, "refuse": True, "offer": "accept" in keys},
)
CLAIM_PRESENTER = replace(
    DISPUTE_PRESENTER,
    onward=frozenset({"accept", "offer", "refuse", "harm", "ground", "pay", "result", "close", "take"}),
    later=lambda found, keys: {
        "take": True, "refuse": True, "offer": "accept" in keys or not found["proven"],
        "ground": found["proven"], "harm": True,
    },
)  # fmt: skip
