"""What can be done to a case from its page: one table of the form, the deed and the words of each.

Moves between states stand in ``silah.intake.moves``, which also says when each is legal; beside them are the deeds
that leave the state as it is. ``possible`` is what the head of the page offers, ``check`` what an address may do.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah.access import Member, Permission
from silah.cases import assignment, messages, referrals
from silah.cases.errors import NotLegal
from silah.cases.models import Case
from silah.cases.states import ENDED
from silah.desk import move_forms as forms
from silah.desk import offered
from silah.errors import Conflict, Forbidden, NotFound
from silah.intake import attestations, delivery, moves, service, study
from silah.intake.facts import facts_of
from silah.staff import members

P = Permission
Do = Callable[[Case, Any, Member], Any]
Build = Callable[[Case, Member], forms.MoveForm]


@dataclass(frozen=True)
class Action:
    """One deed: its form, what it does, what it is called, what is said before and after, and how grave it is."""

    key: str
    build: Build
    do: Do
    said: Any
    lead: Any = ""
    label: Any = ""
    kind: str = "primary"
    permission: Permission | None = None
    when: Callable[[Case, Member], bool] = lambda case, member: True

    @property
    def move(self) -> moves.Move | None:
        """The move between states that this is; None for a deed that leaves the state."""
        return moves.BY_KEY.get(self.key)

    @property
    def words(self) -> Any:
        """What the button says."""
        return self.move.label if self.move else self.label


def plain(form: type[forms.MoveForm]) -> Build:
    """A form that is the same for every case."""
    return lambda case, member: form()


MOVES = (
    Action(
        "find_complete",
        plain(forms.MoveForm),
        lambda case, form, by: service.find_complete(case, by=by),
        _l("Recorded as complete."),
        _l("Completeness is dated on the day on which the last piece came. The applicant is told."),
    ),
    Action(
        "ask_for",
        offered.ask_form,
        lambda case, form, by: service.ask_for(case, offered.chosen_items(form), by=by, remark=form.remark.data or ""),
        _l("The applicant has been asked."),
        _l("The applicant is told what is needed, and can add it from the tracking page."),
    ),
    Action(
        "send",
        plain(forms.MoveForm),
        lambda case, form, by: study.send(case, by=by),
        _l("Sent for study."),
        _l("From here on the request is with those who study it."),
    ),
    Action(
        "recommend",
        offered.outcome_form,
        lambda case, form, by: study.recommend(case, by=by, outcome=form.outcome.data, reasons=form.reasons.data),
        _l("The recommendation is recorded."),
        _l("The recommendation goes to the body that decides. The applicant does not see it."),
    ),
    Action(
        "decide",
        offered.outcome_form,
        lambda case, form, by: study.decide(case, by=by, outcome=form.outcome.data, reasons=form.reasons.data),
        _l("The decision is recorded. The reply is not sent until it is released."),
        _l("The reasons are part of the reply: write them for the applicant to read."),
    ),
    Action(
        "release",
        plain(forms.ReleaseForm),
        lambda case, form, by: study.release(case, by=by, early_reason=form.early_reason.data or None),
        _l("The reply is on its way."),
        _l("The letter is made and sent by the agreed means. This cannot be taken back."),
    ),
    Action(
        "register",
        plain(forms.RemarkForm),
        lambda case, form, by: delivery.register(case, by=by, note=form.remark.data or ""),
        _l("Registration is completed."),
        _l("The applicant is told that the registration is complete."),
    ),
    Action(
        "deliver",
        plain(forms.DeliverForm),
        lambda case, form, by: delivery.deliver(case, by=by, what=form.what.data, on=form.on.data),
        _l("The delivery is recorded."),
        _l("The recipient is told, and can confirm from the tracking page."),
    ),
    Action(
        "close",
        plain(forms.MoveForm),
        lambda case, form, by: service.close(case, by=by),
        _l("The case is closed."),
        _l("Nothing more is owed on this case. It can be reopened with a reason."),
    ),
    Action(
        "reopen",
        plain(forms.ReasonForm),
        lambda case, form, by: service.reopen(case, by=by, reason=form.reason.data),
        _l("The case is open again."),
        _l("The applicant is told that the case is open again, and why."),
    ),
    Action(
        "withdraw",
        plain(forms.ReasonForm),
        lambda case, form, by: service.withdraw(case, reason=form.reason.data, by=by),
        _l("The request is withdrawn."),
        _l("Withdraw only at the applicant's wish. No reply is owed after it."),
        kind="danger",
    ),
)


def going_on(case: Case, member: Member) -> bool:
    """The case has not ended."""
    return case.state not in ENDED


def take(case: Case, form: forms.MoveForm, by: Member) -> None:
    """Take a case that nobody holds."""
    assignment.assign(case, by=by, to=members.get(by.id))


def attest(case: Case, form: forms.AttestForm, by: Member) -> None:
    """Take the applicant's signature, drawn or on paper."""
    drawn = form.method.data == "drawn"
    signature = form.signature.data if drawn else form.paper.data
    attestations.sign(case, form.method.data, form.signed_by.data, signature=signature, by=by)


DEEDS = (
    Action(
        "attest",
        offered.attest_form,
        attest,
        _l("The attestation is recorded."),
        label=_l("Take the attestation"),
        permission=P.ATTEST_FOR_APPLICANT,
        when=offered.lacks_attestation,
    ),
    Action(
        "refer",
        offered.refer_form,
        lambda case, form, by: referrals.refer(case, by=by, to_role=form.to_role.data, question=form.question.data),
        _l("Referred. You are told when the answer comes."),
        _l("The case stays with its holder while the question is out."),
        _l("Refer with a question"),
        permission=P.REFER_CASES,
        when=offered.may_be_referred,
    ),
    Action(
        "take",
        plain(forms.MoveForm),
        take,
        _l("You hold this case."),
        _l("The case appears under your work."),
        _l("Take this case"),
        when=lambda case, member: going_on(case, member) and case.holder_id is None,
    ),
    Action(
        "assign",
        offered.assign_form,
        lambda case, form, by: assignment.assign(case, by=by, to=members.get(UUID(form.to.data))),
        _l("Assigned."),
        _l("The member whom you choose is told."),
        _l("Assign"),
        permission=P.ASSIGN_CASES,
        when=going_on,
    ),
    Action(
        "put_back",
        plain(forms.MoveForm),
        lambda case, form, by: assignment.release(case, by=by),
        _l("Nobody holds this case any more."),
        _l("The case goes back among those that nobody holds."),
        _l("Put the case back"),
        when=lambda case, member: going_on(case, member) and case.holder_id == member.id,
    ),
    Action(
        "confirm",
        plain(forms.ConfirmForm),
        lambda case, form, by: delivery.confirm(case, form.how.data, by=by),
        _l("The confirmation is recorded."),
        _l("The recipient says that what was delivered has arrived."),
        _l("Record the recipient's confirmation"),
        permission=P.DELIVER_SERVICES,
        when=offered.awaits_confirmation,
    ),
    Action(
        "message",
        plain(forms.BodyForm),
        lambda case, form, by: messages.write(case, by=by, body=form.body.data),
        _l("The message is on its way to the applicant."),
        _l("The applicant is told by the agreed means, and reads it on the tracking page."),
        _l("Write to the applicant"),
        permission=P.MESSAGE_APPLICANTS,
    ),
    Action(
        "note",
        plain(forms.BodyForm),
        lambda case, form, by: messages.note(case, by=by, body=form.body.data),
        _l("The note is kept."),
        _l("Only staff read it."),
        _l("Write an internal note"),
        permission=P.WRITE_NOTES,
    ),
)

ACTIONS = {action.key: action for action in (*MOVES, *DEEDS)}
WRITTEN_IN_PLACE = frozenset({"message", "note"})
"""Written under the story on the case's own page, and so not offered as buttons."""


def possible(case: Case, member: Member) -> list[Action]:
    """What this member may do now: first the moves onward, in their order, then the other deeds."""
    legal = [ACTIONS[move.key] for move in moves.legal(case, member)]
    return legal + [deed for deed in deeds(case, member) if deed.key not in WRITTEN_IN_PLACE]


def deeds(case: Case, member: Member) -> Iterator[Action]:
    """The deeds that leave the state, as far as they are possible now."""
    return (deed for deed in DEEDS if allowed(deed, member) and deed.when(case, member))


def allowed(action: Action, member: Member) -> bool:
    """Whether the member holds the permission that the action takes."""
    permission = action.move.permission if action.move else action.permission
    return permission is None or member.may(permission)


def named(key: str, member: Member) -> Action:
    """The action of an address; raises NotFound, or Forbidden where the member never may."""
    action = ACTIONS.get(key)
    if action is None:
        raise NotFound
    if not allowed(action, member):
        raise Forbidden
    return action


def check(action: Action, case: Case, member: Member) -> None:
    """Raise Forbidden, or NotLegal with the reason, unless the action is possible on the case as it stands."""
    if action.move is not None:
        moves.need(action.key, facts_of(case), member)
    elif not action.when(case, member):
        raise NotLegal(_("This is not possible on the case as it stands."))


def is_possible(action: Action, case: Case, member: Member) -> bool:
    """Whether ``check`` would pass."""
    try:
        check(action, case, member)
    except (Forbidden, Conflict):
        return False
    return True
