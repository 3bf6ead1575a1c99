"""Complaints, inquiries, suggestions and technical support as kinds of case, each with its own period."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement

from silah.cases import kinds
from silah.cases.models import Case
from silah.cases.responsibility import holds, on_body
from silah.cases.states import State
from silah.complaints import bodies, escalation, liaison_areas, next_steps
from silah.complaints.models import COMPLAINT, INQUIRY, SUGGESTION, SUPPORT, Complaint, complaint_of
from silah.complaints.rules import ComplaintRules, rules
from silah.organisation.models import Membership
from silah.web.access import Member, Permission
from tenants.periods import ReplyPeriod, Span, Start

OPEN_TO = frozenset({Permission.ANSWER_COMPLAINTS, Permission.OVERSEE_COMPLAINTS})
LIAISON = frozenset({Permission.ANSWER_INQUIRIES})
HANDLED = {
    State.UNDER_STUDY: _l("Being handled"),
    State.INCOMPLETE: _l("Waiting for the complainant"),
    State.DECIDED: _l("Findings written, answer not yet sent"),
    State.REPLIED: _l("Answered"),
}
ANSWERED = {State.UNDER_STUDY: _l("Being answered"), State.REPLIED: _l("Answered")}


def within(span: Callable[[ComplaintRules], Span]) -> Callable[[Case], ReplyPeriod]:
    """A period of the association's own, counted from receipt: internal, and a ceiling."""
    return lambda case: _ceiling(span(rules()))


def complaint_period(case: Case) -> ReplyPeriod:
    """The complaint period that the case's policy names, else the association's internal one.

    It counts from receipt, and from the day of the objection or reopening once there was one.
    """
    span = case.policy_version.policy.complaints.answer_within or rules().complaint_within
    return _ceiling(span, anew=case.completed_on is not None)


def _ceiling(span: Span, *, anew: bool = False) -> ReplyPeriod:
    start: Start = "complete" if anew else "received"
    return ReplyPeriod(bound="ceiling", starts=start, amount=span.amount, unit=span.unit)


def _body(case: Case) -> list[Membership]:
    return bodies.told_of(case, complaint_of(case).body)


def _liaison(member: Member) -> ColumnElement[bool]:
    return holds(member, Permission.ANSWER_INQUIRIES, Permission.ASSIGN_CASES)


COMPLAINT_KIND = kinds.Kind(
    COMPLAINT,
    "C",
    _l("Complaint"),
    complaint_period,
    OPEN_TO,
    HANDLED,
    steps=escalation.steps,
    told=escalation.told,
    responsible=_body,
    awaits=lambda member: on_body(member, Complaint.body, Complaint.case_id, Permission.OVERSEE_COMPLAINTS),
    next_steps=next_steps.next_steps,
)
INQUIRY_KIND = kinds.Kind(
    INQUIRY,
    "Q",
    _l("Inquiry"),
    within(lambda r: r.inquiry_within),
    states=ANSWERED,
    open_to=LIAISON,
    responsible=liaison_areas.everybody,
    awaits=_liaison,
    next_steps=next_steps.next_steps,
)
SUGGESTION_KIND = kinds.Kind(
    SUGGESTION,
    "S",
    _l("Suggestion"),
    within(lambda r: r.suggestion_within),
    states=ANSWERED,
    open_to=LIAISON,
    responsible=liaison_areas.everybody,
    awaits=_liaison,
    next_steps=next_steps.next_steps,
)
SUPPORT_KIND = kinds.Kind(
    SUPPORT,
    "T",
    _l("Technical support"),
    within(lambda r: r.support_within),
    states=ANSWERED,
    open_to=LIAISON,
    responsible=liaison_areas.everybody,
    awaits=_liaison,
    next_steps=next_steps.next_steps,
)
