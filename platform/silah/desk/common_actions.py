"""What is done beside the moves and leaves the state as it is: refer, assign, write."""

from uuid import UUID

from flask_babel import lazy_gettext as _l

from silah.cases import assignment, messages, referrals
from silah.cases.contact_tasks import saying
from silah.cases.models import Case
from silah.cases.states import ENDED
from silah.desk import action_choices
from silah.desk import action_forms as forms
from silah.desk.case_action import Action, plain
from silah.staff import members
from silah.web.access import Member, Permission

P = Permission


def going_on(case: Case, member: Member) -> bool:
    """The case has not ended."""
    return case.state not in ENDED


def take(case: Case, form: forms.MoveForm, by: Member) -> None:
    """Take a case that nobody holds."""
    assignment.assign(case, by=by, to=members.get(by.id))


SHARED = (
    Action(
        "refer",
        action_choices.refer_form,
        lambda case, form, by: referrals.refer(case, by=by, to_role=form.to_role.data, question=form.question.data),
        _l("Referred. You are told when the answer comes."),
        _l("The case stays with its holder while the question is out."),
        _l("Refer with a question"),
        permission=P.REFER_CASES,
        when=action_choices.may_be_referred,
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
        action_choices.assign_form,
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
        "message",
        plain(forms.BodyForm),
        lambda case, form, by: messages.write(case, by=by, body=form.body.data),
        saying(_l("The message is on its way to the applicant.")),
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
"""What can be done to a case of any kind."""
