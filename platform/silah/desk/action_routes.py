"""The page of each move on a case, and of each answer to a referral."""

from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _l

from silah.cases import referrals, visibility
from silah.cases.models import Referral
from silah.desk import action_execution, actions
from silah.desk.action_forms import AnswerForm, MoveForm, ReasonForm
from silah.desk.case_action import Action, plain
from silah.desk.member import worker
from silah.desk.routes import bp
from silah.errors import NotFound
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, requires


@bp.route("/desk/cases/<uuid:id>/moves/<key>", methods=["GET", "POST"], endpoint="move")
@requires(Permission.SEE_CASES, Permission.SEE_ALL_CASES)
@sent_once
def move(id: UUID, key: str) -> action_execution.Answer:
    """Ask for what the move needs, or make it."""
    member = worker()
    case = visibility.get(id, member)
    action = actions.named(case, key, member)
    if request.method == "POST":
        return action_execution.perform(case, action, member)
    actions.check(action, case, member)
    return action_execution.ask(case, action, member)


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
    action = on_referral(asked, how)
    return (
        action_execution.perform(case, action, member)
        if request.method == "POST"
        else action_execution.ask(case, action, member)
    )


def on_referral(asked: Referral, how: str) -> Action:
    """What can be done to one referral, as an action."""
    return {
        "answer": Action(
            "answer",
            plain(AnswerForm),
            lambda case, form, by: referrals.answer(asked, by=by, text=form.text.data),
            _l("The answer is with the one who asked."),
            asked.question,
            _l("Answer the referral"),
            permission=Permission.ANSWER_REFERRALS,
        ),
        "give_back": Action(
            "give_back",
            plain(ReasonForm),
            lambda case, form, by: referrals.give_back(asked, by=by, reason=form.reason.data),
            _l("Given back to the one who asked."),
            asked.question,
            _l("Give the referral back"),
            permission=Permission.ANSWER_REFERRALS,
        ),
        "call_back": Action(
            "call_back",
            plain(MoveForm),
            lambda case, form, by: referrals.withdraw(asked, by=by),
            _l("The question is withdrawn."),
            asked.question,
            _l("Withdraw the question"),
            kind="danger",
        ),
    }[how]
