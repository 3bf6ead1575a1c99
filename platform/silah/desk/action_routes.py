"""The page of each transition of a case, and of each answer to a referral."""

from dataclasses import replace
from uuid import UUID

from flask import request

from silah.cases import referrals, visibility
from silah.cases.transitions import never
from silah.desk import action_execution, actions
from silah.desk.member import worker
from silah.desk.routes import bp
from silah.errors import NotFound
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, requires

ON_PAGE = {"answer": "answer_referral", "give_back": "return_referral", "call_back": "withdraw_referral"}
"""Which transition each page of a referral makes."""


@bp.route("/desk/cases/<uuid:id>/moves/<key>", methods=["GET", "POST"], endpoint="move")
@requires(Permission.SEE_CASES, Permission.SEE_ALL_CASES)
@sent_once
def move(id: UUID, key: str) -> action_execution.Answer:
    """Ask for what the transition needs, or make it."""
    member = worker()
    case = visibility.get(id, member)
    transition = actions.get_transition(case, key, member)
    if transition.offered is never:
        raise NotFound  # it has a page of its own, which knows what it is about
    if request.method == "POST":
        return action_execution.perform(case, transition, member)
    actions.check(transition, case, member)
    return action_execution.ask(case, transition, member)


@bp.route(
    "/desk/cases/<uuid:id>/referrals/<uuid:referral_id>/<any(answer, give_back, call_back):how>",
    methods=["GET", "POST"],
    endpoint="referral",
)
@requires(Permission.ANSWER_REFERRALS, Permission.REFER_CASES, Permission.ASSIGN_CASES)
@sent_once
def referral(id: UUID, referral_id: UUID, how: str) -> action_execution.Answer:
    """Answer what was referred, give it back with a reason, or withdraw the question."""
    member = worker()
    case, asked = visibility.get(id, member), referrals.get(referral_id, member)
    if asked.case_id != case.id:
        raise NotFound
    found = actions.get_transition(case, ON_PAGE[how], member)
    transition = replace(found, form=replace(actions.form_of(found), lead=asked.question))
    if request.method == "POST":
        return action_execution.perform(case, transition, member, {"referral": asked})
    return action_execution.ask(case, transition, member)
