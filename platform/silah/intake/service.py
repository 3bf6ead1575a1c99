"""The life of a request outside its study: received, completed, changed, closed, reopened, withdrawn."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from silah import clock
from silah.cases import clocks, notifications, referrals, reply_promises, timeline
from silah.cases.models import Case
from silah.cases.states import State
from silah.errors import Forbidden, Invalid
from silah.forms.texts import clean
from silah.intake import completing, requests
from silah.intake.errors import StillMissing
from silah.intake.facts import decision_of, facts_of
from silah.intake.moves import BY_KEY, need
from silah.intake.providing import provide_answers, provide_document
from silah.intake.submitting import owe, submit
from silah.web.access import Member

__all__ = [
    "ask_for",
    "close",
    "find_complete",
    "provide_answers",
    "provide_document",
    "reopen",
    "revise",
    "submit",
    "withdraw",
]


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
    notifications.applicant("missing", case, {"items": labels, "remark": clean(remark)})


def find_complete(case: Case, *, by: Member) -> None:
    """Record the request as complete, dated on the day its last piece came; raises ``StillMissing``.

    The date is the applicant's, not the officer's: a ceiling counted from completeness starts when all was in.
    """
    timeline.hold(case)
    need("find_complete", facts_of(case), by)
    lacking = requests.lacking(case)
    if lacking or requests.owed(case):
        raise StillMissing(lacking)
    case.state, case.completed_on = State.COMPLETE, completing.find_completed_on(case)
    timeline.record(case, "complete", by=by, data={"on": case.completed_on.isoformat()})
    clocks.set_clock(case)
    notifications.applicant("complete", case, {"promise": reply_promises.promise(case)})


def close(case: Case, *, by: Member) -> None:
    """Close a case that was answered and, where accepted, delivered as the policy has it."""
    timeline.hold(case)
    need("close", facts_of(case), by)
    _end(case, State.CLOSED, by)
    timeline.record(case, "closed", by=by)
    notifications.applicant("closed", case)


def withdraw(case: Case, *, reason: str, by: Member | None = None) -> None:
    """The applicant takes the request back before it is answered."""
    timeline.hold(case)
    need("withdraw", facts_of(case), by)
    _end(case, State.WITHDRAWN, by)
    timeline.record(case, "withdrawn", by=by, note=clean(reason) or None)
    notifications.applicant("withdrawn", case)


def reopen(case: Case, *, by: Member, reason: str) -> None:
    """Take up an ended case again, with a reason: it is decided anew, and a period from completeness starts anew."""
    timeline.hold(case)
    need("reopen", facts_of(case), by)
    _anew(case, by, reason)


def revise(case: Case, *, by: Member, reason: str) -> None:
    """The same because its decision was found wrong: also of a case that was answered and has not ended yet."""
    timeline.hold(case)
    if case.state in (State.REPLIED, State.REGISTERED):
        if not by.may(BY_KEY["reopen"].permission):
            raise Forbidden
    else:
        need("reopen", facts_of(case), by)
    _anew(case, by, reason)


def _anew(case: Case, by: Member, reason: str) -> None:
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
    notifications.applicant("reopened", case, {"reason": clean(reason)})


def _end(case: Case, state: State, by: Member | None) -> None:
    case.state, case.closed_at = state, clock.now()
    clocks.stop(case)
    referrals.end_all(case, by=by)


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
