"""The forms of the moves on a dispute or a claim at the desk."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import Length, Optional

from silah import clock
from silah.cases import notifications
from silah.cases.models import Case
from silah.complaints import bodies
from silah.desk.action_forms import MoveForm, ReasonForm, long_text, needed, options, stripped
from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.errors import Invalid
from silah.language.localization import locale
from silah.language.typed_days import PAST
from silah.organisation import holders
from silah.settlements import grounds, offer_rules
from silah.settlements.forms import OfferFields, amount, priced
from silah.settlements.models import negotiation_of
from silah.web.access import Member, Permission
from silah.web.fields import DateField


class OfferForm(OfferFields, MoveForm):
    """An offer of the association."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Each promise has its day."""
        fine = bool(super().validate(extra_validators))
        return not self.undated() and fine


def offer_form(case: Case, member: Member) -> Any:
    """Of a claim the amount is never left out."""
    return priced(OfferForm(), case)


class OpenForm(MoveForm):
    """A dispute that is opened out of another case."""

    text = long_text(_l("What the dispute is about"), _l("Write what it is about."))
    wanted = long_text(_l("What the beneficiary wants"))


class ClaimForm(MoveForm):
    """A claim that is opened out of another case."""

    text = long_text(_l("What happened, and what harm it did"), _l("Write what happened."))
    claimed = amount(_l("Amount claimed, in riyals"))


class HarmForm(MoveForm):
    """The harm as the committee is to state it."""

    harm = long_text(_l("The harm"), _l("Write what the harm is."))
    size = long_text(
        _l("Its size"), _l("Write how great it is."), _l("In money as far as possible, and how it was found.")
    )
    causes = long_text(_l("Its causes"), _l("Write what caused it."))


def harm_form(case: Case, member: Member) -> HarmForm:
    """Filled with what was stated so far."""
    made = negotiation_of(case)
    return HarmForm(harm=made.harm, size=made.size, causes=made.causes)


RULING = ("words", "issued_by", "number", "dated", "file")


class GroundForm(MoveForm):
    """Evidence of one ground: of the fault a justified complaint or a paper; of a ruling its particulars."""

    ground = RadioField(_l("Ground"), [needed(_l("Choose the ground."))])
    words = long_text(_l("How the fault was established"))
    complaint = StringField(
        _l("Reference of the complaint that was found justified"), [Optional(), Length(max=40)], filters=[stripped],
        render_kw={"dir": "ltr"},
    )  # fmt: skip
    issued_by = StringField(_l("Court or authority"), [Optional(), Length(max=200)], filters=[stripped])
    number = StringField(_l("Number"), [Optional(), Length(max=80)], filters=[stripped])
    dated = DateField(_l("Dated"), [Optional()], bounds=PAST)
    file = FileField(_l("The paper"), [Optional()])


def ground_form(case: Case, member: Member) -> GroundForm:
    """The grounds that are shown by papers."""
    form = GroundForm()
    named = [one for one in grounds.compensation(case).evidence if not grounds.by_minutes(one)]
    for name in RULING:  # one ground or another needs each of them, so none is called optional
        form[name].flags.optional = False
    form.ground.choices = options((one.key, one.name.for_locale(locale())) for one in named)
    return form


class PayForm(MoveForm):
    """A payment with its proof."""

    amount = amount(_l("Amount paid, in riyals"), _l("Write the amount."))
    on = DateField(_l("Paid on"), [needed(_l("Choose the day."))], default=clock.today, bounds=PAST)
    proof = FileField(_l("Proof of the payment"))


def pay_form(case: Case, member: Member) -> PayForm:
    """The agreed amount stands in its description."""
    form, agreed = PayForm(), offer_rules.find_agreed_offer(case)
    if agreed is not None and agreed.amount is not None and not form.is_submitted():
        form.amount.data = f"{agreed.amount:f}"
    return form


class OutForm(MoveForm):
    """To which court or authority it goes."""

    to = StringField(
        _l("Court or authority"), [needed(_l("Write the court or authority.")), Length(max=200)], filters=[stripped]
    )
    number = StringField(_l("Its number there"), [needed(_l("Write its number.")), Length(max=80)], filters=[stripped])
    on = DateField(_l("Referred on"), [needed(_l("Choose the day."))], default=clock.today, bounds=PAST)


class ResultForm(MoveForm):
    """What the court or authority decided."""

    words = long_text(_l("The result"), _l("Write the result."), _l("The beneficiary reads this too."))
    on = DateField(_l("Decided on"), [needed(_l("Choose the day."))], default=clock.today, bounds=PAST)


class EndForm(ReasonForm):
    """Why no agreement was reached; the beneficiary reads it."""

    reason = long_text(_l("Reasons"), _l("Write the reasons."), _l("The beneficiary reads them."))


class KeptForm(MoveForm):
    """How a promise was kept, with the proof."""

    remark = long_text(_l("How it was kept"), _l("Write how it was kept."))
    proof = FileField(_l("Proof"))


class SentBackForm(MoveForm):
    """Why a proof is not enough."""

    reason = long_text(_l("Why the proof is not enough"), _l("Write the reason."), _l("The beneficiary reads this."))


class ReaderForm(MoveForm):
    """To whom a confidential case is opened."""

    member = SelectField(_l("Open it to"), [needed(_l("Choose a member of staff."))])


def reader_form(case: Case, member: Member) -> ReaderForm:
    """The body that negotiates, and those who may bind the association; never one to whom it is barred."""
    form, away = ReaderForm(), notifications.barred(case)
    may = [*bodies.seated(negotiation_of(case).body), *holders.holders_of(Permission.BIND_ASSOCIATION)]
    named = {one.id: one.name for one in may if one.id not in away}
    form.member.choices = options((str(id_), name) for id_, name in named.items())
    return form


def upload(field: Any) -> StoredFile | None:
    """Keep the file of a field; None where none was chosen, Invalid at the field where it is refused."""
    sent = field.data
    if not getattr(sent, "filename", ""):
        return None
    try:
        return documents.keep(sent.stream, sent.filename, purpose="settlement")
    except Invalid as refused:
        raise Invalid({field.name: refused.message}) from None
