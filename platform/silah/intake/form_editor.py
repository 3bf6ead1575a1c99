"""What the page that edits a form offers: the kinds of question, and the form as an applicant would see it."""

from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from silah.intake.definition import Definition
from silah.intake.form_assembly import definition
from silah.intake.form_draft import Draft
from silah.intake.forms import step_form
from silah.language.localization import direction

KINDS: dict[str, Any] = {
    "text": _l("Short text"),
    "long_text": _l("Long text"),
    "number": _l("A number"),
    "money": _l("Amount in riyals"),
    "date": _l("Date, Hijri or Gregorian"),
    "choice": _l("One of several choices"),
    "choices": _l("Several of many choices"),
    "yes_no": _l("Yes or no"),
    "national_id": _l("National ID or iqama"),
    "mobile": _l("Saudi mobile"),
    "iban": _l("IBAN"),
    "email": _l("E-mail"),
}


def preview(draft: Draft) -> list[dict[str, Any]]:
    """The form in both languages: title, criteria, steps with their questions, and documents."""
    made = definition(draft)
    return [_in(language, made) for language in ("ar", "en")]


def _in(language: str, made: Definition) -> dict[str, Any]:
    """The form in one language, words and all: what is lazy is said while that language holds."""
    with force_locale(language):
        forms = [(step, step_form(made, step.key, language, formdata=None, prefix=language)) for step in made.steps]
        for _step, form in forms:
            for field in form:
                if getattr(field, "choices", None):
                    field.choices = [SelectChoice(one.value, str(one.label)) for one in field.choices]
    return {
        "language": language,
        "direction": direction(language),
        "definition": made,
        "steps": [(step, [form[field.key] for field in step.fields]) for step, form in forms],
    }
