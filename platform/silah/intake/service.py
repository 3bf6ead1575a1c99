"""The life of a request outside its study: received, completed, changed, closed, reopened, withdrawn."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from silah import clock
from silah.access import Member, Permission
from silah.cases import clocks, referrals, telling, timeline
from silah.cases.models import Case, CaseDocument
from silah.cases.states import State
from silah.cases.texts import clean
from silah.errors import Forbidden, Invalid
from silah.intake import attestations, promises, requests, uploads
from silah.intake.conditions import pruned, shown_fields
from silah.intake.definition import Document
from silah.intake.errors import NotAskedFor, StillMissing
from silah.intake.facts import decision_of, facts_of
from silah.intake.moves import need
from silah.intake.submitting import Submitted, owe, submit
from tenants.database import db

__all__ = [
    "Submitted",
    "ask_for",
    "close",
    "find_complete",
    "provide_answers",
    "provide_document",
    "reopen",
    "submit",
    "withdraw",
]

CHANGEABLE = frozenset({State.RECEIVED, State.INCOMPLETE, State.COMPLETE})


def ask_for(case: Case, items: Iterable[Any], *, by: Member, remark: str = "") -> None:
    """Ask the applicant for fields or documents: ``Missing`` things, (kind, key) pairs or "kind:key" words.

    A request that was complete is complete no longer, and a period counted from completeness stops.
    """
    timeline.hold(case)
    need("ask_for", facts_of(case), by)
    wanted = list(dict.fromkeys(_item(case, item) for item in items))
    if not wanted:
        raise Invalid({"items": _("Choose what to ask for.")})
    still = {(item.kind, item.key) for item in requests.owed(case)}
    owe(case, [item for item in wanted if item not in still], clean(remark))
    case.state, case.completed_on = State.INCOMPLETE, None
    data = {"items": [{"kind": kind, "key": key} for kind, key in wanted]}
    timeline.record(case, "asked_for", by=by, data=data, note=clean(remark) or None)
    clocks.set_clock(case)
    form = requests.definition(case)
    labels = [requests.label(form, kind, key, case.locale) for kind, key in wanted]
    telling.applicant("missing", case, {"items": labels, "remark": clean(remark)})


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
    """Change answers of a step ("person" cannot be changed here); voids an attestation of the data.

    The applicant changes what they were asked for; staff change anything until the request is studied.
    """
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


def find_complete(case: Case, *, by: Member) -> None:
    """Record the request as complete, dated on the day its last piece came; raises ``StillMissing``.

    The date is the applicant's, not the officer's: a ceiling counted from completeness starts when all was in.
    """
    timeline.hold(case)
    need("find_complete", facts_of(case), by)
    lacking = requests.lacking(case)
    if lacking or requests.owed(case):
        raise StillMissing(lacking)
    case.state, case.completed_on = State.COMPLETE, _completed_on(case)
    timeline.record(case, "complete", by=by, data={"on": case.completed_on.isoformat()})
    clocks.set_clock(case)
    telling.applicant("complete", case, {"promise": promises.promise(case)})


def close(case: Case, *, by: Member) -> None:
    """Close a case that was answered and, where accepted, delivered as the policy has it."""
    timeline.hold(case)
    need("close", facts_of(case), by)
    _end(case, State.CLOSED, by)
    timeline.record(case, "closed", by=by)
    telling.applicant("closed", case)


def withdraw(case: Case, *, reason: str, by: Member | None = None) -> None:
    """The applicant takes the request back before it is answered."""
    timeline.hold(case)
    need("withdraw", facts_of(case), by)
    _end(case, State.WITHDRAWN, by)
    timeline.record(case, "withdrawn", by=by, note=clean(reason) or None)
    telling.applicant("withdrawn", case)


def reopen(case: Case, *, by: Member, reason: str) -> None:
    """Take up an ended case again, with a reason: it is decided anew, and a period from completeness starts anew."""
    timeline.hold(case)
    need("reopen", facts_of(case), by)
    if not clean(reason):
        raise Invalid({"reason": _("Write the reason.")})
    decision = decision_of(case)
    if decision is not None:
        decision.superseded = True
    case.closed_at = case.replied_at = None
    was_complete = case.completed_on is not None
    waiting = State.INCOMPLETE if requests.owed(case) else State.RECEIVED
    case.state = State.COMPLETE if was_complete else waiting
    case.completed_on = clock.today() if was_complete else None
    timeline.record(case, "reopened", by=by, data={"to": case.state.value}, note=clean(reason))
    clocks.set_clock(case)
    telling.applicant("reopened", case, {"reason": clean(reason)})


def _end(case: Case, state: State, by: Member | None) -> None:
    case.state, case.closed_at = state, clock.now()
    clocks.stop(case)
    referrals.end_all(case, by=by)


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
    if all_in and by is None and case.holder:
        telling.member("applicant_answered", case.holder, case)


def _valid(document: Document, given: date | str | None) -> date | None:
    until = uploads.until(given)
    if document.dated and until is None:
        raise Invalid({"valid_until": _("Enter the date until which it is valid.")})
    if until is not None and until < clock.today():
        raise Invalid({"valid_until": _("This document is no longer valid. Send one that is.")})
    return until


def _item(case: Case, item: Any) -> tuple[str, str]:
    if isinstance(item, str):
        kind, _colon, key = item.partition(":")
    elif isinstance(item, tuple):
        kind, key = item
    else:
        kind, key = item.kind, item.key
    form = requests.definition(case)
    known = form.field(key) if kind == "field" else form.required_of(key) if kind == "document" else None
    if known is None:
        raise Invalid({"items": _("The form has no such field or document.")})
    return kind, key


def _completed_on(case: Case) -> date:
    came = [clock.day_of(item.provided_at) for item in requests.owed_items(case) if item.provided_at]
    return max([clock.day_of(case.received_at), *came])
