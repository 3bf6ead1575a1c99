"""What is added to a request or changed in it after it was received, until it is studied."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from silah import clock
from silah.cases import beneficiary_links, responsibility, timeline
from silah.cases.models import Case, CaseDocument
from silah.cases.states import State
from silah.errors import Forbidden, Invalid
from silah.intake import attestations, requests, uploads
from silah.intake.completeness import person_key
from silah.intake.conditions import pruned, shown_fields
from silah.intake.definition import PERSON_STEP, Document
from silah.intake.errors import NotAskedFor, StillMissing
from silah.intake.submitting import owe
from silah.web.access import Member, Permission
from tenants.database import db

CHANGEABLE = frozenset({State.RECEIVED, State.INCOMPLETE, State.COMPLETE})


def provide_document(
    case: Case, key: str, upload: Any, valid_until: date | str | None = None, *, by: Member | None = None
) -> CaseDocument:
    """Add a document, in place of one that came before under the same key; voids an attestation of the data."""
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
    _provided(case, [("document", key)], by)
    return row


def provide_answers(case: Case, step_key: str, answers: Mapping[str, Any], *, by: Member | None = None) -> None:
    """Change answers of a step, or the identities of the "person"; voids an attestation of the data.

    The applicant changes what they were asked for; staff change anything until the request is studied.
    """
    if step_key == PERSON_STEP.key:
        return _identify(case, answers, by)
    form, kept = requests.definition(case), requests.answers(case)
    step = form.step(step_key)
    mine = {field.key for field in step.fields} if step else set()
    before = kept["fields"]
    changed = [key for key in answers if key in mine and answers[key] != before.get(key)]
    if not changed:
        return
    _may_change(case, by, "field", *changed)
    kept["fields"] = pruned(form, {**before, **{key: answers[key] for key in changed}})
    requests.keep_answers(case, kept)
    db.session.flush()
    _provided(case, [("field", key) for key in changed], by)


def _identify(case: Case, answers: Mapping[str, Any], by: Member | None) -> None:
    """Who the person is, said after the request was recorded; a number that the applicant types links nothing."""
    kept = requests.answers(case)
    fields = {field.key for field in PERSON_STEP.fields}
    given = {key: str(value) for key, value in answers.items() if key in fields and value}
    changed = {key: value for key, value in given.items() if kept["person"].get(person_key(key)) != value}
    if not changed:
        return
    _may_change(case, by, "field", *changed)
    for key, value in changed.items():
        kept["person"][person_key(key)] = value
        _take_number(case, key, value, by)
    requests.keep_answers(case, kept)
    db.session.flush()
    _provided(case, [("field", key) for key in changed], by)


def _take_number(case: Case, key: str, national_id: str, by: Member | None) -> None:
    party = case.applicant if key.startswith("applicant") else case.beneficiary
    if party is None:
        return
    if beneficiary_links.identify(case, party, national_id, by=by):
        timeline.record(case, "identity_rejected", by=by, data={"side": party.side}, private=True)


def _may_change(case: Case, by: Member | None, kind: str, *keys: str) -> None:
    """The data change only before the study: by staff who may, by the applicant where it was asked for."""
    if by is not None and not by.may(Permission.CHECK_COMPLETENESS, Permission.RECEIVE_REQUESTS):
        raise Forbidden
    timeline.hold(case)
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


def _provided(case: Case, items: list[tuple[str, str]], by: Member | None) -> None:
    """What came is owed no longer; once nothing is, the case goes back to be checked.

    An answer may call for more (a field or document that hung on it): that is owed from then on.
    """
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
        owe(case, more, "")
    all_in = case.state is State.INCOMPLETE and not (still or more)
    if all_in:
        case.state = State.RECEIVED
    verb = "answers_changed" if by is not None and items[0][0] == "field" else "provided"
    timeline.record(case, verb, by=by, data={"items": [{"kind": kind, "key": key} for kind, key in items]})
    attestations.void(case, by=by)
    if by is None and all_in:
        responsibility.announce(case)
    elif by is None:
        responsibility.mark_unread(case)


def _valid(document: Document, given: date | str | None) -> date | None:
    until = uploads.until(given)
    if document.dated and until is None:
        raise Invalid({"valid_until": _("Enter the date until which it is valid.")})
    if until is not None and until < clock.today():
        raise Invalid({"valid_until": _("This document is no longer valid. Send one that is.")})
    return until
