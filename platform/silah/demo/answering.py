"""Fills a form as the demo's applicants would: believable words, made-up numbers, a specimen for each document."""

from datetime import timedelta
from functools import lru_cache
from typing import Any

from silah import clock
from silah.demo import sample_texts
from silah.documents import pdf
from silah.intake import drafts
from silah.intake.conditions import holds
from silah.intake.definition import Definition, Document, Field
from silah.intake.models import Draft
from tenants.context import current_tenant
from tenants.policy import Policy

VALID_DAYS = 400
OF_WOMEN = "hayat-arar"
"""The association whose services are for women."""


def person(policy: Policy, number: int, reply: str, **more: Any) -> dict[str, Any]:
    """The answers of the first page: applicant ``number``, to be answered by the channel ``reply``."""
    given = {
        "relation": "self",
        "locale": "ar",
        "name": sample_texts.applicant(number, women=current_tenant().blueprint == OF_WOMEN),
        "national_id": sample_texts.national_id(number),
        "mobile": sample_texts.mobile(number),
        "email": f"applicant{number}@mail.example",
        "reply_channel": reply,
    }
    if policy.audience.members_and_services and number % 2:
        given["member_number"] = f"{1000 + number}"
    return {**given, **more}


def fields(form: Definition, turn: int) -> dict[str, Any]:
    """An answer to every question that is shown; ``turn`` varies the choices."""
    given: dict[str, Any] = {}
    for number, field in enumerate(form.fields):
        if holds(field.shown_when, given):
            given[field.key] = answer(field, turn + number)
    return given


def answer(field: Field, turn: int) -> Any:
    """One answer, as it is kept."""
    if field.kind == "choice":
        return field.choices[turn % len(field.choices)].value
    if field.kind == "choices":
        return [choice.value for choice in field.choices[: 1 + turn % 2]]
    if field.kind == "yes_no":
        return turn % 2 == 0
    if field.kind == "date":
        days = {"birth": -4000 - turn % 9, "past": -20 - turn % 9}.get(field.day_range or "", 20 + turn % 9)
        return (clock.today() + timedelta(days=days)).isoformat()
    if field.kind == "number":
        return sample_texts.NUMBERS.get(field.key, int(field.minimum or 1))
    if field.kind == "money":
        return sample_texts.AMOUNTS.get(field.key, str(field.minimum or 500))
    plain = {
        "national_id": sample_texts.national_id(900),
        "iban": sample_texts.IBAN,
        "mobile": sample_texts.mobile(900),
    }
    return plain.get(field.kind) or sample_texts.TEXTS.get(field.key, field.label.ar)


def documents(draft: Draft, form: Definition, leave_out: int = 0) -> list[Document]:
    """Attach a specimen for each document that is asked for, but for the last ``leave_out``; gives those left out."""
    given = drafts.answers(draft)["fields"]
    asked = [one for one in form.documents if one.required and holds(one.shown_when, given)]
    kept = asked[: len(asked) - leave_out]
    for document in kept:
        attach(draft, document)
    return asked[len(kept) :]


def attach(draft: Draft, document: Document) -> None:
    """Attach a specimen of one document to a draft."""
    until = clock.today() + timedelta(days=VALID_DAYS) if document.dated else None
    drafts.attach(draft, document.key, specimen(document.label.ar), until)


def specimen(title: str) -> bytes:
    """A one-page PDF that says what it stands for."""
    return _printed(title, current_tenant().name_ar)


@lru_cache(maxsize=256)
def _printed(title: str, association: str) -> bytes:
    return pdf.render("specimen", {"title": title, "association": association}, "ar")
