"""The forms of one's own account, and of the second step of signing in."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from silah.staff.forms import LANGUAGES, PasswordForm, short_text


def present_password() -> PasswordField:
    """The password that one has, asked for again."""
    return PasswordField(
        _l("Your present password"),
        [InputRequired(message=_l("Write the password."))],
        render_kw={"autocomplete": "current-password", "dir": "ltr"},
    )


class CodeForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A code of the telephone or of the paper, in any digits."""

    code = StringField(
        _l("Code"),
        [InputRequired(message=_l("Write the code.")), Length(max=40)],
        render_kw={"autocomplete": "one-time-code", "dir": "ltr", "inputmode": "text"},
    )

    def refuse(self) -> None:
        """Say that it did not fit, and nothing more."""
        self.code.errors = [
            _l("The code is not right, was used before, or is too old. After several tries, wait a few minutes.")
        ]


class OwnForm(FlaskForm):  # type: ignore[misc]  # likewise
    """What a person says about themselves."""

    name = short_text(_l("Name"), _l("Write the name."), _l("As colleagues and letters will show it."))
    locale = RadioField(_l("Language of letters"), choices=LANGUAGES, default="ar")


class OwnPasswordForm(PasswordForm):
    """Another password, with the present one."""

    present = present_password()

    def refuse(self) -> None:
        """The present password did not fit."""
        self.present.errors = [_l("The password is not right. After several tries, wait a few minutes.")]


class SureForm(FlaskForm):  # type: ignore[misc]  # likewise
    """The present password, to show that it is oneself."""

    present = present_password()

    def refuse(self) -> None:
        """The present password did not fit."""
        self.present.errors = [_l("The password is not right. After several tries, wait a few minutes.")]


def named(form: Any) -> tuple[str, str]:
    """What an `OwnForm` says."""
    return form.name.data, form.locale.data
