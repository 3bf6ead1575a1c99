"""A complaint comes in: named or anonymous, by the portal or through staff; acknowledged, and put to its body."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from silah.cases import clocks, confidentiality, creation, notifications, paper_day, receipts, references
from silah.cases.anonymity import veiled
from silah.cases.models import Case
from silah.cases.receipts import ReceivedCase
from silah.complaints import bodies, merged_complaints, orphaned_complaints
from silah.complaints.errors import NotAnonymous
from silah.complaints.labels import ABOUT, LONGEST
from silah.complaints.models import COMPLAINT, Complaint
from silah.complaints.rules import rules
from silah.documents.models import StoredFile
from silah.errors import Forbidden, Invalid
from silah.forms.texts import clean
from silah.organisation.models import Membership
from silah.web.access import Member, Permission
from tenants.database import db


@dataclass(frozen=True)
class Told:
    """What a complainant says. ``person`` are the answers of the person's page, empty for an anonymous one."""

    about: str
    text: str
    wanted: str = ""
    name: str = ""
    reference: str = ""
    branch: UUID | None = None
    member: UUID | None = None
    retaliation_feared: bool = False
    anonymous: bool = False
    person: Mapping[str, Any] = field(default_factory=dict)
    locale: str = "ar"
    came_on: date | None = None
    """The day on which it came, where staff record it later."""


def submit(told: Told, files: Sequence[StoredFile] = (), *, by: Member | None = None, channel: str) -> ReceivedCase:
    """Receive a complaint under the policy in force on the day on which it came.

    Raises ``Invalid`` with the fields that are wrong, ``NotAnonymous`` where the association takes named ones only.
    """
    if by is not None and not by.may(Permission.RECEIVE_REQUESTS, Permission.ANSWER_COMPLAINTS):
        raise Forbidden
    if told.anonymous and not rules().anonymous:
        raise NotAnonymous
    paper_day.check_day(told.came_on)
    version = paper_day.get_policy_version(told.came_on)
    _check(told, version.policy.channel(channel))
    if by is not None and (told.member == by.id or by.id in {one.id for one in bodies.meant(told.name)}):
        raise Invalid({"named": _("This may be a complaint about you. A colleague has to record it.")})
    code = receipts.new_code()
    if told.anonymous:
        with veiled():
            return ReceivedCase(_received(told, files, None, channel, code), code)
    return ReceivedCase(_received(told, files, by, channel, code), code)


def _received(told: Told, files: Sequence[StoredFile], by: Member | None, channel: str, code: str) -> Case:
    version = paper_day.get_policy_version(told.came_on)
    came = creation.Received(
        titles=titled(ABOUT[told.about]),
        channel=channel,
        version=version,
        person={"locale": told.locale} if told.anonymous else told.person,
        branch=told.branch,
        by=by,
        anonymous=told.anonymous,
        came_on=told.came_on,
    )
    case = creation.opened(COMPLAINT, code, came)
    complaint = _written(case, told)
    creation.attach(case, files, "complaint", by)
    creation.record_received(case, came, {"channel": channel, "policy": version.number, "about": told.about})
    close_to_subject(case, complaint, told.name)
    clocks.set_clock(case)
    notifications.confirm_receipt("complaint_received", case)
    notifications.members("complaint_came", bodies.told_of(case, complaint.body), case)
    return case


def _written(case: Case, told: Told) -> Complaint:
    complaint = Complaint(
        case_id=case.id,
        about=told.about,
        about_case_id=request_of(told.reference),
        about_member_id=told.member,
        about_branch_id=told.branch if told.about == "branch" else None,
        about_words=clean(told.name),
        about_reference=clean(told.reference) or None,
        text=clean(told.text),
        wanted=clean(told.wanted),
        body=bodies.of_policy(case.policy_version.policy),
        retaliation_feared=told.retaliation_feared,
    )
    complaint.case = case
    db.session.add(complaint)
    db.session.flush()
    return complaint


def close_to_subject(case: Case, complaint: Complaint, name: str = "") -> None:
    """Close the case to whom it is about, or may be about; one about management goes to the board's nominee alone.

    Once it is said who is meant, it is open again to the others whom the name could have meant.
    """
    subject = db.session.get(Membership, complaint.about_member_id) if complaint.about_member_id else None
    if subject is not None:
        confidentiality.unbar(case)
        confidentiality.bar(case, [subject], "subject")
    elif name:
        confidentiality.bar(case, bodies.meant(name), "interest")
    merged_complaints.share_bars(merged_complaints.together(case))
    suspected = [subject] if subject else bodies.meant(name)
    if any(bodies.manages(one) for one in suspected):
        above(case, complaint)
    elif bodies.seated(complaint.body) and not bodies.handlers(case, complaint.body):
        complaint.body = bodies.after_objection(complaint.body)


def above(case: Case, complaint: Complaint) -> None:
    """Put a complaint past management: to the board's nominee, and open to nobody else."""
    complaint.body = rules().above_management
    confidentiality.confide(case)
    confidentiality.forget_readers(case)
    confidentiality.name_readers(case, bodies.handlers(case, complaint.body), None)
    orphaned_complaints.watch(case)


def keep_confidential(case: Case, by: Member) -> None:
    """Open the complaint to named people only: to begin with, whoever says so and whoever holds it."""
    confidentiality.confide(case)
    holders = {by.id} | ({case.holder_id} if case.holder_id else set())
    rows = db.session.scalars(select(Membership).where(Membership.id.in_(holders)))
    confidentiality.name_readers(case, list(rows), by)
    orphaned_complaints.watch(case)


def titled(words: Any) -> tuple[str, str]:
    """A title in Arabic and in English."""
    made = []
    for language in ("ar", "en"):
        with force_locale(language):
            made.append(str(words))
    return made[0], made[1]


def request_of(typed: str) -> UUID | None:
    """The request of a typed reference, if there is one."""
    reference = references.read(typed) if typed else None
    found = select(Case.id).where(Case.reference == reference, Case.kind == "request")
    return db.session.scalar(found) if reference else None


def _check(told: Told, channel: Any) -> None:
    wrong: dict[str, Any] = {}
    if told.about not in ABOUT:
        wrong["about"] = _("Choose one of the answers.")
    if not clean(told.text):
        wrong["text"] = _("Write what happened.")
    elif len(told.text) > LONGEST:
        wrong["text"] = _("Write at most %(count)s characters.", count=LONGEST)
    if channel is None or not channel.inbound or channel.retired:
        wrong["channel"] = _("The policy has no such channel.")
    if not told.anonymous and not told.person.get("name"):
        wrong["name"] = _("The complainant's name is needed.")
    if wrong:
        raise Invalid(wrong)
