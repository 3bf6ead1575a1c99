"""The forms of what is done to a request at the desk, with the choices that each case gives."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from silah import clock
from silah.cases.models import Case
from silah.cases.states import State
from silah.desk.action_forms import LONGEST_TEXT, Checkboxes, MoveForm, long_text, needed, options, stripped
from silah.intake import attestations, delivery, outcomes, requests, study
from silah.intake.conditions import shown_documents, shown_fields
from silah.intake.definition import PERSON_STEP
from silah.language.localization import locale
from silah.web.access import Member
from silah.web.fields import DateField


class AskForm(MoveForm):
    """What the applicant is asked for, and a remark in plain words."""

    items = Checkboxes(_l("What is needed"), [needed(_l("Choose at least one thing that is needed."))])
    remark = long_text(_l("Remark for the applicant"), description=_l("Say plainly what is wrong or missing."))


class OutcomeForm(MoveForm):
    """An outcome with its reasons: a recommendation or a decision."""

    outcome = RadioField(_l("Outcome"), [needed(_l("Choose the outcome."))])
    reasons = long_text(_l("Reasons"), _l("Write the reasons."))


class ReleaseForm(MoveForm):
    """The release of the reply; before a floor's earliest date only with a reason."""

    early_reason = TextAreaField(
        _l("Why the reply goes out before its earliest date"),
        [Length(max=LONGEST_TEXT, message=_l("Write at most %(max)d characters."))],
        filters=[stripped],
        description=_l("It is kept on record."),
    )


class DeliverForm(MoveForm):
    """What was handed over, and on which day."""

    what = long_text(_l("What was delivered"), _l("Write what was delivered."))
    on = DateField(_l("On"), [needed(_l("Choose the day of delivery."))], default=clock.today)

    def validate_on(self, field: DateField) -> None:
        """Delivery is recorded once it has happened."""
        if field.data and field.data > clock.today():
            raise ValidationError(_l("This day has not come yet."))


class ConfirmForm(MoveForm):
    """How the recipient confirmed."""

    how = RadioField(
        _l("How the recipient confirmed"),
        [needed(_l("Choose how the recipient confirmed."))],
        choices=options(
            [
                ("in_person", _l("In person, at the office")),
                ("signed", _l("By signing a paper")),
                ("phone", _l("By telephone")),
            ]
        ),
    )


class AttestForm(MoveForm):
    """The applicant's signature, drawn at the desk or on a scanned paper."""

    method = RadioField(
        _l("How it is signed"),
        [needed(_l("Choose how it is signed."))],
        choices=options(
            [("drawn", _l("Drawn here, on the screen")), ("paper", _l("On paper, scanned or photographed"))]
        ),
        default="drawn",
    )
    signed_by = StringField(
        _l("Name of the signer"),
        [needed(_l("Write the name of the signer.")), Length(max=200)],
        filters=[stripped],
    )
    signature = HiddenField(_l("Signature"))
    paper = FileField(_l("The signed paper"))

    def validate_signature(self, field: HiddenField) -> None:
        """A drawn signature is sent as a PNG data address."""
        if self.method.data == "drawn" and not (field.data or "").startswith("data:image/png;base64,"):
            raise ValidationError(_l("Draw the signature, or choose the signed paper."))

    def validate_paper(self, field: FileField) -> None:
        """A signed paper is sent as a file."""
        if self.method.data == "paper" and not (field.data and field.data.filename):
            raise ValidationError(_l("Choose the file of the signed paper."))


def ask_form(case: Case, member: Member) -> AskForm:
    """Everything that the case's form asks for, what is lacking already chosen."""
    definition, answers = requests.definition(case), requests.answers(case)
    lacking = {f"{one.kind}:{one.key}": one for one in requests.lacking(case)}
    parts: list[tuple[str, Any]] = [
        (f"document:{one.key}", one.label) for one in shown_documents(definition, answers["fields"], case.relation)
    ]
    parts += [(value, one.label) for value, one in lacking.items() if definition.step_of(one.key) is PERSON_STEP]
    parts += [(f"field:{one.key}", one.label) for one in shown_fields(definition, answers["fields"])]
    form = AskForm(items=list(lacking))
    form.items.choices = options((value, _words(label, lacking.get(value))) for value, label in parts)
    return form


def _words(label: Any, lack: Any) -> str:
    words = str(label.for_locale(locale()))
    return f"{words} — {lack.reason}" if lack else words


def chosen_items(form: AskForm) -> list[tuple[str, str]]:
    """What was chosen, as (kind, key)."""
    return [tuple(item.split(":", 1)) for item in form.items.data or ()]


def outcome_form(case: Case, member: Member) -> OutcomeForm:
    """The outcomes as the policy of the case words them."""
    form = OutcomeForm()
    form.outcome.choices = options(outcomes.choices(case.policy_version.policy))
    return form


def decision_form(case: Case, member: Member) -> OutcomeForm:
    """The outcomes, each with what the applicant will read; which was recommended is said."""
    form, policy = OutcomeForm(), case.policy_version.policy
    advised = study.latest_recommendation(case)
    form.outcome.choices = options(
        (key, _choice(words, outcomes.words(policy, key), advised is not None and advised.outcome == key))
        for key, words in outcomes.choices(policy)
    )
    return form


def _choice(words: Any, told: str, advised: bool) -> str:
    if advised:
        return str(_("%(outcome)s, as recommended: the applicant reads “%(words)s”", outcome=words, words=told))
    return str(_("%(outcome)s: the applicant reads “%(words)s”", outcome=words, words=told))


def lacks_attestation(case: Case, member: Member) -> bool:
    """The policy has the applicant sign, and nobody has signed the data as they are."""
    return attestations.is_owed(case)


def attest_form(case: Case, member: Member) -> AttestForm:
    """The signature of whoever the policy has sign."""
    return AttestForm(signed_by=attestations.signer(case))


def awaits_confirmation(case: Case, member: Member) -> bool:
    """Something was delivered and the recipient has not confirmed it."""
    if case.state not in (State.DELIVERED, State.CLOSED):
        return False
    made = delivery.of(case)
    return made is not None and made.confirmed_at is None
