"""What somebody answered, read from a form and checked, with the files that come with it.

Arabic-Indic digits are digits.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from flask_babel import gettext as _

from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.errors import SilahError
from silah.language.numbers import BadAnswer, read_number
from silah.language.text_cleaning import normalize_typed
from silah.language.typed_days import read_day
from silah.surveys.definition import Definition, Question, asked
from tenants.database import db

LONGEST = {"short": 300, "long": 4000}
WRITTEN = frozenset({"short", "long"})
LARGEST = Decimal(10**9)
PLACES = 3


class Typed(Protocol):
    """A form as it was sent."""

    def get(self, name: str, /) -> str | None: ...
    def getlist(self, name: str, /) -> list[str]: ...


def typed(definition: Definition, form: Typed) -> dict[str, Any]:
    """What was typed, as it was typed: by question, and for matrix and ranking by line."""
    found: dict[str, Any] = {}
    for question in definition.questions:
        if question.kind in ("matrix", "ranking"):
            lines = question.rows if question.kind == "matrix" else question.options
            found[question.key] = {one.key: (form.get(f"{question.key}.{one.key}") or "").strip() for one in lines}
        elif question.kind == "many":
            found[question.key] = form.getlist(question.key)
        elif question.asks:
            found[question.key] = (form.get(question.key) or "").strip()
    return found


def read(
    definition: Definition, given: Mapping[str, Any], only: Sequence[Question] | None = None
) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers to what was asked, and what is wrong, by question; of ``only`` these, where they are given."""
    answers: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for section in definition.sections:
        here = next((found for page, found in asked(definition, answers) if page.key == section.key), [])
        for question in here:
            value, fault = answer(question, given.get(question.key))
            if value is not None:
                answers[question.key] = value
            if fault and (only is None or question in only):
                wrong[question.key] = fault
    return answers, wrong


def answer(question: Question, given: Any) -> tuple[Any, str]:
    """One answer as it is kept (None where there is none), and what is wrong with it."""
    if not question.asks or question.kind == "file":
        return None, ""
    if _empty(given):
        return None, _("Answer this question.") if question.required else ""
    if question.kind in ("matrix", "ranking"):
        return _lines(question, given)
    if question.kind == "many":
        several = [one for one in question.points if one in given]
        return (several, "") if several else (None, _("Choose from the list."))
    if question.points:
        point = normalize_typed(str(given))
        return (point, "") if point in question.points else (None, _("Choose from the list."))
    return _READ[question.kind](question, str(given))


def _empty(given: Any) -> bool:
    return not (any(given.values()) if isinstance(given, Mapping) else given)


def _lines(question: Question, given: Mapping[str, str]) -> tuple[Any, str]:
    matrix = question.kind == "matrix"
    lines = question.rows if matrix else question.options
    allowed = range(1, 6) if matrix else range(1, len(lines) + 1)
    value = {one.key: normalize_typed(given.get(one.key, "")) for one in lines if given.get(one.key)}
    if any(number not in {str(n) for n in allowed} for number in value.values()):
        return None, _("Choose from the list.")
    if len(value) < len(lines) and (question.required or not matrix):
        return None, _("Answer each line.")
    if not matrix and len(set(value.values())) < len(lines):
        return None, _("Give each place once.")
    return value, ""


def _number(question: Question, given: str) -> tuple[Any, str]:
    try:
        value = read_number(given)
    except BadAnswer as refused:
        return None, str(refused)
    if abs(value) > LARGEST:
        return None, _("Write a number that is not larger than %(most)s.", most=LARGEST)
    if question.least is not None and value < question.least:
        return None, _("Write a number that is not smaller than %(least)s.", least=question.least)
    if question.most is not None and value > question.most:
        return None, _("Write a number that is not larger than %(most)s.", most=question.most)
    return format(round(value, PLACES).normalize(), "f"), ""


def _date(question: Question, given: str) -> tuple[Any, str]:
    try:
        return read_day(given).isoformat(), ""
    except BadAnswer as refused:
        return None, str(refused)


def _text(question: Question, given: str) -> tuple[Any, str]:
    longest = LONGEST[question.kind]
    return (given, "") if len(given) <= longest else (given[:longest], _("Write at most %(n)s characters.", n=longest))


_READ = {"number": _number, "date": _date, "short": _text, "long": _text}


def parted(definition: Definition, answers: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Answers that are counted, and words, which are sealed."""
    words = {one.key for one in definition.questions if one.kind in WRITTEN}
    return (
        {key: value for key, value in answers.items() if key not in words},
        {key: str(value) for key, value in answers.items() if key in words},
    )


def keep_files(
    asks: Definition, answers: Mapping[str, Any], sent: Mapping[str, Any]
) -> tuple[dict[str, str], dict[str, str]]:
    """The ids of the files that were sent (as werkzeug's FileStorage), and what is wrong with them, by question.

    Where something is wrong, none is kept.
    """
    found: dict[str, StoredFile] = {}
    wrong: dict[str, str] = {}
    for question in (one for _section, here in asked(asks, answers) for one in here if one.kind == "file"):
        file = sent.get(question.key)
        try:
            if file and file.filename:
                found[question.key] = documents.keep(file.stream.read(), file.filename, purpose="survey")
            elif question.required:
                wrong[question.key] = _("Choose a file.")
        except SilahError as refused:
            wrong[question.key] = str(refused)
    if wrong:
        db.session.flush()
        for one in found.values():
            documents.forget(one)
        return {}, wrong
    return {key: str(one.id) for key, one in found.items()}, {}
