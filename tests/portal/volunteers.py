"""A whole kind of case in sixty lines: a volunteer's offer, recorded, followed, answered and closed."""

from typing import Any

from silah.cases import creation, notifications, receipts
from silah.cases.kinds import Kind
from silah.cases.receipts import ReceivedCase
from silah.cases.states import ENDED, UNANSWERED, State
from silah.cases.transitions import Change, Transition, TransitionForm
from silah.cases.workflow import Workflow
from silah.desk.action_forms import BodyForm, MoveForm, ReasonForm, long_text, plain
from silah.desk.common_transitions import BESIDE, ON_CASE, WRITE
from silah.desk.presenters import CasePresenter
from silah.desk.recording_forms import CameForm
from silah.desk.recording_registry import RecordingPage
from silah.feature import Feature
from silah.portal.tracking_registry import TrackingPage, Withdrawal
from silah.web.access import Permission
from tenants import versions

KEY, P = "volunteer", Permission


class OfferForm(CameForm):
    text = long_text("Offer", "Write what is offered.")


def receive(form: Any, person: Any, by: Any) -> ReceivedCase:
    code, version = receipts.new_code(), versions.in_force(form.came_on.data)
    came = creation.Received(("عرض متطوع", "An offer to help"), form.channel.data, version, person.answers(), by=by)
    case = creation.opened(KEY, code, came)
    creation.record_received(case, came, {"channel": came.channel})
    return ReceivedCase(case, code)


def thank(change: Change, text: str) -> None:
    change.note = text


def step(key: str, sources: Any, target: State, permission: P, form: TransitionForm, **more: Any) -> Transition:
    return Transition(key, key.title(), frozenset(sources), target, (permission,), form=form, **more)


ANSWER = TransitionForm(plain(BodyForm), "Thanked.", inputs=lambda form: {"text": form.body.data})
WORKFLOW = Workflow(KEY, (
    step("thank", UNANSWERED, State.REPLIED, P.ANSWER_INQUIRIES, ANSWER, effect=thank, event="answered", replies=True,
         notify=lambda change: notifications.applicant("message", change.case, {"text": change.note or ""})),
    step("close", {State.REPLIED}, State.CLOSED, P.CLOSE_CASES, TransitionForm(plain(MoveForm), "."), event="closed"),
    step("reopen", ENDED, State.RECEIVED, P.REOPEN_CASES, TransitionForm(plain(ReasonForm), "."), event="reopened"),
    Transition("withdraw", sources=UNANSWERED, target=State.WITHDRAWN, event="withdrawn", unattended=True),
    *ON_CASE, WRITE, *BESIDE,
))  # fmt: skip
VOLUNTEERS = Feature(
    "volunteers",
    workflows=(WORKFLOW,),
    presenters={KEY: CasePresenter(frozenset({"thank", "close"}))},
    case_kinds=(Kind(KEY, "V", "An offer to help", lambda case: case.policy_version.policy.reply_period),),
    tracking={KEY: TrackingPage(Withdrawal("Nobody answers it.", "Thank you all the same.", takes_reason=False))},
    recording=(RecordingPage(KEY, "Record an offer", (P.RECEIVE_REQUESTS,), OfferForm, receive),),
)
