"""Which fields and documents are shown for given answers; pure. What is hidden is neither asked nor kept."""

from collections.abc import Mapping
from typing import Any

from silah.intake.definition import PROOF_DOCUMENT, Condition, Definition, Document, Field

Answers = Mapping[str, Any]


def holds(condition: Condition | None, answers: Answers) -> bool:
    """Whether a condition is met: the answer is, or contains, one of its values."""
    if condition is None:
        return True
    given = answers.get(condition.field)
    return any(_same(one, value) for one in _each(given) for value in condition.values)


def shown_fields(definition: Definition, answers: Answers) -> list[Field]:
    """The fields that are asked; one that hangs on a hidden field is hidden too."""
    shown: list[Field] = []
    known: dict[str, Any] = {}
    for field in definition.fields:
        if holds(field.shown_when, known):
            shown.append(field)
            if field.key in answers:
                known[field.key] = answers[field.key]
    return shown


def shown_documents(definition: Definition, answers: Answers, relation: str = "self") -> list[Document]:
    """The documents that are asked for; a guardian or agent shows proof besides."""
    known = pruned(definition, answers)
    asked = [document for document in definition.documents if holds(document.shown_when, known)]
    return asked if relation == "self" else [PROOF_DOCUMENT, *asked]


def pruned(definition: Definition, answers: Answers) -> dict[str, Any]:
    """The answers to the fields that are shown, in the order of the form; the rest are dropped."""
    return {field.key: answers[field.key] for field in shown_fields(definition, answers) if field.key in answers}


def _each(given: Any) -> list[Any]:
    if given is None:
        return []
    return list(given) if isinstance(given, (list, tuple)) else [given]


def _same(one: Any, value: Any) -> bool:
    if isinstance(one, bool) or isinstance(value, bool):
        return _truth(one) is _truth(value)
    return str(one) == str(value)


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"yes": True, "true": True, "no": False, "false": False}.get(str(value).lower())
