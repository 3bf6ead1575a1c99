"""After the answer: the complainant's satisfaction, one objection, closing, reopening, and a request taken up again."""

from datetime import date, timedelta

from flask_babel import gettext as _

from silah import clock
from silah.cases import clocks, confidentiality, kinds, messages, notifications, referrals, timeline
from silah.cases.anonymity import veiled
from silah.cases.models import Case
from silah.cases.states import ENDED, State
from silah.complaints import bodies, merging, orphaned_complaints, receiving
from silah.complaints.errors import ObjectedAlready, TooLate
from silah.complaints.models import Complaint
from silah.complaints.moves import need, of
from silah.complaints.rules import rules
from silah.errors import Conflict, Forbidden, Invalid
from silah.forms.texts import clean
from silah.web.access import Member, Permission


def rate(case: Case, *, satisfied: bool) -> None:
    """The complainant says whether the answer satisfies them; one who is satisfied closes the complaint."""
    with veiled(case):
        timeline.hold(case)
        complaint = of(case)
        if case.state is not State.REPLIED or complaint.satisfied is not None:
            raise Conflict
        complaint.satisfied = satisfied
        timeline.record(case, "rated", data={"satisfied": satisfied})
        if satisfied:
            _end(case, State.CLOSED, None)
            timeline.record(case, "closed")


def may_object(case: Case, complaint: Complaint) -> bool:
    """Whether the complainant can still object: once, and within the days that the association gives."""
    answered = case.state is State.REPLIED or (case.state is State.CLOSED and case.replied_at is not None)
    return answered and complaint.objected_on is None and clock.today() <= _until(case)


def object_to(case: Case, reasons: str) -> None:
    """The complainant objects to the answer: a higher body hears it, within the complaint period counted anew."""
    with veiled(case):
        timeline.hold(case)
        complaint = of(case)
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
        _heard_above(case, complaint)


def _heard_above(case: Case, complaint: Complaint) -> None:
    higher = bodies.after_objection(complaint.body)
    if higher == rules().above_management:
        receiving.above(case, complaint)
    elif case.confidential:
        confidentiality.name_readers(case, bodies.handlers(case, higher), None)
        orphaned_complaints.watch(case)
    complaint.body, complaint.level, case.holder = higher, 0, None
    complaint.merged_into_id = None
    case.state, case.replied_at, case.closed_at = State.UNDER_STUDY, None, None
    case.completed_on, case.pauses = clock.today(), []
    timeline.record(case, "objected", data={"to": higher})
    clocks.set_clock(case)
    notifications.applicant("complaint_objected", case)
    notifications.members("complaint_came", bodies.handlers(case, higher), case)


def close(case: Case, *, by: Member) -> None:
    """Close a complaint that was answered."""
    timeline.hold(case)
    need("close", of(case), by)
    _end(case, State.CLOSED, by)
    timeline.record(case, "closed", by=by)


def reopen(case: Case, *, by: Member, reason: str) -> None:
    """Take up an ended complaint again, with a reason; its period is counted anew."""
    timeline.hold(case)
    need("reopen", of(case), by)
    if not clean(reason):
        raise Invalid({"reason": _("Write the reason.")})
    complaint = of(case)
    _kept(case, complaint)
    complaint.merged_into_id = None
    case.state, case.closed_at, case.replied_at = State.UNDER_STUDY, None, None
    case.completed_on, case.pauses = clock.today(), []
    if case.confidential:
        orphaned_complaints.watch(case)
    timeline.record(case, "reopened", by=by, data={"to": case.state.value}, note=clean(reason))
    clocks.set_clock(case)
    notifications.applicant("reopened", case, {"reason": clean(reason)})


def withdraw(case: Case, *, reason: str = "", by: Member | None = None) -> None:
    """The complainant takes the complaint back before it is answered."""
    with veiled(case):
        timeline.hold(case)
        need("withdraw", of(case), by)
        _end(case, State.WITHDRAWN, by)
        timeline.record(case, "withdrawn", by=by, note=clean(reason) or None)
        merging.part(case)


def reopen_request(case: Case, *, by: Member, reason: str) -> Case:
    """Take up again the request whose decision was complained about; on record on both.

    On the request only those read of the complaint who may see it: neither its applicant nor whom it is about.
    """
    complaint = of(case)
    request = complaint.about_case
    revise = kinds.of(request).revise if request is not None else None
    if request is None or revise is None:
        raise Conflict
    if not by.may(Permission.REOPEN_CASES):
        raise Forbidden
    if complaint.finding not in ("upheld", "partly"):
        raise Conflict(_("Only a complaint that was found justified takes its request up again."))
    revise(request, by, reason)
    timeline.record(request, "reopened_by_complaint", by=by, data={"complaint": case.reference}, private=True)
    timeline.record(case, "request_reopened", by=by, data={"request": request.reference})
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


def _end(case: Case, state: State, by: Member | None) -> None:
    if case.state in ENDED:
        raise Conflict
    case.state, case.closed_at = state, clock.now()
    clocks.stop(case)
    referrals.end_all(case, by=by)
