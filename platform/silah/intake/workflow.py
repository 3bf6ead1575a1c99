"""Every transition of a request: from where, by whom, and what it needs. The policy of the case's version decides more.

What pages ask for each is in ``transition_forms``; what each does is in the modules named here.
"""

from typing import Any

from silah.cases.states import ENDED, UNANSWERED, State
from silah.cases.transitions import ANY, Transition
from silah.cases.workflow import Workflow
from silah.desk.common_transitions import ASSIGN, BESIDE, MESSAGE, NOTE, PUT_BACK, REFER, TAKE, WRITE
from silah.intake import attestations, delivery, guards, notifications, providing, scheduling, service, study
from silah.intake.facts import facts_of
from silah.intake.guards import Facts
from silah.intake.models import KIND
from silah.intake.transition_forms import FORMS, LABELS
from silah.organisation import bodies
from silah.web.access import Member, Permission

S = State
P = Permission
CHANGEABLE = frozenset({S.RECEIVED, S.INCOMPLETE, S.COMPLETE})


def _studies(facts: Facts, member: Member) -> bool:
    return bodies.studies(member, facts.policy)


def _decides(facts: Facts, member: Member) -> bool:
    return bodies.decides(member, facts.policy)


def _in_meeting(facts: Facts, member: Member) -> bool:
    """The vote of the meeting is the authority of whoever conducts it."""
    return True


def _in_time(facts: Facts, member: Member) -> bool:
    """Before a floor's earliest date a reply is offered only to those who may send it with a reason."""
    return not facts.early or member.may(P.RELEASE_EARLY)


def _step(key: str, sources: frozenset[State], target: State | None, permission: Permission, **more: Any) -> Transition:
    """A transition that the desk offers."""
    return Transition(key, LABELS[key], sources, target, (permission,), form=FORMS[key], **more)


MAIN = (
    _step("ask_for", CHANGEABLE, S.INCOMPLETE, P.CHECK_COMPLETENESS, effect=service.ask_for, event="asked_for",
          notify=notifications.tell_missing),
    _step("find_complete", CHANGEABLE - {S.COMPLETE}, S.COMPLETE, P.CHECK_COMPLETENESS, guards=(guards.signed,),
          effect=service.find_complete, event="complete", notify=notifications.tell_complete),
    _step("send", frozenset({S.COMPLETE}), S.UNDER_STUDY, P.CHECK_COMPLETENESS, guards=(guards.attested,),
          effect=study.send, event="sent_for_study"),
    _step("recommend", frozenset({S.UNDER_STUDY}), S.RECOMMENDED, P.STUDY_REQUESTS, guards=(guards.committee,),
          allowed=_studies, effect=study.recommend, event="recommended", private=True),
    _step("decide", frozenset({S.UNDER_STUDY, S.RECOMMENDED}), S.DECIDED, P.DECIDE_REQUESTS,
          guards=(guards.recommended, guards.alone), allowed=_decides, effect=study.decide, event="decided",
          private=True),
    _step("release", frozenset({S.DECIDED}), S.REPLIED, P.RELEASE_REPLIES, offered=_in_time, effect=study.release,
          event="released", replies=True, notify=notifications.tell_reply),
    _step("schedule", frozenset({S.DECIDED}), None, P.RELEASE_REPLIES, guards=(guards.early, guards.unscheduled),
          effect=scheduling.schedule_reply, event="reply_scheduled", private=True),
    _step("unschedule", frozenset({S.DECIDED}), None, P.RELEASE_REPLIES, guards=(guards.scheduled,),
          effect=scheduling.cancel_scheduled, event="reply_unscheduled", private=True),
    _step("register", frozenset({S.REPLIED}), S.REGISTERED, P.DELIVER_SERVICES,
          guards=(guards.registers, guards.accepted), effect=delivery.register, event="registered",
          notify=notifications.tell_registered),
    _step("deliver", frozenset({S.REPLIED, S.REGISTERED}), S.DELIVERED, P.DELIVER_SERVICES,
          guards=(guards.accepted, guards.delivers), effect=delivery.deliver, event="delivered",
          notify=notifications.tell_delivered),
    _step("close", frozenset({S.REPLIED, S.REGISTERED, S.DELIVERED}), S.CLOSED, P.CLOSE_CASES,
          guards=(guards.fulfilled,), event="closed", notify=notifications.tell_closed),
    _step("reopen", ENDED, None, P.REOPEN_CASES, effect=service.reopen, event="reopened",
          notify=notifications.tell_reopened),
    _step("withdraw", UNANSWERED, S.WITHDRAWN, P.RECEIVE_REQUESTS, effect=service.withdraw, event="withdrawn",
          unattended=True, notify=notifications.tell_withdrawn),
)  # fmt: skip
"""The way of a request, in its order."""
ATTEST = _step(
    "attest", ANY, None, P.ATTEST_FOR_APPLICANT, effect=attestations.attest, event="attested", unattended=True
)
CONFIRM = _step("confirm", ANY, None, P.DELIVER_SERVICES, effect=delivery.confirm, event="confirmed", unattended=True)
PROVIDERS = (P.CHECK_COMPLETENESS, P.RECEIVE_REQUESTS)
UNOFFERED = (
    Transition("ask_at_receipt", sources=frozenset({S.RECEIVED}), target=S.INCOMPLETE, effect=service.ask_at_receipt,
               event="asked_for", unattended=True),
    Transition("complete_at_receipt", sources=frozenset({S.RECEIVED}), target=S.COMPLETE,
               effect=service.complete_at_receipt, event="complete", unattended=True),
    Transition("complete_once_signed", sources=CHANGEABLE, target=S.COMPLETE, effect=service.complete_once_signed,
               event="complete", unattended=True),
    Transition("provide_document", permissions=PROVIDERS, effect=providing.provide_document, event="provided",
               unattended=True, notify=providing.announce),
    Transition("provide_answers", permissions=PROVIDERS, effect=providing.provide_answers, event="provided",
               unattended=True, notify=providing.announce),
    Transition("void_attestation", permissions=PROVIDERS, effect=attestations.void, event="attestation_voided",
               unattended=True, notify=notifications.tell_to_attest_again),
    Transition("decide_in_meeting", sources=frozenset({S.UNDER_STUDY, S.RECOMMENDED}), target=S.DECIDED,
               allowed=_in_meeting, guards=(guards.recommended,), effect=study.decide_in_meeting, event="decided",
               private=True),
    Transition("revise", sources=ENDED | {S.REPLIED, S.REGISTERED}, permissions=(P.REOPEN_CASES,),
               effect=service.reopen, event="reopened", notify=notifications.tell_reopened),
)  # fmt: skip
"""What the applicant, a committee, a complaint or the system brings about."""

WORKFLOW = Workflow(
    KIND,
    (*MAIN, ATTEST, REFER, TAKE, ASSIGN, PUT_BACK, CONFIRM, MESSAGE, NOTE, *BESIDE, WRITE, *UNOFFERED),
    facts_of,
    added_before=MESSAGE.key,
)  # fmt: skip
