"""What the pages of complaints and requests offer: a dispute or a claim is opened out of them."""

from flask_babel import lazy_gettext as _l

from silah.cases.models import Case
from silah.desk.case_action import Action, plain
from silah.settlements import desk_forms, starting
from silah.settlements.registration import COMPENSATION, DISPUTE
from silah.settlements.starting import Told
from silah.web.access import Member


def _open_dispute(case: Case, form: desk_forms.OpenForm, by: Member) -> None:
    starting.out_of(case, DISPUTE, Told(form.text.data, form.wanted.data or ""), by=by)


def _open_claim(case: Case, form: desk_forms.ClaimForm, by: Member) -> None:
    starting.out_of(case, COMPENSATION, Told(form.text.data, claimed=form.claimed.amount), by=by)


DISPUTE_OPENED = Action(
    "open_dispute",
    plain(desk_forms.OpenForm),
    _open_dispute,
    _l("The dispute is opened. It stands among the cases that were opened out of this one."),
    _l("A settlement is looked for with the beneficiary, who opens it with the receipt code of this case."),
    _l("Open a dispute"),
    when=lambda case, member: member.may(*starting.OPENERS) and starting.may_be_opened(DISPUTE, case),
)
CLAIM_OPENED = Action(
    "open_claim",
    plain(desk_forms.ClaimForm),
    _open_claim,
    _l("The claim is opened. It stands among the cases that were opened out of this one."),
    _l("The grounds that the policy asks for come first; an amount is offered once they are there."),
    _l("Open a claim for compensation"),
    when=lambda case, member: member.may(*starting.OPENERS) and starting.may_be_opened(COMPENSATION, case),
)
DEEDS = (DISPUTE_OPENED, CLAIM_OPENED)
