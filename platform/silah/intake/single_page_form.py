"""A whole form on one page, as staff fill it in: every step and every document at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from silah import clock
from silah.intake.definition import PROOF_DOCUMENT, Definition, Document
from silah.intake.form_assembly import chosen_condition
from silah.intake.forms import DocumentForm, StepForm, document_form, step_form
from silah.language.localization import locale


@dataclass
class Paper:
    """One document of the form, and what has come for it already."""

    document: Document
    form: DocumentForm
    current: str = ""

    @property
    def condition(self) -> str | None:
        """When the page shows it, as ``field=value``; None for always."""
        if self.document is PROOF_DOCUMENT:
            return "relation=guardian|agent"
        condition = self.document.shown_when
        return chosen_condition({"shown_when": condition.model_dump()}) if condition else None

    @property
    def chosen(self) -> bool:
        """Whether a file was sent for it."""
        return bool(self.form.file.data and getattr(self.form.file.data, "filename", ""))

    def validate(self) -> bool:
        """Only what was chosen is looked at; a document whose validity has passed is not taken."""
        if not self.chosen:
            return True
        fine = self.form.validate()
        if fine and self.form.until and self.form.until < clock.today():
            self.form.valid_until.errors = [_("This document is no longer valid. Send one that is.")]
            return False
        return bool(fine)


@dataclass
class Whole:
    """The steps and documents of a definition as forms; nothing is required that may be owed."""

    definition: Definition
    steps: list[StepForm] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)

    def validate(self) -> bool:
        """Whether everything that was filled in can be taken; each form keeps its own errors."""
        return all([form.validate() for form in self.steps] + [paper.validate() for paper in self.papers])

    @property
    def errors(self) -> bool:
        """Whether any form was refused."""
        return any(form.errors for form in self.steps) or any(paper.form.errors for paper in self.papers)

    def answers(self) -> dict[str, Any]:
        """What was answered, over all steps."""
        return {key: value for form in self.steps for key, value in form.answers().items()}


def whole(definition: Definition, answers: Mapping[str, Any], current: Mapping[str, str], *, proof: bool) -> Whole:
    """The forms of a definition, filled with what is kept; ``current`` names the files that came already.

    Every document is there, the proof of authority if ``proof``: which of them are asked for hangs on answers that
    are sent with them.
    """
    made = Whole(definition)
    made.steps = [step_form(definition, step.key, locale(), answers, strict=False) for step in definition.steps]
    made.papers = [
        Paper(one, document_form(one, locale(), prefix=one.key), current.get(one.key, ""))
        for one in ((PROOF_DOCUMENT, *definition.documents) if proof else definition.documents)
    ]
    return made
