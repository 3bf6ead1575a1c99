"""A complaint in the hands of its body: classified, asked about, found upon, answered."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from silah import clock
from silah.cases import clocks, messages, notifications, references, timeline
from silah.cases.anonymity import veiled
from silah.cases.models import Case
from silah.cases.states import ENDED, State
from silah.cases.visibility import among, visible
from silah.complaints import receiving
from silah.complaints.labels import FINDINGS, SEVERITIES, TOPICS
from silah.complaints.models import Complaint
from silah.complaints.moves import need, of
from silah.complaints.rules import rules
from silah.errors import Invalid
from silah.forms.texts import clean
from silah.organisation.models import Membership
from silah.web.access import Member
from tenants.database import db


def classify(
    case: Case,
    *,
    by: Member,
    topic: str,
    severity: str,
    member: UUID | None = None,
    about: str | None = None,
    confidential: bool = False,
    retaliation_feared: bool = False,
) -> None:
    """Say what kind of complaint it is, how grave, and about whom or what; whom it is about sees it no longer.

    ``about`` is the reference of the case that it is about, empty where it is about none, None to leave it as it is;
    a link to a case that this member does not see stays.
    """
    timeline.hold(case)
    complaint = of(case)
    need("classify", complaint, by)
    subject = _checked(topic, severity, member)
    complaint.topic, complaint.severity = topic, severity
    complaint.retaliation_feared = retaliation_feared
    if about:
        complaint.about_case = _case_of(about, case, by)
    elif about == "" and complaint.about_case_id and among(by, [complaint.about_case_id]):
        complaint.about_case = None
    if subject is not None:
        complaint.about_member_id = subject.id
    receiving.close_to_subject(case, complaint)
    if confidential:
        receiving.keep_confidential(case, by)
    if case.state is State.RECEIVED:
        case.state = State.UNDER_STUDY
        case.holder_id = case.holder_id or by.id
    data = {"topic": topic, "severity": severity, "confidential": case.confidential}
    timeline.record(case, "classified", by=by, data=data, private=True)


def ask(case: Case, *, by: Member, question: str) -> None:
    """Ask the complainant; the clock stands still meanwhile, where the association has it so."""
    timeline.hold(case)
    need("ask", of(case), by)
    messages.write(case, by=by, body=question)
    case.state = State.INCOMPLETE
    if rules().pauses:
        clocks.pause(case)
    timeline.record(case, "complainant_asked", by=by)


def heard(case: Case, body: str) -> None:
    """The complainant writes; if they were asked, the complaint goes on."""
    with veiled(case):
        timeline.hold(case)
        messages.receive(case, body)
        if case.state is State.INCOMPLETE:
            _go_on(case)
            timeline.record(case, "complainant_answered")


def go_on(case: Case, *, by: Member) -> None:
    """Go on although the complainant has not answered."""
    timeline.hold(case)
    need("go_on", of(case), by)
    _go_on(case)
    timeline.record(case, "went_on", by=by, private=True)


def find(case: Case, *, by: Member, finding: str, findings: str, answer: str) -> None:
    """Write what was found, and the answer that the complainant will read once it is sent."""
    timeline.hold(case)
    complaint = of(case)
    need("find", complaint, by)
    wrong: dict[str, Any] = {}
    if finding not in FINDINGS:
        wrong["finding"] = _("Choose one of the answers.")
    if not clean(findings):
        wrong["findings"] = _("Write what was found.")
    if not clean(answer):
        wrong["answer"] = _("Write the answer to the complainant.")
    if wrong:
        raise Invalid(wrong)
    complaint.finding, complaint.findings, complaint.answer = finding, clean(findings), clean(answer)
    case.state = State.DECIDED
    timeline.record(case, "found", by=by, data={"finding": finding}, private=True)


def answer(case: Case, *, by: Member) -> None:
    """Send the answer, to the complainant and to those whose complaints were merged into this one and not ended."""
    timeline.hold(case)
    complaint = of(case)
    need("answer", complaint, by)
    _answered(case, complaint, by)
    for other in merged_into(case):
        timeline.hold(other.case)
        if other.case.state in ENDED:
            continue
        other.finding, other.findings, other.answer = complaint.finding, complaint.findings, complaint.answer
        _answered(other.case, other, by)


def merged_into(case: Case) -> list[Complaint]:
    """The complaints that are answered together with this one."""
    return list(db.session.scalars(select(Complaint).where(Complaint.merged_into_id == case.id)))


def _answered(case: Case, complaint: Complaint, by: Member) -> None:
    complaint.answered_by, complaint.satisfied = by.id, None
    case.state, case.replied_at = State.REPLIED, clock.day_start() if case.anonymous else clock.now()
    clocks.stop(case)
    timeline.record(case, "answered", by=by, data={"finding": complaint.finding, "means": case.reply_channel})
    notifications.applicant("complaint_answered", case, {"answer": complaint.answer or ""})


def _go_on(case: Case) -> None:
    case.state = State.UNDER_STUDY
    clocks.go_on(case)


def _case_of(reference: str, complaint: Case, by: Member) -> Case:
    """The case of a reference, if this member sees it: of one that is closed to them it is said that there is none."""
    known = references.read(reference)
    rows = select(Case).where(Case.reference == known, Case.id != complaint.id, visible(by))
    found = db.session.scalars(rows).one_or_none() if known else None
    if found is None:
        raise Invalid({"request": _("You have no case with this reference. Check it, or leave this empty.")})
    return found


def _checked(topic: str, severity: str, member: UUID | None) -> Membership | None:
    wrong: dict[str, Any] = {}
    if topic not in TOPICS:
        wrong["topic"] = _("Choose one of the answers.")
    if severity not in SEVERITIES:
        wrong["severity"] = _("Choose one of the answers.")
    subject = db.session.get(Membership, member) if member else None
    if member and subject is None:
        wrong["member"] = _("Choose one of the answers.")
    if wrong:
        raise Invalid(wrong)
    return subject
