"""What can be done to a case of any kind and leaves its state as it is: refer, assign, write."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from silah.cases import assignment, identity, messages, party_corrections, referrals
from silah.cases.contact_tasks import saying
from silah.cases.models import Case, CaseMessage
from silah.cases.transitions import GOING_ON, Change, Transition, TransitionForm, never
from silah.desk import action_choices
from silah.desk import action_forms as forms
from silah.desk.action_forms import plain
from silah.staff import members
from silah.web.access import Member, Permission

P = Permission


def _anybody(facts: Any, member: Member) -> bool:
    """Whoever sees the case."""
    return True


def _may_confirm(facts: Any, member: Member) -> bool:
    """Whoever receives or answers, and may see files."""
    return identity.may_confirm(member)


def _unheld(facts: Any) -> Any:
    """Nobody holds the case."""
    return _l("Somebody holds this case already.") if facts.case.holder_id is not None else None


def _take(change: Change, to: Any = None) -> None:
    assignment.hand_to(change, to or members.get(change.member.id))


def _write(change: Change, body: str) -> CaseMessage:
    return messages.write(change.case, by=change.member, body=body)


def _receive(change: Change, body: str) -> CaseMessage:
    return messages.receive(change.case, body)


def _note(change: Change, body: str) -> CaseMessage:
    return messages.note(change.case, by=change.member, body=body)


def _holds(case: Case, member: Member) -> bool:
    return case.holder_id == member.id


def _read_body(form: forms.BodyForm) -> Mapping[str, Any]:
    return {"body": form.body.data}


REFER = Transition(
    "refer",
    _l("Refer with a question"),
    GOING_ON,
    permissions=(P.REFER_CASES,),
    effect=referrals.ask_role,
    event="referred",
    private=True,
    notify=referrals.tell_role,
    form=TransitionForm(
        action_choices.refer_form,
        _l("Referred. You are told when the answer comes."),
        _l("The case stays with its holder while the question is out."),
        lambda form: {"to_role": form.to_role.data, "question": form.question.data},
        when=action_choices.may_be_referred,
    ),
)
TAKE = Transition(
    "take",
    _l("Take this case"),
    GOING_ON,
    allowed=_anybody,
    guards=(_unheld,),
    effect=_take,
    event="assigned",
    form=TransitionForm(plain(forms.MoveForm), _l("You hold this case."), _l("The case appears under your work.")),
)
ASSIGN = Transition(
    "assign",
    _l("Assign"),
    GOING_ON,
    permissions=(P.ASSIGN_CASES,),
    effect=assignment.hand_to,
    event="assigned",
    notify=assignment.tell_holder,
    form=TransitionForm(
        action_choices.assign_form,
        _l("Assigned."),
        _l("The member whom you choose is told."),
        lambda form: {"to": members.get(UUID(form.to.data))},
    ),
)
PUT_BACK = Transition(
    "put_back",
    _l("Put the case back"),
    GOING_ON,
    allowed=assignment.may_put_back,
    effect=assignment.put_back,
    event="assigned",
    form=TransitionForm(
        plain(forms.MoveForm),
        _l("Nobody holds this case any more."),
        _l("The case goes back among those that nobody holds."),
        when=_holds,
    ),
)
MESSAGE = Transition(
    "message",
    _l("Write to the applicant"),
    permissions=(P.MESSAGE_APPLICANTS,),
    effect=_write,
    form=TransitionForm(
        plain(forms.BodyForm),
        saying(_l("The message is on its way to the applicant.")),
        _l("The applicant is told by the agreed means, and reads it on the tracking page."),
        _read_body,
    ),
)
NOTE = Transition(
    "note",
    _l("Write an internal note"),
    permissions=(P.WRITE_NOTES,),
    effect=_note,
    form=TransitionForm(plain(forms.BodyForm), _l("The note is kept."), _l("Only staff read it."), _read_body),
)


def _end_referral(key: str, label: Any, event: str, form: TransitionForm) -> Transition:
    """One way in which whoever is asked ends a referral."""
    return Transition(
        key,
        label,
        permissions=(P.ANSWER_REFERRALS,),
        effect=referrals.end,
        event=event,
        private=True,
        notify=referrals.tell_asker,
        offered=never,
        form=form,
    )


ANSWER_REFERRAL = _end_referral(
    "answer_referral",
    _l("Answer the referral"),
    "referral_answered",
    TransitionForm(
        plain(forms.AnswerForm),
        _l("The answer is with the one who asked."),
        inputs=lambda form: {"text": form.text.data},
    ),
)
RETURN_REFERRAL = _end_referral(
    "return_referral",
    _l("Give the referral back"),
    "referral_returned",
    TransitionForm(
        plain(forms.ReasonForm),
        _l("Given back to the one who asked."),
        inputs=lambda form: {"text": form.reason.data},
    ),
)
WITHDRAW_REFERRAL = Transition(
    "withdraw_referral",
    _l("Withdraw the question"),
    allowed=_anybody,
    effect=referrals.call_back,
    event="referral_withdrawn",
    private=True,
    offered=never,
    form=TransitionForm(plain(forms.MoveForm), _l("The question is withdrawn."), tone="danger"),
)
WRITE = Transition("write", effect=_receive, unattended=True)
"""What the applicant writes to the association from the tracking page."""
ON_PERSON = (
    Transition(
        "confirm_identity", allowed=_may_confirm, effect=identity.link_file, event="identity_confirmed", private=True
    ),
    Transition(
        "reject_identity", allowed=_may_confirm, effect=identity.unlink_file, event="identity_rejected", private=True
    ),
    Transition(
        "prove_identity", effect=identity.link_candidate, event="identity_confirmed", private=True, unattended=True
    ),
    Transition(
        "correct_party",
        allowed=_may_confirm,
        effect=party_corrections.change_party,
        event="party_corrected",
        private=True,
    ),
)
"""What is said of the people on a case, from pages of their own."""
ON_CASE = (REFER, TAKE, ASSIGN, PUT_BACK, MESSAGE, NOTE)
"""What the page of a case offers, in its order."""
BESIDE = (ANSWER_REFERRAL, RETURN_REFERRAL, WITHDRAW_REFERRAL, *ON_PERSON)
"""What has a page of its own: what is done to one referral, and said of the people on a case."""
