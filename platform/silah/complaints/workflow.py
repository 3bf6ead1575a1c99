"""Every transition of a complaint, and of an inquiry, a suggestion or a call for support.

What pages ask for each is in ``transition_forms``; what each does is in the modules named here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from silah.cases.states import ENDED, UNANSWERED, State
from silah.cases.transitions import ANY, CaseFacts, Transition, TransitionForm
from silah.cases.workflow import Workflow
from silah.complaints import (
    bodies,
    confidential_readers,
    handling,
    inquiries,
    merging,
    notifications,
    post_reply,
)
from silah.complaints.errors import NotYours
from silah.complaints.models import ASKED, COMPLAINT, Complaint, complaint_of
from silah.complaints.transition_forms import COMPLAINT_FORMS, INQUIRY_FORMS, LABELS
from silah.desk.common_transitions import BESIDE, ON_CASE, WRITE
from silah.web.access import Member, Permission

S = State
P = Permission
OPEN = frozenset({S.RECEIVED, S.UNDER_STUDY, S.INCOMPLETE})
HANDLERS = (P.ANSWER_COMPLAINTS, P.OVERSEE_COMPLAINTS)
"""Who handles complaints; whoever oversees them handles what has come up to them."""


@dataclass(frozen=True)
class ComplaintFacts(CaseFacts):
    """What the guards ask about a complaint."""

    complaint: Complaint


def facts_of(case: Any) -> ComplaintFacts:
    """Gather the facts of a complaint."""
    return ComplaintFacts(case, complaint_of(case))


def _handles(facts: ComplaintFacts, member: Member) -> bool:
    """Only the body that handles the complaint now."""
    return bodies.handles(member, facts.complaint)


def _classified(facts: ComplaintFacts) -> Any:
    """Kind and severity are known before it is handled."""
    known = facts.complaint.topic and facts.complaint.severity
    return None if known else _l("Classify the complaint first: its kind and severity.")


def _alone(facts: ComplaintFacts) -> Any:
    """What was merged is answered with the complaint that it was merged into."""
    if facts.complaint.merged_into_id is None:
        return None
    return _l("This complaint was merged into another, and is answered together with it.")


def _step(
    forms: Mapping[str, TransitionForm],
    key: str,
    sources: frozenset[State],
    target: State | None,
    permissions: tuple[Permission, ...],
    **more: Any,
) -> Transition:
    """A transition that the desk offers."""
    return Transition(key, LABELS[key], sources, target, permissions, form=forms[key], **more)


def _by_body(key: str, sources: frozenset[State], target: State | None, **more: Any) -> Transition:
    """A transition of a complaint that its body makes."""
    return _step(COMPLAINT_FORMS, key, sources, target, HANDLERS, allowed=_handles, **more)


def _answers(facts: CaseFacts, member: Member) -> bool:
    """The pages are for those who answer inquiries."""
    return member.may(P.ANSWER_INQUIRIES)


STUDIED = frozenset({S.UNDER_STUDY})
COMPLAINTS = Workflow(
    COMPLAINT,
    (
        _by_body("classify", OPEN, None, guards=(_alone,), effect=handling.classify, event="classified", private=True),
        _by_body("ask", STUDIED, S.INCOMPLETE, guards=(_classified, _alone), effect=handling.ask,
                 event="complainant_asked"),
        _by_body("go_on", frozenset({S.INCOMPLETE}), S.UNDER_STUDY, effect=handling.go_on, event="went_on",
                 private=True),
        _by_body("find", STUDIED | {S.DECIDED}, S.DECIDED, guards=(_classified, _alone), effect=handling.find,
                 event="found", private=True),
        _by_body("answer", frozenset({S.DECIDED}), S.REPLIED, guards=(_alone,), effect=handling.answer,
                 event="answered", replies=True, notify=notifications.tell_answer),
        _by_body("merge", OPEN, None, guards=(_alone,), effect=merging.merge, event="merged", private=True),
        _step(COMPLAINT_FORMS, "close", frozenset({S.REPLIED}), S.CLOSED, (P.CLOSE_CASES,), event="closed"),
        _step(COMPLAINT_FORMS, "reopen", ENDED, S.UNDER_STUDY, (P.REOPEN_CASES,), effect=post_reply.reopen,
              event="reopened", notify=notifications.tell_reopened),
        _by_body("withdraw", OPEN | {S.DECIDED}, S.WITHDRAWN, effect=post_reply.withdraw, event="withdrawn",
                 unattended=True, notify=merging.part),
        _step(COMPLAINT_FORMS, "set_action", ANY, None, HANDLERS, effect=handling.set_action,
              event="action_set", private=True),
        _step(COMPLAINT_FORMS, "name_reader", ANY, None, HANDLERS, effect=confidential_readers.name_reader,
              event="reader_named", private=True),
        _step(COMPLAINT_FORMS, "reopen_request", ANY, None, (P.REOPEN_CASES,), effect=post_reply.reopen_request,
              event="request_reopened"),
        *ON_CASE,
        *BESIDE,
        Transition("write", effect=handling.hear, unattended=True),
        Transition("rate", effect=post_reply.rate, event="rated", unattended=True),
        Transition("close_satisfied", sources=frozenset({S.REPLIED}), target=S.CLOSED, event="closed",
                   unattended=True),
        Transition("object", target=S.UNDER_STUDY, effect=post_reply.object_to, event="objected", unattended=True,
                   notify=notifications.tell_objection),
        Transition("answer_merged", target=S.REPLIED, permissions=HANDLERS,
                   effect=handling.answer_merged, event="answered", replies=True, notify=notifications.tell_answer),
        Transition("part", effect=merging.leave, event="parted", private=True, unattended=True,
                   notify=notifications.tell_handlers),
    ),
    facts_of,
    NotYours,
    added_before=ON_CASE[0].key,
)  # fmt: skip


def _inquiries(kind: str) -> Workflow:
    """The transitions of an inquiry, a suggestion or a call for support."""
    return Workflow(
        kind,
        (
            _step(INQUIRY_FORMS, "answer", UNANSWERED, S.REPLIED, (P.ANSWER_INQUIRIES,),
                  allowed=inquiries.may_answer, effect=inquiries.answer, event="answered", replies=True,
                  notify=notifications.tell_inquiry_answer),
            _step(INQUIRY_FORMS, "route", UNANSWERED, None, (P.ANSWER_INQUIRIES, P.ASSIGN_CASES),
                  offered=_answers, effect=inquiries.route, event="routed", private=True,
                  notify=notifications.tell_officer),
            _step(INQUIRY_FORMS, "close", frozenset({S.REPLIED}), S.CLOSED, (P.CLOSE_CASES, P.ANSWER_INQUIRIES),
                  offered=_answers, event="closed"),
            _step(INQUIRY_FORMS, "reopen", ENDED | {S.REPLIED}, S.RECEIVED, (P.REOPEN_CASES, P.ANSWER_INQUIRIES),
                  offered=_answers, effect=inquiries.reopen, event="reopened", unattended=True,
                  notify=notifications.tell_inquiry_came),
            *ON_CASE,
            *BESIDE,
            Transition("withdraw", sources=UNANSWERED, target=S.WITHDRAWN, event="withdrawn", unattended=True),
            WRITE,
        ),
    )  # fmt: skip


WORKFLOWS = (COMPLAINTS, *(_inquiries(kind) for kind in ASKED))
