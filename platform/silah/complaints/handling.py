"""A complaint in the hands of its body: classified, asked about, found upon, answered."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from silah.cases import clocks, messages, references
from silah.cases.models import Case
from silah.cases.states import ENDED, State
from silah.cases.transitions import Change
from silah.cases.visibility import among, visible
from silah.cases.workflow import perform
from silah.complaints import receiving
from silah.complaints.labels import FINDINGS, SEVERITIES, TOPICS
from silah.complaints.models import Complaint, complaint_of
from silah.complaints.rules import rules
from silah.corrective import service as corrective
from silah.corrective.models import CorrectiveAction
from silah.errors import Invalid
from silah.forms.texts import clean
from silah.organisation.models import Membership
from silah.web.access import Member
from tenants.database import db


def classify(
    change: Change,
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
    case, complaint, by = change.case, complaint_of(change.case), change.member
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
        change.target = State.UNDER_STUDY
        case.holder_id = case.holder_id or by.id
    change.data = {"topic": topic, "severity": severity, "confidential": case.confidential}


def ask(change: Change, question: str) -> None:
    """Ask the complainant; the clock stands still meanwhile, where the association has it so."""
    messages.write(change.case, by=change.member, body=question)
    if rules().pauses:
        clocks.pause(change.case)


def hear(change: Change, body: str) -> None:
    """Take in what the complainant writes; if they were asked, the complaint goes on."""
    messages.receive(change.case, body)
    if change.case.state is State.INCOMPLETE:
        change.target, change.event = State.UNDER_STUDY, "complainant_answered"
        clocks.go_on(change.case)


def go_on(change: Change) -> None:
    """Go on although the complainant has not answered."""
    clocks.go_on(change.case)


def find(change: Change, finding: str, findings: str, answer: str) -> None:
    """Write what was found, and the answer that the complainant will read once it is sent."""
    complaint = complaint_of(change.case)
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
    change.data = {"finding": finding}


def answer(change: Change) -> None:
    """Send the answer, to the complainant and to those whose complaints were merged into this one and not ended."""
    complaint = complaint_of(change.case)
    _answer(change, complaint)
    for other in merged_into(change.case):
        perform(other.case, "answer_merged", change.by, {"first": complaint})


def answer_merged(change: Change, first: Complaint) -> None:
    """Answer a complaint as the one into which it was merged was answered, unless it has ended."""
    if change.case.state in ENDED:
        change.idle = True
        return
    complaint = complaint_of(change.case)
    complaint.finding, complaint.findings, complaint.answer = first.finding, first.findings, first.answer
    _answer(change, complaint)


def set_action(change: Change, what: str, owner: UUID, due_on: date) -> CorrectiveAction:
    """Say what is to be put right; its owner need not see the complaint, and is told only what to do."""
    action = corrective.ask(case_id=change.case.id, what=what, owner=owner, due_on=due_on)
    change.data, change.note = {"due": action.due_on.isoformat()}, action.owner.name
    return action


def merged_into(case: Case) -> list[Complaint]:
    """The complaints that are answered together with this one."""
    return list(db.session.scalars(select(Complaint).where(Complaint.merged_into_id == case.id)))


def _answer(change: Change, complaint: Complaint) -> None:
    complaint.answered_by, complaint.satisfied = change.member.id, None
    change.data = {"finding": complaint.finding, "means": change.case.reply_channel}


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
