"""What a request still lacks on a given day: fields, documents, and documents that were not valid then; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from flask_babel import lazy_gettext as _l

from silah.intake.conditions import shown_documents, shown_fields
from silah.intake.definition import PERSON_STEP, Definition, Document, Field
from tenants.texts import Text

Why = Literal["absent", "expired", "undated"]

WHY_WORDS: dict[str, Any] = {
    "absent": _l("Not provided yet"),
    "expired": _l("No longer valid on the day it was submitted"),
    "undated": _l("Without the date until which it is valid"),
}


@dataclass(frozen=True)
class Missing:
    """One thing that is lacking: what kind of thing, which, what it is called, and why it does not count."""

    kind: Literal["field", "document"]
    key: str
    label: Text
    why: Why = "absent"

    @property
    def reason(self) -> Any:
        """Why, in words."""
        return WHY_WORDS[self.why]


def missing(
    definition: Definition, answers: Mapping[str, Any], files: Mapping[str, Mapping[str, Any]], on: date
) -> list[Missing]:
    """What is lacking, in the order of the form; empty for a complete request.

    ``answers`` is {"person": {…}, "fields": {…}}. ``files`` maps a document's key to {"valid_until": ISO date or
    None, "on": ISO date on which it came, if not ``on``}: a document counts if it was valid on the day it came.
    """
    fields = answers.get("fields", {})
    person = answers.get("person", {})
    relation = person.get("relation", "self")
    lacking = [
        Missing("field", field.key, field.label)
        for field in asked_of_person(person)
        if not person.get(person_key(field.key))
    ]
    lacking += [
        Missing("field", field.key, field.label)
        for field in shown_fields(definition, fields)
        if field.required and fields.get(field.key) in (None, "", [])
    ]
    for document in shown_documents(definition, fields, relation):
        why = _fault(document, files.get(document.key), on)
        if why:
            lacking.append(Missing("document", document.key, document.label, why))
    return lacking


def asked_of_person(person: Mapping[str, Any]) -> tuple[Field, ...]:
    """What every request needs of the person: one's own identity, and the beneficiary's where that is another."""
    return PERSON_STEP.fields[:1] if person.get("relation", "self") == "self" else PERSON_STEP.fields


def person_key(key: str) -> str:
    """Under which key the person's data hold the answer to a field of ``PERSON_STEP``."""
    return key.removeprefix("applicant_")


def _fault(document: Document, file: Mapping[str, Any] | None, on: date) -> Why | None:
    if file is None:
        return "absent" if document.required else None
    until = file.get("valid_until")
    if until is None:
        return "undated" if document.dated else None
    came = file.get("on") or on
    return "expired" if _date(until) < _date(came) else None


def _date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
