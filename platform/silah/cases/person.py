"""Who applies, for whom, and by what means the reply is to come: the first page of every request."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectField, StringField
from wtforms.widgets import EmailInput, TelInput

from silah.forms import parsers
from silah.forms.shared_fields import INPUTS, Optional, Required
from silah.forms.texts import clean
from silah.language.bilingual import localized
from silah.language.text_cleaning import normalize_typed
from silah.organisation.models import BranchOffice
from tenants.policy import Policy
from tenants.policy_parts import Channel

RELATIONS: dict[str, Any] = {
    "self": _l("For myself"),
    "guardian": _l("As a guardian"),
    "agent": _l("As an agent"),
}
ESTABLISHED: dict[str, Any] = {
    "original": _l("I saw the original"),
    "spoke": _l("I spoke to the person"),
    "none": _l("Not established"),
}
HOW_WORDS: dict[str, Any] = {
    **ESTABLISHED,
    "code": _l("By a code to a contact that was confirmed before"),
    "recorded": _l("Recorded by staff"),
}
"""How it was confirmed whose file a case is."""
PAPERS: dict[str, Any] = {
    "national_id": _l("National ID card"),
    "iqama": _l("Residence permit (iqama)"),
    "family_record": _l("Family record"),
    "passport": _l("Passport"),
    "digital": _l("Digital identity in a government application"),
}
LANGUAGES = [("ar", "العربية"), ("en", "English")]
NUMBERED = {"national_id", "beneficiary_national_id"}
BY_MOBILE = {"sms", "phone", "whatsapp"}


def _choices(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


class PersonForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """The applicant, the beneficiary where that is somebody else, and the means of the reply."""

    relation = RadioField(_l("For whom do you apply?"), choices=_choices(RELATIONS.items()), default="self")
    name = StringField(_l("Your full name"), [Required()], render_kw={"autocomplete": "name"})
    national_id = StringField(_l("Your national ID or iqama number"), [Required()], render_kw=INPUTS["national_id"])
    member_number = StringField(
        _l("General Assembly membership number"),
        [Optional()],
        description=_l("If you are a member of the General Assembly."),
        render_kw={"dir": "ltr"},
    )
    mobile = StringField(
        _l("Mobile"), [Required()], widget=TelInput(), description=_l("Ten digits that begin with 05.")
    )
    email = StringField(_l("E-mail"), [Optional()], widget=EmailInput())
    beneficiary_name = StringField(_l("Full name of the beneficiary"), render_kw={"autocomplete": "off"})
    beneficiary_national_id = StringField(
        _l("The beneficiary's national ID or iqama number"), render_kw=INPUTS["national_id"]
    )
    beneficiary_mobile = StringField(_l("The beneficiary's mobile"), [Optional()], widget=TelInput())
    identity = RadioField(
        _l("How was the identity established?"),
        [Optional()],
        choices=_choices(ESTABLISHED.items()),
        default="none",
        description=_l(
            "For everyone named here. Letters, faxes and e-mails do not establish an identity: the case then joins "
            "no file until someone confirms whose it is."
        ),
    )
    identity_paper = SelectField(
        _l("Which document"), [Optional()], choices=_choices([("", _l("Choose")), *PAPERS.items()]), default=""
    )
    reply_channel = RadioField(_l("By what means would you like the reply?"), [Required()])
    reply_address = StringField(_l("Address or number for the reply"), [Optional()])
    locale = RadioField(_l("Language of our messages and letters"), choices=_choices(LANGUAGES), default="ar")
    branch = SelectField(_l("Branch office"), [Optional()])

    policy: Policy
    strict: bool = True

    def validate(self, extra_validators: Any = None) -> bool:
        """Read what was typed. Without ``strict`` (staff recording a call) only a name and the means are required."""
        fine = bool(super().validate(extra_validators))
        self._answers: dict[str, Any] = {"relation": self.relation.data or "self", "locale": self.locale.data or "ar"}
        for key in self._asked():
            fine = self._read(key) and fine
        return fine and self._can_be_reached()

    def answers(self) -> dict[str, Any]:
        """What to keep, as JSON."""
        return dict(self._answers)

    def _asked(self) -> list[str]:
        mine = ["name", "national_id", "mobile", "email", "reply_channel", "reply_address"]
        mine += [key for key in ("member_number", "branch", "identity", "identity_paper") if key in self]
        theirs = ["beneficiary_name", "beneficiary_national_id", "beneficiary_mobile"]
        return mine + (theirs if self.relation.data in ("guardian", "agent") else [])

    def _read(self, key: str) -> bool:
        bound, needed = self[key], self._needed(key)
        text = clean(bound.data)
        try:
            self._answers[key] = READERS.get(key, str)(text) if text else None
        except parsers.BadAnswer as error:
            bound.errors = [str(error)]
            return False
        if needed and not text:
            chosen = key == "reply_channel"
            bound.errors = [_("Choose one of these.") if chosen else _("This is needed: write it here.")]
        return not (needed and not text)

    def _needed(self, key: str) -> bool:
        always = {"name", "reply_channel", "beneficiary_name"}
        return key in always or (self.strict and key in NUMBERED | {"mobile"})

    def _can_be_reached(self) -> bool:
        """The means agreed need the address that they go to."""
        channel = self.policy.channel(self._answers.get("reply_channel") or "")
        if channel is None:
            return False
        needs = needed_for(channel)
        if needs is None or self._answers.get(needs):
            return True
        self[needs].errors = [_("This is needed for the means of reply that you chose.")]
        return False


READERS: dict[str, Any] = {
    "national_id": parsers.national_id,
    "beneficiary_national_id": parsers.national_id,
    "mobile": parsers.mobile,
    "beneficiary_mobile": parsers.mobile,
    "email": parsers.email,
    "member_number": lambda text: normalize_typed(text)[:40],
    "name": lambda text: " ".join(text.split())[:200],
    "beneficiary_name": lambda text: " ".join(text.split())[:200],
    "reply_address": lambda text: text[:300],
}


def person_form(
    policy: Policy,
    locale: str = "ar",
    data: Mapping[str, Any] | None = None,
    *,
    branches: Sequence[BranchOffice] = (),
    strict: bool = True,
    at_desk: bool = False,
    **options: Any,
) -> PersonForm:
    """The form of the person, with what the policy and the association call for; ``data`` is what was kept.

    ``at_desk``: staff write it, and say how they established who it is.
    """
    kept = {"locale": locale, **{key: value for key, value in (data or {}).items() if value is not None}}
    form = PersonForm(data=kept, **options)
    form.policy, form.strict = policy, strict
    form.reply_channel.choices = [SelectChoice(c.key, c.name.for_locale(locale)) for c in policy.outbound_channels]
    if not strict:
        for key in ("national_id", "mobile"):
            form[key].flags.required, form[key].flags.optional = False, True
    if not at_desk:
        del form.identity, form.identity_paper
    if not policy.audience.members_and_services:
        del form.member_number
    if len(branches) > 1:
        named = [SelectChoice(str(b.id), localized(b, "name", locale)) for b in branches]
        form.branch.choices = [SelectChoice("", _("Choose")), *named]
    else:
        del form.branch
    return form


def needed_for(channel: Channel) -> str | None:
    """Which of the person's answers a reply by this channel is sent to; None where a visit needs none."""
    if channel.sends == "email":
        return "email"
    if channel.sends == "sms" or channel.kind in BY_MOBILE:
        return "mobile"
    return "reply_address" if channel.kind in ("letter", "letters", "fax", "correspondence", "social_media") else None


def reply_address(policy: Policy, person: Mapping[str, Any]) -> str | None:
    """Where the reply goes by the agreed means."""
    channel = policy.channel(person.get("reply_channel") or "")
    needs = needed_for(channel) if channel else None
    return person.get(needs) if needs else None


def branch_id(person: Mapping[str, Any]) -> UUID | None:
    """The branch office chosen, if one was."""
    return UUID(person["branch"]) if person.get("branch") else None
