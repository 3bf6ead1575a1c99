"""What the association is called, how it looks and writes: names, colour, logo, digits, letterhead and contact."""

import re
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField, StringField, ValidationError
from wtforms.validators import Length, Optional
from wtforms.widgets import ColorInput, EmailInput, TelInput

from silah.desk.action_forms import needed, options, stripped
from silah.desk.routes import bp
from silah.documents import service as documents
from silah.errors import SilahError
from silah.shell import theme
from silah.shell.models import AssociationSetting
from silah.staff import changes
from silah.staff.forms import LANGUAGES, plausible
from silah.staff.platform_transactions import on_platform
from silah.web.access import Permission, requires
from tenants import registering
from tenants.context import current_tenant
from tenants.database import db

PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
REGISTERED = ("name_ar", "name_en", "locale")
"""What of them the platform's registry holds."""

PLAIN = ("accent", "digits", "licence_number", "letterhead_number", "phone", "email", "city_ar", "city_en")


def short(label: Any, description: Any = "", further: Any = (), **options: Any) -> StringField:
    """A line of text that may be left out."""
    checks = [Optional(), Length(max=120), *further]
    return StringField(label, checks, filters=[stripped], description=description, **options)


def name(label: Any, missing: Any) -> StringField:
    """One of the association's names."""
    return StringField(label, [needed(missing), Length(max=160)], filters=[stripped])


class SettingsForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """The association's own settings."""

    name_ar = name(_l("Name in Arabic"), _l("Write the name in Arabic."))
    name_en = name(_l("Name in English"), _l("Write the name in English."))
    locale = RadioField(
        _l("First language"),
        choices=LANGUAGES,
        description=_l("In which pages open and letters go out to whoever has chosen none."),
    )
    accent = StringField(
        _l("Colour"),
        description=_l("Text and buttons use the nearest tone that is easy to read, in light and in dark."),
        widget=ColorInput(),
        filters=[lambda text: (text or "").strip().lower()],
    )
    logo = FileField(_l("Logo"), [Optional()], description=_l("A picture: PNG, JPEG or WebP."))
    without_logo = BooleanField(_l("Show no logo"))
    digits = RadioField(
        _l("Digits in Arabic pages and letters"),
        choices=options([("western", "0123456789"), ("arabic", "٠١٢٣٤٥٦٧٨٩")]),
        description=_l("Both are accepted everywhere, whatever is shown."),
    )
    licence_number = short(_l("Licence number"))
    letterhead_number = short(_l("Letterhead number"))
    phone = short(_l("Telephone"), widget=TelInput())
    email = short(_l("E-mail"), widget=EmailInput(), further=[plausible])
    city_ar = short(_l("City in Arabic"))
    city_en = short(_l("City in English"))

    def validate_accent(self, field: StringField) -> None:
        """A colour is # and six hexadecimal digits."""
        if not re.fullmatch(r"#[0-9a-f]{6}", field.data or ""):
            raise ValidationError(_l("Write the colour as # and six digits, such as #0f6b5c."))


@bp.route("/admin/settings", methods=["GET", "POST"], endpoint="settings")
@requires(Permission.EDIT_SETTINGS)
def settings() -> str | tuple[str, int] | Response:
    """Look at the settings, see a colour before it is taken, and save."""
    row, tenant = current(), current_tenant()
    form = SettingsForm(obj=row, data={key: getattr(tenant, key) for key in REGISTERED})
    sent = form.validate_on_submit()
    if sent and request.form.get("deed") == "save" and _saved(form, row):
        flash(_("The settings are saved."), "good")
        return redirect(url_for("desk.settings"))
    page = render_template("admin/settings.html", form=form, setting=row, shown=tones(form.accent.data or row.accent))
    return page, 422 if form.errors else 200


def current() -> AssociationSetting:
    """The association's settings; made with the defaults where there are none."""
    row = db.session.get(AssociationSetting, 1)
    if row is None:
        row = AssociationSetting(only=1)
        db.session.add(row)
        db.session.flush()
    return row


def _saved(form: SettingsForm, row: AssociationSetting) -> bool:
    """Keep what was typed; False where the picture is not one, with the reason at its field."""
    upload = form.logo.data
    if upload and getattr(upload, "filename", ""):
        try:
            kept = documents.keep(upload.stream, upload.filename, purpose="logo")
        except SilahError as refused:
            form.logo.errors = [str(refused)]
            return False
        if kept.media_type not in PICTURES:
            form.logo.errors = [_("Choose a picture.")]
            return False
        row.logo_id = kept.id
    elif form.without_logo.data:
        row.logo_id = None
    for name in PLAIN:
        setattr(row, name, form[name].data or "")
    registered({key: form[key].data for key in REGISTERED})
    return True


def registered(said: dict[str, str]) -> None:
    """Have the registry hold these names and language, on record; the address, and what is printed already, stay.

    What was written here is committed first: the registry is written by a transaction, and a connection, of its own.
    """
    tenant = current_tenant()
    fields = [[key, getattr(tenant, key), value] for key, value in said.items() if getattr(tenant, key) != value]
    if fields:
        changes.note("settings", None, "renamed", fields=fields)
        db.session.commit()
        with on_platform():
            registering.rename(tenant, **said)


def tones(accent: str) -> list[dict[str, Any]]:
    """The colour as it would be shown on light and on dark pages, with its contrast by WCAG."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", accent):
        return []
    found = []
    for words, grounds, share in (
        (_("Light pages"), theme.LIGHT, theme.SOFT_IN_LIGHT),
        (_("Dark pages"), theme.DARK, theme.SOFT_IN_DARK),
    ):
        names = theme.palette(accent, grounds, share)
        ratio = theme.contrast(theme.parse(names["accent"]), theme.parse(names["on-accent"]))
        found.append(
            {
                "words": words,
                "ground": grounds[0],
                "accent": names["accent"],
                "on": names["on-accent"],
                "soft": names["accent-soft"],
                "ratio": f"{ratio:.1f}",
                "shifted": names["accent"] != accent.lower(),
            }
        )
    return found
