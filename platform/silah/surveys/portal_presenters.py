"""What a reader of a questionnaire sees: one page of it and the way on; for whoever writes it, whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from silah.language.localization import direction as direction_of
from silah.language.localization import locale
from silah.surveys.answers import Typed, read, typed
from silah.surveys.definition import Definition, Question, Section, asked, piped
from silah.surveys.responses import Asked, service_of
from tenants.texts import Text


@dataclass
class Page:
    """One page on the way: ``given`` is what was typed on all pages, ``wrong`` what is to be mended on this one."""

    definition: Definition
    section: Section
    questions: Sequence[Question]
    number: int
    pages: int
    given: Mapping[str, Any]
    service: str
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def first(self) -> bool:
        """Whether nothing comes before it."""
        return self.number == 1

    @property
    def last(self) -> bool:
        """Whether the answers are sent from here."""
        return self.number == self.pages

    def words(self, text: Text) -> str:
        """A text in the reader's language, with the service's name in its place."""
        return piped(text.for_locale(locale()), self.service)

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What was typed on other pages, to be sent along."""
        here = {question.key for question in self.questions}
        pairs: list[tuple[str, str]] = []
        for key, value in self.given.items():
            if key not in here:
                pairs += _pairs(key, value)
        return pairs


def first(asks: Definition, reader: Asked) -> Page:
    """The page that a link opens."""
    return _page(asks, {}, 0, service(reader))


def walked(asks: Definition, reader: Asked, form: Typed) -> tuple[Page | None, dict[str, Any]]:
    """Where the reader comes to from the page that was sent: another page, or None and their answers, which are whole.

    Going on is refused while something on the page is wrong; going back is not, nor staying, in the other language.
    """
    given = typed(asks, form)
    answers, wrong = read(asks, given)
    pages, here = asked(asks, answers), form.get("page") or ""
    place = next((n for n, (section, _here) in enumerate(pages) if section.key == here), 0)
    if form.get("go") in ("back", "stay"):
        return _page(asks, given, max(place - (form.get("go") == "back"), 0), service(reader)), {}
    faults = _on(pages[place][1], wrong)
    if faults:
        page = _page(asks, given, place, service(reader))
        page.wrong = faults
        return page, {}
    if form.get("go") != "send" or place + 1 < len(pages):
        return _page(asks, given, min(place + 1, len(pages) - 1), service(reader)), {}
    for n, (_section, questions) in enumerate(pages):
        if faults := _on(questions, wrong):
            page = _page(asks, given, n, service(reader))
            page.wrong = faults
            return page, {}
    return None, answers


def at(asks: Definition, reader: Asked, form: Typed, key: str) -> Page:
    """A page by its key, with what was typed."""
    given = typed(asks, form)
    pages = asked(asks, read(asks, given)[0])
    place = next((n for n, (section, _here) in enumerate(pages) if section.key == key), 0)
    return _page(asks, given, place, service(reader))


def service(reader: Asked) -> str:
    """What the questions call the service."""
    return service_of(reader, locale(), _("our service"))


def _on(questions: Sequence[Question], wrong: Mapping[str, str]) -> dict[str, str]:
    return {question.key: wrong[question.key] for question in questions if question.key in wrong}


def _page(asks: Definition, given: Mapping[str, Any], place: int, name: str) -> Page:
    answers, _wrong = read(asks, given)
    pages = asked(asks, answers)
    section, questions = pages[place]
    return Page(asks, section, questions, place + 1, len(pages), given, name)


def _pairs(key: str, value: Any) -> list[tuple[str, str]]:
    if isinstance(value, Mapping):
        return [(f"{key}.{line}", typed_) for line, typed_ in value.items() if typed_]
    if isinstance(value, list):
        return [(key, one) for one in value]
    return [(key, value)] if value else []


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
        return direction_of(self.tongue)

    def questions(self, section: Section) -> list[Question]:
        """The questions of a page, under keys that the other language's do not share."""
        return [one.model_copy(update={"key": f"{self.tongue}_{one.key}"}) for one in section.questions]

    def words(self, text: Text) -> str:
        """A text in the language of the preview, or a dash where it is not written yet."""
        return piped(getattr(text, self.tongue), _("our service")) or "—"


def render_preview(definition: Definition, tongue: str) -> Markup:
    """The pages of a questionnaire in one language."""
    with force_locale(tongue):
        body = render_template("surveys/admin/preview_body.html", page=Preview(definition, tongue))
        return Markup(body)  # noqa: S704  # a template drew it, which escapes what was typed
