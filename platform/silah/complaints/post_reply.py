"""After the answer: the complainant's satisfaction, one objection, closing, reopening, and a request taken up again."""

from datetime import date, timedelta

from flask_babel import gettext as _

from silah import clock
from silah.cases import confidentiality, messages, timeline, workflow
from silah.cases.models import Case
from silah.cases.states import State
from silah.cases.transitions import Change
from silah.complaints import bodies, orphaned_complaints, receiving
from silah.complaints.errors import ObjectedAlready, TooLate
from silah.complaints.models import Complaint, complaint_of
from silah.complaints.rules import rules
from silah.errors import Conflict, Invalid
from silah.forms.texts import clean
from silah.web.access import Member

REVISE = "revise"
"""The transition by which a kind of case is decided anew once a complaint found its reply wrong."""


def rate(change: Change, satisfied: bool) -> None:
    """Keep whether the answer satisfies the complainant; one who is satisfied closes the complaint."""
    complaint = complaint_of(change.case)
    if change.case.state is not State.REPLIED or complaint.satisfied is not None:
        raise Conflict
    complaint.satisfied = satisfied
    change.data = {"satisfied": satisfied}
    if satisfied:
        change.followed_by.append(("close_satisfied", None))


def may_object(case: Case, complaint: Complaint) -> bool:
    """Whether the complainant can still object: once, and within the days that the association gives."""
    answered = case.state is State.REPLIED or (case.state is State.CLOSED and case.replied_at is not None)
    return answered and complaint.objected_on is None and clock.today() <= _until(case)


def object_to(change: Change, reasons: str) -> None:
    """The complainant objects to the answer: a higher body hears it, within the complaint period counted anew."""
    case, complaint = change.case, complaint_of(change.case)
    if complaint.objected_on is not None:
        raise ObjectedAlready
    if case.replied_at is None:
        raise Conflict
    if clock.today() > _until(case):
        raise TooLate
    if not clean(reasons):
        raise Invalid({"reasons": _("Write why you object.")})
    _kept(case, complaint)
    complaint.objection, complaint.objected_on = clean(reasons), clock.today()
    messages.keep(case, "in", complaint.objection)
    change.data = {"to": _put_above(case, complaint)}


def _put_above(case: Case, complaint: Complaint) -> str:
    higher = bodies.after_objection(complaint.body)
    if higher == rules().above_management:
        receiving.above(case, complaint)
    elif case.confidential:
        confidentiality.name_readers(case, bodies.handlers(case, higher), None)
        orphaned_complaints.watch(case)
    complaint.body, complaint.level, case.holder = higher, 0, None
    complaint.merged_into_id = None
    case.completed_on, case.pauses = clock.today(), []
    return higher


def reopen(change: Change, reason: str) -> None:
    """Take up an ended complaint again, with a reason; its period is counted anew."""
    case, complaint = change.case, complaint_of(change.case)
    if not clean(reason):
        raise Invalid({"reason": _("Write the reason.")})
    _kept(case, complaint)
    complaint.merged_into_id = None
    case.completed_on, case.pauses = clock.today(), []
    if case.confidential:
        orphaned_complaints.watch(case)
    change.data, change.note = {"to": State.UNDER_STUDY.value}, clean(reason)


def withdraw(change: Change, reason: str = "") -> None:
    """Take the complaint back before it is answered, at the complainant's wish."""
    change.note = clean(reason) or None


def may_reopen_request(case: Case, member: Member) -> bool:
    """Whether the complaint was found justified and is about a case that can be decided anew."""
    complaint = complaint_of(case)
    request = complaint.about_case
    return request is not None and workflow.has(request, REVISE) and complaint.finding in ("upheld", "partly")


def reopen_request(change: Change, reason: str) -> Case:
    """Take up again the request whose decision was complained about; on record on both.

    On the request only those read of the complaint who may see it: neither its applicant nor whom it is about.
    """
    case, by, complaint = change.case, change.member, complaint_of(change.case)
    request = complaint.about_case
    if request is None or not workflow.has(request, REVISE):
        raise Conflict
    if complaint.finding not in ("upheld", "partly"):
        raise Conflict(_("Only a complaint that was found justified takes its request up again."))
    workflow.perform(request, REVISE, by, {"reason": reason})
    timeline.record(request, "reopened_by_complaint", by=by, data={"complaint": case.reference}, private=True)
    change.data = {"request": request.reference}
    return request


def _kept(case: Case, complaint: Complaint) -> None:
    """What was found and answered stays among the messages, for whoever it was written for; it is written anew."""
    if case.replied_at is not None and complaint.answer:
        messages.keep(
            case, "note", complaint.findings or complaint.answer, by=complaint.answered_by, at=case.replied_at
        )
        messages.keep(case, "out", complaint.answer, by=complaint.answered_by, at=case.replied_at)
        complaint.finding = complaint.findings = complaint.answer = None


def _until(case: Case) -> date:
    return clock.day_of(case.replied_at or clock.now()) + timedelta(days=rules().objection_days)
