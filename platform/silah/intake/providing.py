"""What is added to a request or changed in it after it was received, until it is studied."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from silah import clock
from silah.cases import beneficiary_links, responsibility, timeline
from silah.cases.models import Case, CaseDocument
from silah.cases.states import State
from silah.cases.transitions import Change
from silah.errors import Invalid
from silah.intake import requests, uploads
from silah.intake.completeness import person_key
from silah.intake.conditions import pruned, shown_fields
from silah.intake.definition import PERSON_STEP, Document
from silah.intake.errors import NotAskedFor, StillMissing
from silah.intake.service import owe_items
from silah.web.access import Member
from tenants.database import db

CHANGEABLE = frozenset({State.RECEIVED, State.INCOMPLETE, State.COMPLETE})


def provide_document(change: Change, key: str, upload: Any, valid_until: date | str | None = None) -> CaseDocument:
    """Add a document, in place of one that came before under the same key; voids an attestation of the data."""
    case, by = change.case, change.by
    _may_change(case, by, "document", key)
    document = requests.definition(case).required_of(key)
    if document is None:
        raise Invalid({key: _("The form has no such document.")})
    until = _valid(document, valid_until)
    stored = uploads.keep(upload, key)
    for earlier in requests.documents(case):
        earlier.superseded = earlier.superseded or earlier.purpose == key
    row = CaseDocument(case_id=case.id, file_id=stored.id, purpose=key, valid_until=until)
    row.added_by, row.file = by.id if by else None, stored
    db.session.add(row)
    db.session.flush()
    _provided(change, [("document", key)])
    return row


def provide_answers(change: Change, step: str, answers: Mapping[str, Any]) -> None:
    """Change answers of a step, or the identities of the "person"; voids an attestation of the data.

    The applicant changes what they were asked for; staff change anything until the request is studied.
    """
    case, by = change.case, change.by
    if step == PERSON_STEP.key:
        return _identify(change, answers)
    form, kept = requests.definition(case), requests.answers(case)
    asked = form.step(step)
    mine = {field.key for field in asked.fields} if asked else set()
    before = kept["fields"]
    changed = [key for key in answers if key in mine and answers[key] != before.get(key)]
    if not changed:
        change.idle = True
        return None
    _may_change(case, by, "field", *changed)
    kept["fields"] = pruned(form, {**before, **{key: answers[key] for key in changed}})
    requests.keep_answers(case, kept)
    db.session.flush()
    return _provided(change, [("field", key) for key in changed])


def _identify(change: Change, answers: Mapping[str, Any]) -> None:
    """Who the person is, said after the request was recorded; a number that the applicant types links nothing."""
    case, by = change.case, change.by
    kept = requests.answers(case)
    fields = {field.key for field in PERSON_STEP.fields}
    given = {key: str(value) for key, value in answers.items() if key in fields and value}
    changed = {key: value for key, value in given.items() if kept["person"].get(person_key(key)) != value}
    if not changed:
        change.idle = True
        return
    _may_change(case, by, "field", *changed)
    for key, value in changed.items():
        kept["person"][person_key(key)] = value
        _take_number(case, key, value, by)
    requests.keep_answers(case, kept)
    db.session.flush()
    _provided(change, [("field", key) for key in changed])


def _take_number(case: Case, key: str, national_id: str, by: Member | None) -> None:
    party = case.applicant if key.startswith("applicant") else case.beneficiary
    if party is None:
        return
    if beneficiary_links.identify(case, party, national_id, by=by):
        timeline.record(case, "identity_rejected", by=by, data={"side": party.side}, private=True)


def _may_change(case: Case, by: Member | None, kind: str, *keys: str) -> None:
    """The data change only before the study: by staff, by the applicant where it was asked for."""
    if case.state not in CHANGEABLE:
        raise NotAskedFor
    asked = {item.key for item in requests.owed(case) if item.kind == kind}
    asked |= _hidden(case) if asked and kind == "field" else set()
    if by is None and not asked.issuperset(keys):
        raise NotAskedFor(_("This was not asked for. Write us a message if something should be changed."))


def _hidden(case: Case) -> set[str]:
    """The fields that were not shown for the answers so far: changing one of those may call for them."""
    form = requests.definition(case)
    shown = {field.key for field in shown_fields(form, requests.answers(case)["fields"])}
    return {field.key for field in form.fields} - shown


def _provided(change: Change, items: list[tuple[str, str]]) -> None:
    """What came is owed no longer; once nothing is, the case goes back to be checked.

    An answer may call for more (a field or document that hung on it): that is owed from then on.
    """
    case = change.case
    for item in requests.owed(case):
        if (item.kind, item.key) in items:
            item.provided_at = clock.now()
    db.session.flush()
    lacking = requests.lacking(case)
    if lacking and case.state is State.COMPLETE:
        raise StillMissing(lacking)
    still = {(item.kind, item.key) for item in requests.owed(case)}
    more = [(one.kind, one.key) for one in lacking if (one.kind, one.key) not in still]
    if case.state is State.INCOMPLETE:
        owe_items(case, more, "")
        if not (still or more):
            change.target = State.RECEIVED
    if change.by is not None and items[0][0] == "field":
        change.event = "answers_changed"
    change.data = {"items": [{"kind": kind, "key": key} for kind, key in items]}
    change.followed_by.append(("void_attestation", change.by))


def announce(change: Change) -> None:
    """Tell who answers for the case once all that was asked for came of the applicant; mark before that what is new."""
    if change.by is None and change.target is not None:
        responsibility.announce(change.case)
    elif change.by is None:
        responsibility.mark_unread(change.case)


def _valid(document: Document, given: date | str | None) -> date | None:
    until = uploads.until(given)
    if document.dated and until is None:
        raise Invalid({"valid_until": _("Enter the date until which it is valid.")})
    if until is not None and until < clock.today():
        raise Invalid({"valid_until": _("This document is no longer valid. Send one that is.")})
    return until
