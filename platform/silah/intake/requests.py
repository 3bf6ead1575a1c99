"""What a service request adds to its case, read back: its form, its answers, and the files that count."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from silah import clock
from silah.cases.models import Case, CaseDocument
from silah.errors import NotFound
from silah.intake import request_catalogue
from silah.intake.completeness import Missing, missing
from silah.intake.definition import Definition
from silah.intake.models import OwedItem, ServiceRequest
from tenants.database import db

MADE = frozenset({"receipt", "reply_letter", "attestation", "signature"})
"""Purposes of files that are not part of the applicant's data."""


def of(case: Case) -> ServiceRequest:
    """The request of a case, read once in a session; raises NotFound for a case of another kind."""
    # The session itself holds its objects weakly, so it would read this one again for each who asks.
    held: dict[UUID, ServiceRequest] = db.session.info.setdefault("silah_requests", {})
    found = held.get(case.id)
    if found is None or found not in db.session:
        found = db.session.get(ServiceRequest, case.id, options=[joinedload(ServiceRequest.revision)])
        if found is None:
            raise NotFound
        held[case.id] = found
    return found


def definition(case: Case) -> Definition:
    """The form on which the request was written, whatever the type's form is by now."""
    return request_catalogue.definition(of(case).revision)


def answers(case: Case) -> dict[str, Any]:
    """The answers: {"person": {…}, "fields": {…}}."""
    kept: dict[str, Any] = json.loads(of(case).answers)
    return kept


def keep_answers(case: Case, given: Mapping[str, Any]) -> None:
    """Keep the answers as they are after a change."""
    of(case).answers = json.dumps(given, ensure_ascii=False)


def documents(case: Case) -> list[CaseDocument]:
    """The applicant's documents that count, oldest first."""
    rows = (
        select(CaseDocument)
        .where(CaseDocument.case_id == case.id, ~CaseDocument.superseded, CaseDocument.purpose.not_in(MADE))
        .options(joinedload(CaseDocument.file))
        .order_by(CaseDocument.added_at, CaseDocument.id)
    )
    return list(db.session.scalars(rows))


def files(case: Case) -> dict[str, dict[str, Any]]:
    """The documents as the checklist takes them: each with its validity and the day it came."""
    return {
        document.purpose: {
            "valid_until": document.valid_until.isoformat() if document.valid_until else None,
            "on": clock.day_of(document.added_at).isoformat(),
        }
        for document in documents(case)
    }


def lacking(case: Case) -> list[Missing]:
    """What the request still lacks: the checklist of its own form."""
    return missing(definition(case), answers(case), files(case), clock.day_of(case.received_at))


def owed(case: Case) -> list[OwedItem]:
    """What was asked for and has not come, in the order of asking."""
    rows = select(OwedItem).where(OwedItem.case_id == case.id, OwedItem.provided_at.is_(None))
    return list(db.session.scalars(rows.order_by(OwedItem.asked_at, OwedItem.kind, OwedItem.key)))


def owed_items(case: Case) -> list[OwedItem]:
    """Everything that was ever asked for."""
    rows = select(OwedItem).where(OwedItem.case_id == case.id)
    return list(db.session.scalars(rows.order_by(OwedItem.asked_at, OwedItem.kind, OwedItem.key)))


def label(case_definition: Definition, kind: str, key: str, locale: str) -> str:
    """What a field or document is called."""
    found: Any = case_definition.field(key) if kind == "field" else case_definition.required_of(key)
    return str(found.label.for_locale(locale)) if found else key
