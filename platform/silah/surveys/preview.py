"""A questionnaire as its readers will meet it, whole, in one language: for whoever writes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from silah.surveys.definition import Definition, Question, Section, piped
from tenants.texts import Text


@dataclass
class Preview:
    """What the macros of questions need of a page, without anything typed."""

    definition: Definition
    tongue: str
    given: Mapping[str, Any] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)

    @property
    def direction(self) -> str:
        """The direction of the language."""
        return "rtl" if self.tongue == "ar" else "ltr"

    def questions(self, section: Section) -> list[Question]:
        """The questions of a page, under keys that the other language's do not share."""
        return [one.model_copy(update={"key": f"{self.tongue}_{one.key}"}) for one in section.questions]

    def words(self, text: Text) -> str:
        """A text in the language of the preview, or a dash where it is not written yet."""
        return piped(getattr(text, self.tongue), _("our service")) or "—"


def drawn(definition: Definition, tongue: str) -> Markup:
    """The pages of a questionnaire in one language."""
    with force_locale(tongue):
        body = render_template("surveys/admin/preview_body.html", page=Preview(definition, tongue))
        return Markup(body)  # noqa: S704  # a template drew it, which escapes what was typed
