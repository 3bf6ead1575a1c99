"""Every transition of a dispute and of a claim for compensation, and those that open one out of another case.

What pages ask for each is in ``transition_forms``; what each does is in the modules named here.
"""

from typing import Any

from silah.cases.states import ENDED, State
from silah.cases.transitions import ANY, CaseFacts, Transition
from silah.cases.workflow import Workflow
from silah.complaints.errors import NotYours
from silah.desk.common_transitions import BESIDE, ON_CASE, WRITE
from silah.settlements import (
    agreements,
    claims,
    external_outcomes,
    grounds,
    guards,
    harm_acknowledgement,
    offer_rules,
    offers,
    payments,
    undertakings,
)
from silah.settlements.models import COMPENSATION, DISPUTE
from silah.settlements.offer_rules import OPEN
from silah.settlements.rules import SPEAKS
from silah.settlements.transition_forms import FORMS, LABELS
from silah.web.access import Member, Permission

S = State
P = Permission
BUSY = frozenset({S.RECEIVED, S.UNDER_STUDY})


def _speaks(facts: CaseFacts, member: Member) -> bool:
    """Only the body that negotiates, and always who may bind the association."""
    return offer_rules.may_speak(facts.case, member)


def _on_body(facts: CaseFacts, member: Member) -> bool:
    """Only the body that negotiates."""
    return offer_rules.sits_on_body(facts.case, member)


def _handles_promises(facts: CaseFacts, member: Member) -> bool:
    return undertakings.may_handle(facts.case, member)


def _follows(facts: CaseFacts, member: Member) -> bool:
    """What follows by itself is made by whoever brought it about."""
    return True


def _names_readers(facts: CaseFacts, member: Member) -> bool:
    return member.may(P.ANSWER_COMPLAINTS)


def _step(
    key: str, sources: frozenset[State], target: State | None, *permissions: Permission, **more: Any
) -> Transition:
    """A transition that the desk offers."""
    return Transition(key, LABELS[key], sources, target, permissions or SPEAKS, form=FORMS[key], **more)


ACCEPT = (
    _step("accept", OPEN, None, P.BIND_ASSOCIATION, allowed=_speaks, guards=(guards.to_accept,),
          effect=offers.approve, event="offer_approved", notify=offers.tell_acceptance),
    _step("offer", OPEN, None, allowed=_speaks, guards=(guards.in_turn,), effect=offers.make,
          notify=offers.tell_offer),
    _step("refuse", OPEN, None, allowed=_speaks, guards=(guards.to_refuse,), effect=offers.refuse,
          event="offer_refused", notify=offers.tell_refusal),
)  # fmt: skip
EVIDENCE = (
    _step("harm", BUSY, None, P.ANSWER_COMPLAINTS, allowed=_on_body, guards=(guards.unacknowledged,),
          effect=harm_acknowledgement.state_harm, event="harm_stated", private=True),
    _step("ground", BUSY, None, allowed=_speaks, effect=grounds.add, event="ground_added"),
)  # fmt: skip
"""What is shown of a claim."""
OUTCOME = (
    _step("pay", frozenset({S.DECIDED, S.REPLIED}), None, allowed=_speaks, guards=(guards.to_pay,),
          effect=payments.pay, notify=payments.tell_payment),
    _step("refer_out", OPEN | {S.REPLIED}, S.REGISTERED, allowed=_speaks,
          guards=(guards.no_offer, guards.not_carried_out), effect=external_outcomes.refer, event="referred_out",
          notify=external_outcomes.tell_referral),
    _step("result", frozenset({S.REGISTERED}), None, allowed=_speaks, guards=(guards.no_result,),
          effect=external_outcomes.keep_result, event="result_known", notify=external_outcomes.tell_result),
    _step("end", OPEN, S.CLOSED, allowed=_speaks, guards=(guards.no_offer,), effect=external_outcomes.end,
          event="ended_without", replies=True, notify=external_outcomes.tell_end),
    _step("close", frozenset({S.REPLIED, S.DELIVERED, S.REGISTERED}), S.CLOSED, P.CLOSE_CASES, P.BIND_ASSOCIATION,
          guards=(guards.all_kept, guards.result_known), effect=external_outcomes.close, event="closed",
          notify=external_outcomes.tell_closing),
    _step("reopen", ENDED, S.UNDER_STUDY, P.REOPEN_CASES, guards=(guards.not_agreed,),
          effect=external_outcomes.reopen, event="reopened", notify=external_outcomes.tell_reopening),
    _step("withdraw", OPEN | {S.REGISTERED}, S.WITHDRAWN, P.ANSWER_COMPLAINTS, allowed=_on_body,
          effect=external_outcomes.withdraw, event="withdrawn", unattended=True),
)  # fmt: skip
NAME_READER = _step(
    "name_reader", ANY, None, P.ANSWER_COMPLAINTS, P.OVERSEE_COMPLAINTS, offered=_names_readers,
    effect=claims.name_reader, event="reader_named", private=True,
)  # fmt: skip
OPEN_DISPUTE, OPEN_CLAIM = (
    _step(f"open_{kind}", ANY, None, *claims.OPENERS, effect=claims.open_case, unattended=True)
    for kind in (DISPUTE, COMPENSATION)
)
UNOFFERED = (
    Transition("counter_offer", sources=OPEN, effect=offers.make, unattended=True, notify=offers.tell_offer),
    Transition("accept_offer", effect=offers.accept, event="offer_accepted", unattended=True,
               notify=offers.tell_acceptance),
    Transition("decline_offer", effect=offers.refuse, event="offer_refused", unattended=True,
               notify=offers.tell_refusal),
    Transition("expire_offer", effect=offers.let_expire, event="offer_expired", unattended=True,
               notify=offers.tell_expiry),
    Transition("agree", allowed=_follows, effect=agreements.agree, event="agreed", unattended=True,
               notify=agreements.tell_both),
    Transition("keep_promise", allowed=_handles_promises, effect=undertakings.mark_kept, event="promise_kept"),
    Transition("hand_in_proof", effect=undertakings.take_proof, event="proof_handed_in", unattended=True,
               notify=undertakings.announce_proof),
    Transition("send_proof_back", allowed=_handles_promises, effect=undertakings.refuse_proof,
               event="proof_sent_back", notify=undertakings.tell_refused_proof),
    WRITE,
)  # fmt: skip
"""What the beneficiary or the system brings about, and what has pages of its own."""

WORKFLOWS = (
    Workflow(
        DISPUTE,
        (*ACCEPT, *OUTCOME, OPEN_CLAIM, NAME_READER, *ON_CASE, *BESIDE, *UNOFFERED),
        not_allowed=NotYours,
    ),
    Workflow(
        COMPENSATION,
        (*ACCEPT, *EVIDENCE, *OUTCOME, NAME_READER, *ON_CASE, *BESIDE, *UNOFFERED),
        not_allowed=NotYours,
    ),
)
ADDED = {"request": (OPEN_DISPUTE, OPEN_CLAIM), "complaint": (OPEN_DISPUTE, OPEN_CLAIM)}
"""What is added to other kinds of case."""
