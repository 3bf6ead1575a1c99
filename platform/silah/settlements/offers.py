"""Offers and counter-offers, each side in turn; one binds once both have accepted it, and becomes the agreement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from silah import clock, jobs
from silah.cases import clocks, responsibility, timeline
from silah.cases import notifications as telling
from silah.cases.models import Case
from silah.complaints.labels import LONGEST
from silah.errors import Invalid
from silah.forms.texts import clean
from silah.settlements import grounds, limits, moves, notifications, standing, turns
from silah.settlements.errors import NotInTurn
from silah.settlements.models import SettlementOffer, Undertaking
from silah.settlements.registration import COMPENSATION
from silah.settlements.standing import ASSOCIATION, BENEFICIARY
from silah.web.access import Member
from tenants.database import db

LONGEST_LIFE = timedelta(days=365)


@dataclass(frozen=True)
class Promise:
    """What one side promises in an offer."""

    side: str
    what: str
    due_on: date


@dataclass(frozen=True)
class Draft:
    """An offer as it is written: terms, an amount in riyals where money is due, its last day, and promises."""

    terms: str
    amount: Decimal | None
    expires_on: date
    promises: Sequence[Promise] = ()


def make(case: Case, draft: Draft, *, by: Member | None = None) -> SettlementOffer:
    """Make an offer: the association's by a member, else the beneficiary's. It takes the place of the other side's.

    Raises ``GroundsMissing`` for a claim without its grounds, ``NotInTurn`` while an offer of the same side is open,
    and ``AboveLimit`` for what nobody could accept.
    """
    timeline.hold(case)
    side = ASSOCIATION if by is not None else BENEFICIARY
    if case.state not in moves.OPEN or by is not None:
        moves.need("offer", case, by)
    if case.kind == COMPENSATION:
        grounds.need(case)
    _check(case, draft)
    if side == ASSOCIATION:
        limits.anybody(draft.amount)
    _superseded(case, side)
    offer = _written(case, draft, side, by)
    turns.wait_for(case, BENEFICIARY if side == ASSOCIATION else ASSOCIATION)
    if by is not None and case.holder_id is None:
        case.holder_id = by.id
    timeline.record(case, f"offer_by_{side}", by=by, data=turns.told_of(offer))
    jobs.owe(turns.EXPIRES, str(offer.id), clocks.morning_after(offer.expires_on))
    if side == ASSOCIATION:
        template, said = notifications.offer_made(case, offer)
        telling.applicant(template, case, said)
    else:
        responsibility.announce(case, "offer_came")
    return offer


def _superseded(case: Case, side: str) -> None:
    """Close the offer that stood; raises ``NotInTurn`` where it is the same side's, or one that it has accepted."""
    before = standing.opened(case)
    if before is None:
        return
    if standing.is_over(before):
        before.state = "expired"
    elif before.side == side or (before.beneficiary_at if side == BENEFICIARY else before.association_at):
        raise NotInTurn
    else:
        before.state = "superseded"
    jobs.settle(turns.EXPIRES, str(before.id))
    db.session.flush()


def _written(case: Case, draft: Draft, side: str, by: Member | None) -> SettlementOffer:
    last = db.session.scalar(select(func.max(SettlementOffer.number)).where(SettlementOffer.case_id == case.id))
    offer = SettlementOffer(
        case_id=case.id,
        number=(last or 0) + 1,
        side=side,
        terms=clean(draft.terms),
        amount=draft.amount,
        expires_on=draft.expires_on,
        made_by=by.id if by else None,
    )
    offer.undertakings = [
        Undertaking(case_id=case.id, side=one.side, what=clean(one.what), due_on=one.due_on) for one in draft.promises
    ]
    db.session.add(offer)
    db.session.flush()
    return offer


def _check(case: Case, draft: Draft) -> None:
    wrong: dict[str, Any] = {}
    if not clean(draft.terms):
        wrong["terms"] = _("Write what is offered.")
    elif len(draft.terms) > LONGEST:
        wrong["terms"] = _("Write at most %(count)s characters.", count=LONGEST)
    if draft.amount is None and case.kind == COMPENSATION:
        wrong["amount"] = _("Write the amount of the compensation.")
    elif draft.amount is not None and draft.amount <= 0:
        wrong["amount"] = _("Write an amount above zero.")
    if not clock.today() <= draft.expires_on <= clock.today() + LONGEST_LIFE:
        wrong["expires_on"] = _("Choose a day from today on, within a year.")
    for number, one in enumerate(draft.promises, 1):
        if not clean(one.what):
            wrong[f"what_{number}"] = _("Write what is promised.")
        if one.due_on < clock.today():
            wrong[f"due_{number}"] = _("Choose today or a later day.")
    if wrong:
        raise Invalid(wrong)
