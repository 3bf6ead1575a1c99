"""What the transitions of a request do outside its study: asked for more, complete, taken up again, withdrawn."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from silah import clock
from silah.cases.models import Case
from silah.cases.states import State
from silah.cases.transitions import Change
from silah.errors import Invalid
from silah.forms.texts import clean
from silah.intake import attestations, requests
from silah.intake.errors import StillMissing
from silah.intake.facts import decision_of
from silah.intake.models import OwedItem
from tenants.database import db

Item = tuple[str, str]
"""The kind of thing ("field" or "document") and its key."""


def ask_for(change: Change, items: Iterable[Any], remark: str = "") -> None:
    """Ask the applicant for fields or documents: ``Missing`` things, (kind, key) pairs or "kind:key" words.

    A request that was complete is complete no longer, and a period counted from completeness stops.
    """
    case = change.case
    wanted = list(dict.fromkeys(_read_item(case, item) for item in items))
    if not wanted:
        raise Invalid({"items": _("Choose what to ask for.")})
    still = {(item.kind, item.key) for item in requests.owed(case)}
    owe_items(case, [item for item in wanted if item not in still], clean(remark))
    case.completed_on = None
    change.data, change.note = _describe(wanted), clean(remark) or None


def ask_at_receipt(change: Change, items: Sequence[Item]) -> None:
    """Ask for what a request lacked when it came."""
    owe_items(change.case, items, "")
    change.data = _describe(items)


def find_complete(change: Change) -> None:
    """Record the request as complete, dated on the day its last piece came; raises ``StillMissing``.

    The date is the applicant's, not the officer's: a ceiling counted from completeness starts when all was in.
    """
    lacking = requests.lacking(change.case)
    if lacking or requests.owed(change.case):
        raise StillMissing(lacking)
    _date_completeness(change)


def complete_at_receipt(change: Change) -> None:
    """Complete a request of a policy that takes in complete ones only, unless its signature is awaited."""
    policy = change.case.policy_version.policy
    if policy.takes_incomplete or awaits_signature(change.case):
        change.idle = True
    else:
        _date_completeness(change)


def complete_once_signed(change: Change) -> None:
    """Complete a request that waited for nothing but its signature; where an officer looks first, it waits for them."""
    case, policy = change.case, change.case.policy_version.policy
    waits = case.state is State.RECEIVED and not requests.owed(case) and not requests.lacking(case)
    if policy.signature_completes and not policy.takes_incomplete and waits:
        _date_completeness(change)
    else:
        change.idle = True


def awaits_signature(case: Case) -> bool:
    """Say whether the request is incomplete only as long as nobody has signed its data."""
    policy = case.policy_version.policy
    return policy.signature_completes and attestations.standing(case) is None


def find_completed_on(case: Case) -> date:
    """Return the day on which the last piece came; no earlier than the request itself."""
    came = [clock.day_of(item.provided_at) for item in requests.owed_items(case) if item.provided_at]
    signed = attestations.standing(case) if case.policy_version.policy.signature_completes else None
    if signed is not None:
        came.append(clock.day_of(signed.signed_at))
    return max([clock.day_of(case.received_at), *came])


def withdraw(change: Change, reason: str = "") -> None:
    """Take the request back before it is answered, at the applicant's wish."""
    change.note = clean(reason) or None


def reopen(change: Change, reason: str) -> None:
    """Take up an answered case again, with a reason: it is decided anew, and a period from completeness starts anew."""
    case = change.case
    if not clean(reason):
        raise Invalid({"reason": _("Write the reason.")})
    decision = decision_of(case)
    if decision is not None:
        decision.superseded = True
    was_complete = case.completed_on is not None
    waiting = State.INCOMPLETE if requests.owed(case) else State.RECEIVED
    change.target = State.COMPLETE if was_complete else waiting
    case.completed_on = clock.today() if was_complete else None
    change.data, change.note = {"to": change.target.value}, clean(reason)


def owe_items(case: Case, items: Sequence[Item], remark: str) -> None:
    """Ask for fields and documents; what is owed already is not owed twice."""
    for kind, key in items:
        db.session.add(OwedItem(case_id=case.id, kind=kind, key=key, remark=remark))


def _date_completeness(change: Change) -> None:
    found = find_completed_on(change.case)
    change.case.completed_on, change.data = found, {"on": found.isoformat()}


def _describe(items: Sequence[Item]) -> dict[str, Any]:
    return {"items": [{"kind": kind, "key": key} for kind, key in items]}


def _read_item(case: Case, item: Any) -> Item:
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
