"""What a questionnaire asks: sections of questions in both languages, as typed data. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args

from pydantic import Field

from tenants.policy_parts import Key
from tenants.texts import Part, Text

Kind = Literal[
    "rating", "scale", "one", "many", "matrix", "ranking", "number", "date", "short", "long", "file", "statement"
]
Measure = Literal["", "csat", "nps", "ces"]
Wrong = tuple[str, Text]

KINDS: tuple[str, ...] = get_args(Kind)
CHOSEN = ("one", "many", "ranking")
POINTS = {"rating": range(1, 6), "scale": range(11)}
SERVICE = ("{service}", "{الخدمة}")
"""What stands in a text for the name of the service that the reader was given."""


class Option(Part):
    """One thing that can be chosen, or one line of a matrix."""

    key: Key
    label: Text


class When(Part):
    """Asked only where an earlier question was answered so."""

    question: Key
    any_of: tuple[str, ...] = Field(min_length=1)


class Question(Part):
    """One question. ``options`` are what is chosen or ranked, ``rows`` the lines of a matrix, each rated 1 to 5.

    ``look`` says whether a rating shows words or faces; ``measures`` which figure is worked out from it.
    """

    key: Key
    kind: Kind
    text: Text = Text()
    hint: Text = Text()
    required: bool = False
    look: Literal["words", "faces"] = "words"
    measures: Measure = ""
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    least: int | None = None
    most: int | None = None
    when: When | None = None

    @property
    def asks(self) -> bool:
        """Whether there is something to answer; a statement is only read."""
        return self.kind != "statement"

    @property
    def points(self) -> tuple[str, ...]:
        """What an answer may be, where it is one of few: points of a scale, or options."""
        if self.kind in POINTS:
            return tuple(str(point) for point in POINTS[self.kind])
        return tuple(option.key for option in self.options) if self.kind in ("one", "many") else ()


class Section(Part):
    """One page of a questionnaire."""

    key: Key
    title: Text = Text()
    intro: Text = Text()
    questions: tuple[Question, ...] = ()


class Definition(Part):
    """A whole questionnaire; a draft may still lack much, which ``checking.problems`` tells."""

    title: Text
    intro: Text = Text()
    thanks: Text = Text()
    readers: Literal["beneficiaries", "staff"] = "beneficiaries"
    sections: tuple[Section, ...] = ()

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Definition":
        """The questionnaire that a document describes."""
        return cls.model_validate(document)

    def document(self) -> dict[str, Any]:
        """The questionnaire as JSON types."""
        return self.model_dump(mode="json", exclude_defaults=True)

    @property
    def questions(self) -> Iterator[Question]:
        """Every question in the order of the pages."""
        for section in self.sections:
            yield from section.questions

    def question(self, key: str) -> Question | None:
        """The question of this key."""
        return next((one for one in self.questions if one.key == key), None)

    def section(self, key: str) -> Section | None:
        """The section of this key."""
        return next((one for one in self.sections if one.key == key), None)

    def section_of(self, key: str) -> Section | None:
        """The section in which a question stands."""
        return next((one for one in self.sections if any(q.key == key for q in one.questions)), None)

    def before(self, section_key: str) -> list[Question]:
        """The questions of the pages before this one: what a condition may look at."""
        found: list[Question] = []
        for section in self.sections:
            if section.key == section_key:
                break
            found.extend(section.questions)
        return found

    def with_sections(self, sections: Any) -> "Definition":
        """The same with other sections."""
        return self.model_copy(update={"sections": tuple(sections)})

    def free_key(self, letter: str) -> str:
        """A key that no section and no question has."""
        taken = {one.key for one in self.questions} | {one.key for one in self.sections}
        return next(f"{letter}{n}" for n in range(1, len(taken) + 2) if f"{letter}{n}" not in taken)


def shown(question: Question, answers: Mapping[str, Any]) -> bool:
    """Whether a question is asked, as the answers so far stand; one that was not asked was not answered."""
    if question.when is None:
        return True
    given = answers.get(question.when.question)
    held = [str(one) for one in given] if isinstance(given, list) else [str(given)]
    return any(one in question.when.any_of for one in held)


def asked(definition: Definition, answers: Mapping[str, Any]) -> list[tuple[Section, list[Question]]]:
    """The pages that these answers lead over, each with the questions on it; empty pages are passed by."""
    known: dict[str, Any] = {}
    pages = []
    for section in definition.sections:
        here = [one for one in section.questions if shown(one, known)]
        known |= {one.key: answers[one.key] for one in here if one.key in answers}
        if here or section.intro:
            pages.append((section, here))
    return pages


def piped(text: str, service: str) -> str:
    """A text with the service's name in its place."""
    for place in SERVICE:
        text = text.replace(place, service)
    return text
