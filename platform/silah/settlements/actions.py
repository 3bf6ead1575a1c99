"""The actions on a dispute or a claim as their pages do them, what each would send, and those that open one.

When each is legal stands in ``moves``.
"""

from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import lazy_gettext as _l

from silah.cases.models import Case
from silah.desk import action_forms as forms
from silah.desk.case_action import Action, Build, Do, Preview, plain
from silah.desk.letter_preview import LetterPreview, preview_message
from silah.errors import NotFound
from silah.settlements import (
    claims,
    desk_forms,
    external_outcomes,
    grounds,
    harm_acknowledgement,
    moves,
    notifications,
    offer_rules,
    offers,
    payments,
)
from silah.settlements.claims import Told
from silah.settlements.models import COMPENSATION, DISPUTE
from silah.web.access import Member, Permission


def preview_acceptance(case: Case, form: Any, by: Member) -> LetterPreview | None:
    """Return the agreement where the beneficiary has accepted the offer, else what asks them to."""
    offer = offer_rules.find_live_offer(case)
    if offer is None:
        return None
    if offer.beneficiary_at is None:
        return preview_message("offer_confirm", case, notifications.describe_offer(case, offer))
    paper = (f"{case.reference}-agreement.pdf", url_for("settlements.agreement_preview", id=case.id))
    return preview_message("agreement_made", case, {}, [paper])


def preview_closing(case: Case, form: Any, by: Member) -> LetterPreview | None:
    """Return what ends the case; for a claim that was paid, with its closing letter."""
    paper = (f"{case.reference}-closing.pdf", url_for("settlements.closing_preview", id=case.id))
    ends_claim = case.kind == COMPENSATION and offer_rules.find_agreed_offer(case) is not None
    return preview_message("settlement_closed", case, {}, [paper] if ends_claim else [])


def preview_offer(case: Case, form: Any, by: Member) -> LetterPreview | None:
    """Return what an offer says, as it is typed."""
    return _preview_drafted(case, notifications.offer_made(case, form.draft()))


PREVIEWS: dict[str, Preview] = {
    "accept": preview_acceptance,
    "close": preview_closing,
    "offer": preview_offer,
    "refuse": lambda case, form, by: _preview_drafted(case, notifications.offer_refused(form.reason.data)),
    "refer_out": lambda case, form, by: _preview_drafted(
        case, notifications.referred_out(form.to.data, form.number.data)
    ),
    "result": lambda case, form, by: _preview_drafted(case, notifications.result_known(form.words.data)),
    "end": lambda case, form, by: _preview_drafted(case, notifications.settlement_ended(form.reason.data)),
}
"""By the key of the move."""
DRAFTED = frozenset(PREVIEWS) - {"accept", "close"}
"""Whose message is made of what is typed."""


def _preview_drafted(case: Case, message: notifications.Message) -> LetterPreview | None:
    template, said = message
    return preview_message(template, case, said)


def _move(key: str, build: Build, do: Do, said: Any, lead: Any = "", kind: str = "primary") -> Action:
    """One move of the table, with its page."""

    def need(case: Case, member: Member) -> None:
        moves.need(key, case, member)

    shown, drafts = PREVIEWS.get(key), key in DRAFTED
    return Action(
        key, build, do, said, lead, moves.BY_KEY[key].label, kind, need=need, preview=shown, drafts=drafts
    )  # fmt: skip


def _live(case: Case) -> UUID:
    """The offer that stands; raises NotFound where there is none."""
    found = offer_rules.find_live_offer(case)
    if found is None:
        raise NotFound
    return found.id


def _ground(case: Case, form: desk_forms.GroundForm, by: Member) -> None:
    grounds.add(
        case,
        form.ground.data,
        by=by,
        words=form.words.data or "",
        issued_by=form.issued_by.data or "",
        number=form.number.data or "",
        dated=form.dated.data,
        complaint=form.complaint.data or "",
        file=desk_forms.upload(form.file),
    )


def _pay(case: Case, form: desk_forms.PayForm, by: Member) -> None:
    proof = desk_forms.upload(form.proof)
    payments.pay(case, by=by, amount=form.amount.amount or Decimal(0), on=form.on.data, proof=proof)


ALL = (
    _move(
        "accept",
        plain(forms.MoveForm),
        lambda case, form, by: offers.approve(case, _live(case), by=by),
        _l("Accepted in the association's name."),
        _l("You bind the association. The agreement is made once both sides have accepted."),
    ),
    _move(
        "offer",
        desk_forms.offer_form,
        lambda case, form, by: offers.make(case, form.draft(), by=by),
        _l("The offer is made, and the beneficiary is told."),
        _l("It binds once the beneficiary and somebody who may bind the association have both accepted it."),
    ),
    _move(
        "refuse",
        plain(desk_forms.EndForm),
        lambda case, form, by: offers.refuse(case, _live(case), form.reason.data, by=by),
        _l("The offer is refused, and the beneficiary is told why."),
        _l("Another offer can be made afterwards, by either side."),
        kind="danger",
    ),
    _move(
        "harm",
        desk_forms.harm_form,
        lambda case, form, by: harm_acknowledgement.state_harm(
            case, by=by, harm=form.harm.data, size=form.size.data, causes=form.causes.data
        ),
        _l("The harm is stated. The claim waits for a meeting of the committee."),
        _l("The committee decides on it in a meeting, and it stands in the minutes that its members sign."),
    ),
    _move(
        "ground",
        desk_forms.ground_form,
        _ground,
        _l("The evidence is added."),
        _l("Evidence that stood for the same ground is replaced."),
    ),
    _move(
        "pay",
        desk_forms.pay_form,
        _pay,
        _l("The payment is recorded, and the beneficiary is told."),
        _l("Of exactly the amount that was agreed, with its proof."),
    ),
    _move(
        "refer_out",
        plain(desk_forms.OutForm),
        lambda case, form, by: external_outcomes.refer(
            case, by=by, to=form.to.data, number=form.number.data, on=form.on.data
        ),
        _l("Referred. Record the result once it is known."),
        _l("No settlement was reached, so a court or an authority decides. The beneficiary is told."),
    ),
    _move(
        "result",
        plain(desk_forms.ResultForm),
        lambda case, form, by: external_outcomes.result(case, by=by, words=form.words.data, on=form.on.data),
        _l("The result is recorded."),
    ),
    _move(
        "end",
        plain(desk_forms.EndForm),
        lambda case, form, by: external_outcomes.end(case, by=by, reason=form.reason.data),
        _l("It has ended, and the beneficiary is told why."),
        _l("No settlement was reached and nothing is referred, or the claim has no grounds."),
        kind="danger",
    ),
    _move(
        "close",
        plain(forms.MoveForm),
        lambda case, form, by: external_outcomes.close(case, by=by),
        _l("The case is closed."),
        _l("Everything that was agreed has been done."),
    ),
    _move(
        "reopen",
        plain(forms.ReasonForm),
        lambda case, form, by: external_outcomes.reopen(case, by=by, reason=form.reason.data),
        _l("The case is open again."),
        _l("Its period is counted anew from today."),
    ),
    _move(
        "withdraw",
        plain(forms.ReasonForm),
        lambda case, form, by: external_outcomes.withdraw(case, reason=form.reason.data, by=by),
        _l("Recorded as withdrawn."),
        _l("Only at the beneficiary's wish."),
        kind="danger",
    ),
)
NAME_READER = Action(
    "name_reader",
    desk_forms.reader_form,
    lambda case, form, by: claims.name_reader(case, by=by, member=UUID(form.member.data)),
    _l("It is open to this member now."),
    _l("A confidential case is open to named people only. Each reading is on record."),
    _l("Open it to somebody else"),
    permission=Permission.ANSWER_COMPLAINTS,
    when=lambda case, member: case.confidential,
)


def _open_dispute(case: Case, form: desk_forms.OpenForm, by: Member) -> None:
    claims.out_of(case, DISPUTE, Told(form.text.data, form.wanted.data or ""), by=by)


def _open_claim(case: Case, form: desk_forms.ClaimForm, by: Member) -> None:
    claims.out_of(case, COMPENSATION, Told(form.text.data, claimed=form.claimed.amount), by=by)


DISPUTE_OPENED = Action(
    "open_dispute",
    plain(desk_forms.OpenForm),
    _open_dispute,
    _l("The dispute is opened. It stands among the cases that were opened out of this one."),
    _l("A settlement is looked for with the beneficiary, who opens it with the receipt code of this case."),
    _l("Open a dispute"),
    when=lambda case, member: member.may(*claims.OPENERS) and claims.may_be_opened(DISPUTE, case),
)
CLAIM_OPENED = Action(
    "open_claim",
    plain(desk_forms.ClaimForm),
    _open_claim,
    _l("The claim is opened. It stands among the cases that were opened out of this one."),
    _l("The grounds that the policy asks for come first; an amount is offered once they are there."),
    _l("Open a claim for compensation"),
    when=lambda case, member: member.may(*claims.OPENERS) and claims.may_be_opened(COMPENSATION, case),
)
DEEDS = (DISPUTE_OPENED, CLAIM_OPENED)
