"""WTForms classes built from a ``Definition``: one form a step, one for the person, one for a document.

What is typed is read by ``values``; what a condition hides is neither required nor kept. ``answers()`` gives JSON.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import Field as FormField
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.widgets import TelInput

from silah.forms import parsers
from silah.forms.shared_fields import INPUTS, CheckboxesField, Optional, Required
from silah.intake import answer_values
from silah.intake.conditions import holds, pruned
from silah.intake.definition import Definition, Document, Field, Step
from silah.intake.form_values import typed

FEW = 7
"""Up to so many choices are shown as radio buttons, more as a list."""

YES_NO = [SelectChoice("yes", answer_values.YES), SelectChoice("no", answer_values.NO)]


class StepForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """The fields of one step; ``earlier`` are the answers kept so far, on which conditions may hang."""

    definition: Definition
    step: Step
    strict: bool = True
    earlier: Mapping[str, Any]

    def validate(self, extra_validators: Any = None) -> bool:
        """Read what was typed; without ``strict`` an empty required field is left to be owed."""
        fine = bool(super().validate(extra_validators))
        self._answers: dict[str, Any] = {}
        for field in self.step.fields:
            if holds(field.shown_when, {**self._before, **self._answers}):
                fine = self._read(field) and fine
        return fine

    def answers(self) -> dict[str, Any]:
        """What to keep of this step: JSON values of the fields that are shown, None where nothing was answered."""
        return dict(self._answers)

    def is_shown(self, key: str) -> bool:
        """Whether a field is shown for the answers as they stand, for a page without a script."""
        field = self.definition.field(key)
        here = {f.key: self._quietly(f) for f in self.step.fields}
        return field is not None and holds(field.shown_when, {**self._before, **here})

    def condition(self, key: str) -> str | None:
        """The condition of a field as ``other=value``, for the page's script; None where it is always shown."""
        field = self.definition.field(key)
        condition = field.shown_when if field else None
        if condition is None or self.step.key not in {s.key for s in self._steps_of(condition.field)}:
            return None
        return f"{condition.field}={'|'.join(_plain(value) for value in condition.values)}"

    @property
    def questions(self) -> Iterator[tuple[Field, FormField]]:
        """Each field of the definition with its form field, those hidden by an earlier step left out."""
        for field in self.step.fields:
            if self.condition(field.key) is not None or self.is_shown(field.key):
                yield field, self[field.key]

    @property
    def _before(self) -> dict[str, Any]:
        mine = {field.key for field in self.step.fields}
        return {key: value for key, value in pruned(self.definition, self.earlier).items() if key not in mine}

    def _steps_of(self, key: str) -> list[Step]:
        return [step for step in self.definition.steps if any(field.key == key for field in step.fields)]

    def _read(self, field: Field) -> bool:
        bound = self[field.key]
        try:
            value = answer_values.read(field, bound.data)
        except parsers.BadAnswer as error:
            bound.errors = [str(error)]
            return False
        if value is None and field.required and self.strict:
            ticked = field.kind in ("choice", "choices", "yes_no")
            bound.errors = [_("Choose one of these.") if ticked else _("This is needed: write it here.")]
            return False
        self._answers[field.key] = value
        return True

    def _quietly(self, field: Field) -> Any:
        try:
            return answer_values.read(field, self[field.key].data)
        except parsers.BadAnswer:
            return None


def step_form(
    definition: Definition,
    step_key: str,
    locale: str,
    data: Mapping[str, Any] | None = None,
    *,
    strict: bool = True,
    **options: Any,
) -> StepForm:
    """The form of one step, filled with the answers kept so far (``data``, of all steps) or with what was sent.

    Raises KeyError for a step that there is not. ``options`` go to WTForms (``formdata`` among them).
    """
    step = definition.step(step_key)
    if step is None:
        raise KeyError(step_key)
    kept = dict(data or {})
    members: dict[str, Any] = {field.key: form_field(field, locale) for field in step.fields}
    made = type("MadeStepForm", (StepForm,), members)
    shown = {field.key: typed(field, kept.get(field.key)) for field in step.fields}
    form: StepForm = made(data=shown, **options)
    form.definition, form.step, form.earlier, form.strict = definition, step, kept, strict
    return form


def form_field(field: Field, locale: str) -> Any:
    """The unbound form field of one question, in a language."""
    label, hint = field.label.for_locale(locale), field.hint.for_locale(locale)
    common: dict[str, Any] = {"label": label, "description": hint, "render_kw": INPUTS.get(field.kind)}
    choices = [SelectChoice(choice.value, choice.label.for_locale(locale)) for choice in field.choices]
    if field.kind == "yes_no":
        made: Any = RadioField(**common, choices=YES_NO, validate_choice=False)
    elif field.kind == "choice" and len(choices) <= FEW:
        made = RadioField(**common, choices=choices, validate_choice=False)
    elif field.kind == "choice":
        made = SelectField(**common, choices=[SelectChoice("", _("Choose")), *choices], validate_choice=False)
    elif field.kind == "choices":
        made = CheckboxesField(**common, choices=choices, validate_choice=False)
    elif field.kind == "long_text":
        made = TextAreaField(**common)
    elif field.kind == "mobile":
        made = StringField(**common, widget=TelInput())
    else:
        made = StringField(**common)
    made.kwargs["validators"] = [Required() if field.required else Optional()]
    return made


class DocumentForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """One file, and until when it is valid where that is asked."""

    file = FileField(_l("File"))
    valid_until = StringField(_l("Valid until"), render_kw=INPUTS["date"])
    document: Document

    def validate(self, extra_validators: Any = None) -> bool:
        """A file must have come, and a date that can be read."""
        fine = bool(super().validate(extra_validators))
        self.until: Any = None
        if not self.file.data:
            self.file.errors = [_("Choose a file.")]
            fine = False
        text = (self.valid_until.data or "").strip()
        try:
            self.until = parsers.day(text) if text else None
        except parsers.BadAnswer as error:
            self.valid_until.errors = [str(error)]
            return False
        if self.document.dated and self.until is None:
            self.valid_until.errors = [_("Enter the date until which it is valid.")]
            return False
        return fine


def document_form(document: Document, locale: str, **options: Any) -> DocumentForm:
    """The form by which one document comes."""
    form = DocumentForm(**options)
    form.document = document
    form.file.label.text = document.label.for_locale(locale)
    form.file.description = document.hint.for_locale(locale)
    return form


def _plain(value: Any) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
