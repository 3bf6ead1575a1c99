"""Who is told of the transitions of a complaint or an inquiry."""

from silah.cases import notifications
from silah.cases.responsibility import list_responsible
from silah.cases.transitions import Change
from silah.complaints import bodies
from silah.complaints.models import complaint_of


def tell_answer(change: Change) -> None:
    """Send the complainant the answer."""
    notifications.applicant("complaint_answered", change.case, {"answer": complaint_of(change.case).answer or ""})


def tell_reopened(change: Change) -> None:
    """Tell the applicant that the case is open again, and why."""
    notifications.applicant("reopened", change.case, {"reason": change.note or ""})


def tell_objection(change: Change) -> None:
    """Confirm the objection to the complainant, and tell the body that hears it."""
    notifications.applicant("complaint_objected", change.case)
    tell_handlers(change)


def tell_handlers(change: Change) -> None:
    """Tell those who handle a complaint that it is to be handled."""
    handlers = bodies.handlers(change.case, complaint_of(change.case).body)
    notifications.members("complaint_came", handlers, change.case)


def tell_inquiry_answer(change: Change) -> None:
    """Send the answer to whoever asked."""
    notifications.applicant("inquiry_answered", change.case, {"answer": change.result})


def tell_inquiry_came(change: Change) -> None:
    """Tell who answers for the inquiry that it is to be answered."""
    notifications.members("inquiry_came", list_responsible(change.case), change.case)


def tell_officer(change: Change) -> None:
    """Tell the liaison officer of the field to which an inquiry was given, unless they gave it to themselves."""
    holder = change.case.holder
    if holder is not None and holder.id != change.member.id:
        notifications.member("inquiry_came", holder, change.case)
