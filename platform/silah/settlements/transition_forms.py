"""What the desk asks for each transition of a dispute or a claim, what it would send, and what is said of it."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import lazy_gettext as _l

from silah.cases.models import Case
from silah.cases.transitions import TransitionForm
from silah.desk import action_forms as forms
from silah.desk.action_forms import plain, read_reason
from silah.desk.letter_preview import LetterPreview, preview_message
from silah.settlements import claims, desk_forms, notifications, offer_rules
from silah.settlements.claims import Told
from silah.settlements.models import COMPENSATION, DISPUTE
from silah.web.access import Member


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
    template, said = notifications.offer_made(case, form.draft())
    return preview_message(template, case, said)


def _preview_drafted(compose: Callable[[Any], notifications.Message]) -> Callable[[Case, Any, Member], Any]:
    """Return what previews a message that is made of what is typed."""

    def preview(case: Case, form: Any, by: Member) -> LetterPreview | None:
        template, said = compose(form)
        return preview_message(template, case, said)

    return preview


def _read_ground(form: desk_forms.GroundForm) -> Mapping[str, Any]:
    return {
        "ground": form.ground.data,
        "words": form.words.data or "",
        "issued_by": form.issued_by.data or "",
        "number": form.number.data or "",
        "dated": form.dated.data,
        "complaint": form.complaint.data or "",
        "file": desk_forms.upload(form.file),
    }


def _read_payment(form: desk_forms.PayForm) -> Mapping[str, Any]:
    proof = desk_forms.upload(form.proof)
    return {"amount": form.amount.amount or Decimal(0), "on": form.on.data, "proof": proof}


def _may_open(kind: str) -> Callable[[Case, Member], bool]:
    return lambda case, member: claims.may_be_opened(kind, case)


LABELS: Mapping[str, Any] = {
    "accept": _l("Accept in the association's name"),
    "offer": _l("Make an offer"),
    "refuse": _l("Refuse the offer"),
    "harm": _l("State the harm"),
    "ground": _l("Add evidence"),
    "pay": _l("Record the payment"),
    "refer_out": _l("Refer to a court or authority"),
    "result": _l("Record the result"),
    "end": _l("End without agreement"),
    "close": _l("Close the case"),
    "reopen": _l("Reopen the case"),
    "withdraw": _l("Record as withdrawn"),
    "name_reader": _l("Open it to somebody else"),
    "open_dispute": _l("Open a dispute"),
    "open_compensation": _l("Open a claim for compensation"),
}

FORMS: Mapping[str, TransitionForm] = {
    "accept": TransitionForm(
        plain(forms.MoveForm),
        _l("Accepted in the association's name."),
        _l("You bind the association. The agreement is made once both sides have accepted."),
        preview=preview_acceptance,
    ),
    "offer": TransitionForm(
        desk_forms.offer_form,
        _l("The offer is made, and the beneficiary is told."),
        _l("It binds once the beneficiary and somebody who may bind the association have both accepted it."),
        lambda form: {"draft": form.draft()},
        preview=preview_offer,
        drafts=True,
    ),
    "refuse": TransitionForm(
        plain(desk_forms.EndForm),
        _l("The offer is refused, and the beneficiary is told why."),
        _l("Another offer can be made afterwards, by either side."),
        read_reason,
        tone="danger",
        preview=_preview_drafted(lambda form: notifications.offer_refused(form.reason.data)),
        drafts=True,
    ),
    "harm": TransitionForm(
        desk_forms.harm_form,
        _l("The harm is stated. The claim waits for a meeting of the committee."),
        _l("The committee decides on it in a meeting, and it stands in the minutes that its members sign."),
        lambda form: {"harm": form.harm.data, "size": form.size.data, "causes": form.causes.data},
    ),
    "ground": TransitionForm(
        desk_forms.ground_form,
        _l("The evidence is added."),
        _l("Evidence that stood for the same ground is replaced."),
        _read_ground,
    ),
    "pay": TransitionForm(
        desk_forms.pay_form,
        _l("The payment is recorded, and the beneficiary is told."),
        _l("Of exactly the amount that was agreed, with its proof."),
        _read_payment,
    ),
    "refer_out": TransitionForm(
        plain(desk_forms.OutForm),
        _l("Referred. Record the result once it is known."),
        _l("No settlement was reached, so a court or an authority decides. The beneficiary is told."),
        lambda form: {"to": form.to.data, "number": form.number.data, "on": form.on.data},
        preview=_preview_drafted(lambda form: notifications.referred_out(form.to.data, form.number.data)),
        drafts=True,
    ),
    "result": TransitionForm(
        plain(desk_forms.ResultForm),
        _l("The result is recorded."),
        inputs=lambda form: {"words": form.words.data, "on": form.on.data},
        preview=_preview_drafted(lambda form: notifications.result_known(form.words.data)),
        drafts=True,
    ),
    "end": TransitionForm(
        plain(desk_forms.EndForm),
        _l("It has ended, and the beneficiary is told why."),
        _l("No settlement was reached and nothing is referred, or the claim has no grounds."),
        read_reason,
        tone="danger",
        preview=_preview_drafted(lambda form: notifications.settlement_ended(form.reason.data)),
        drafts=True,
    ),
    "close": TransitionForm(
        plain(forms.MoveForm),
        _l("The case is closed."),
        _l("Everything that was agreed has been done."),
        preview=preview_closing,
    ),
    "reopen": TransitionForm(
        plain(forms.ReasonForm),
        _l("The case is open again."),
        _l("Its period is counted anew from today."),
        read_reason,
    ),
    "withdraw": TransitionForm(
        plain(forms.ReasonForm),
        _l("Recorded as withdrawn."),
        _l("Only at the beneficiary's wish."),
        read_reason,
        tone="danger",
    ),
    "name_reader": TransitionForm(
        desk_forms.reader_form,
        _l("It is open to this member now."),
        _l("A confidential case is open to named people only. Each reading is on record."),
        lambda form: {"member": UUID(form.member.data)},
        when=lambda case, member: case.confidential,
    ),
    "open_dispute": TransitionForm(
        plain(desk_forms.OpenForm),
        _l("The dispute is opened. It stands among the cases that were opened out of this one."),
        _l("A settlement is looked for with the beneficiary, who opens it with the receipt code of this case."),
        lambda form: {"kind": DISPUTE, "told": Told(form.text.data, form.wanted.data or "")},
        when=_may_open(DISPUTE),
    ),
    "open_compensation": TransitionForm(
        plain(desk_forms.ClaimForm),
        _l("The claim is opened. It stands among the cases that were opened out of this one."),
        _l("The grounds that the policy asks for come first; an amount is offered once they are there."),
        lambda form: {"kind": COMPENSATION, "told": Told(form.text.data, claimed=form.claimed.amount)},
        when=_may_open(COMPENSATION),
    ),
}
