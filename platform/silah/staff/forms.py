"""The forms of sign-in and of staff administration."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from silah.language.email_addresses import Unmailable, read_address
from silah.language.text_cleaning import normalize_typed
from silah.organisation import branches, departments
from silah.organisation.models import Membership, Role
from silah.organisation.names import named, named_text
from silah.staff import authority, committee_roles, passwords, roles
from silah.staff.service import address
from silah.web.access import Member, Permission
from silah.web.fields import MultipleChoiceField
from tenants.phone_numbers import is_phone

SHORT = 200
ADDRESS = 254
LANGUAGES = [SelectChoice("ar", "العربية"), SelectChoice("en", "English")]


def stripped(text: str | None) -> str | None:
    """What was typed, without the blanks around it."""
    return text.strip() if isinstance(text, str) else text


def short_text(label: Any, missing: Any = None, description: Any = "") -> StringField:
    """A field of one line; needed where `missing` says what to write."""
    first = DataRequired(message=missing) if missing else Optional()
    longest = Length(max=SHORT, message=_l("Write at most %(max)d characters."))
    return StringField(label, [first, longest], filters=[stripped], description=description)


def plausible(form: Any, field: Any) -> None:
    """Refuse what cannot be mailed; whether somebody reads it, a letter will tell."""
    try:
        read_address(field.data or "", testing=True)
    except Unmailable as refused:
        if refused.foreign:
            raise ValidationError(
                _l("We cannot write to an address with such letters before the @. Enter another.")
            ) from None
        raise ValidationError(_l("Write an e-mail address like name@example.org.")) from None


def callable_number(form: Any, field: Any) -> None:
    """Refuse what nobody can call."""
    if not is_phone(field.data or ""):
        raise ValidationError(_l("Write a telephone number in digits."))


def email_field() -> StringField:
    """An e-mail address, taken in any case."""
    return StringField(
        _l("E-mail address"),
        [
            DataRequired(message=_l("Write the e-mail address.")),
            Length(max=ADDRESS),
            plausible,
        ],
        filters=[lambda text: address(text) if text else text],
        render_kw={"type": "email", "dir": "ltr", "autocomplete": "email"},
    )


class Checkboxes(MultipleChoiceField):
    """Any number of choices, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __iter__(self) -> Any:
        for option in super().__iter__():
            option.render_kw = {**(option.render_kw or {}), **option.choice.render_kw}
            yield option


class BareForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A confirmation: nothing but proof that it was sent from our page."""


class SignInForm(FlaskForm):  # type: ignore[misc]  # likewise
    """E-mail and password. What is typed is not judged here, so that every wrong answer sounds alike."""

    email = StringField(
        _l("E-mail address"),
        [InputRequired(message=_l("Write the e-mail address.")), Length(max=ADDRESS)],
        render_kw={"type": "email", "dir": "ltr", "autocomplete": "username", "inputmode": "email"},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(message=_l("Write the password."))],
        render_kw={"autocomplete": "current-password", "dir": "ltr"},
    )
    next = HiddenField()

    def refuse(self) -> None:
        """Say that it did not fit, and nothing more."""
        self.form_errors.append(
            _l("The e-mail address or the password is not right. After several tries, wait a few minutes.")
        )


class ForgottenForm(FlaskForm):  # type: ignore[misc]  # likewise
    """To which address a link for another password goes."""

    email = email_field()


class ConfirmPasswordForm(FlaskForm):  # type: ignore[misc]  # likewise
    """The password that one has already, to accept an invitation with it."""

    password = PasswordField(
        _l("Password"),
        [InputRequired(message=_l("Write the password."))],
        render_kw={"autocomplete": "current-password", "dir": "ltr"},
    )


class PasswordForm(FlaskForm):  # type: ignore[misc]  # likewise
    """A new password, typed twice; `known` is what it may not contain."""

    password = PasswordField(
        _l("New password"),
        [InputRequired(message=_l("Write a new password."))],
        description=_l("At least %(count)s characters. Several words together are good.", count=passwords.SHORTEST),
        render_kw={"autocomplete": "new-password", "dir": "ltr"},
    )
    again = PasswordField(
        _l("The same password again"),
        [
            InputRequired(message=_l("Write the password a second time.")),
            EqualTo("password", message=_l("The two passwords differ.")),
        ],
        render_kw={"autocomplete": "new-password", "dir": "ltr"},
    )

    def __init__(self, *known: str) -> None:
        super().__init__()
        self.known = known

    def validate_password(self, field: Any) -> None:
        """Refuse a password that would soon be guessed."""
        if said := passwords.weakness(field.data or "", *self.known):
            raise ValidationError(said)


class InviteForm(FlaskForm):  # type: ignore[misc]  # likewise
    """Whom to invite, and what the association says about them: roles, branch office, language of letters."""

    name = short_text(_l("Name"), _l("Write the name."), _l("As colleagues and letters will show it."))
    email = email_field()
    roles = Checkboxes(
        _l("Roles"),
        description=_l("Roles marked as sensitive need a second administrator to confirm, where there is one."),
    )
    branch = SelectField(_l("Branch office"), [Optional()])
    locale = RadioField(_l("Language of letters"), choices=LANGUAGES, default="ar")

    def __init__(self, *args: Any, by: Member, member: Membership | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = set(member.roles) if member else set()
        oneself = member is not None and member.id == by.id
        self.kept = {str(role.id) for role in held if not authority.can_give(role, by)}
        self.roles.choices = [
            _role_choice(role, locked=role not in held if oneself else not authority.can_give(role, by))
            for role in roles.choices()
        ]
        offices = [SelectChoice(str(office.id), named(office)) for office in branches.choices()]
        self.branch.choices = [SelectChoice("", _l("No particular office")), *offices]

    def validate_roles(self, field: Any) -> None:
        """Ask for one role at least, counting those that the reader cannot take away."""
        if not field.data and not self.kept:
            raise ValidationError(_l("Choose at least one role."))


def _role_choice(role: Role, *, locked: bool) -> SelectChoice:
    """A role to tick, marked where it is sensitive; one that the reader may not give cannot be ticked."""
    label: Any = named(role)
    if authority.sensitive(role.permissions):
        label = _l("%(role)s (sensitive)", role=label)
    return SelectChoice(str(role.id), label, render_kw={"disabled": True} if locked else {})


ENGAGEMENTS = [
    SelectChoice("staff", _l("Employed by the association")),
    SelectChoice("contracted", _l("Under contract")),
    SelectChoice("volunteers", _l("As a volunteer")),
]


class MemberForm(InviteForm):
    """More about somebody who is a member; the address belongs to the account, and stays."""

    email = None
    department = SelectField(_l("Department"), [Optional()])
    engagement = RadioField(_l("Works here"), choices=ENGAGEMENTS, default="staff")
    exempt = BooleanField(
        _l("Has a policy of their own"), description=_l("Then the association's policy is not theirs to acknowledge.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [SelectChoice(str(one.id), named(one)) for one in departments.choices()]
        self.department.choices = [SelectChoice("", _l("No particular department")), *offered]


class RoleForm(FlaskForm):  # type: ignore[misc]  # likewise
    """A role's two names and what it may do."""

    name_ar = short_text(_l("Name in Arabic"), _l("Write the name in Arabic."))
    name_en = short_text(_l("Name in English"), _l("Write the name in English."))
    seat = SelectField(
        _l("Seat on a committee"),
        [Optional()],
        description=_l("A role for a committee of the policy is made for its seat; that stays, whatever it is called."),
    )
    permissions = Checkboxes(_l("What members with this role may do"))
    totp_required = BooleanField(
        _l("Signing in takes a code from the telephone"),
        description=_l("Whoever has none set up yet does so on signing in, before anything else."),
    )

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = by.may(Permission.GRANT_ROLES)
        self.permissions.choices = [
            SelectChoice(p.value, roles.words(p), render_kw={} if every or by.may(p) else {"disabled": True})
            for _, group in roles.GROUPS
            for p in group
        ]
        free = committee_roles.seats() if every and kwargs.get("obj") is None else {}
        self.seat.choices = [
            SelectChoice("", _l("No committee")),
            *(SelectChoice(k, named_text(v)) for k, v in free.items()),
        ]
        if not free:
            del self.seat


class BranchForm(FlaskForm):  # type: ignore[misc]  # likewise
    """What is told about a branch office."""

    name_ar = short_text(_l("Name in Arabic"), _l("Write the name in Arabic."))
    name_en = short_text(_l("Name in English"), _l("Write the name in English."))
    hours_ar = short_text(_l("Opening hours in Arabic"), description=_l("For example: Sunday to Thursday, 8 to 3."))
    hours_en = short_text(_l("Opening hours in English"))
    address_ar = short_text(_l("Address in Arabic"))
    address_en = short_text(_l("Address in English"))
    phone = StringField(
        _l("Telephone"),
        [Optional(), Length(max=40), callable_number],
        filters=[lambda text: normalize_typed(text) if text else ""],
        render_kw={"type": "tel", "dir": "ltr", "inputmode": "tel"},
    )
