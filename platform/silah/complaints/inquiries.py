"""Inquiries, suggestions and technical support: asked, routed to the liaison officer, answered, made public."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from silah import clock
from silah.cases import clocks, creation, kinds, messages, notifications, paper_day, receipts, referrals, timeline
from silah.cases.errors import NotLegal
from silah.cases.models import Case
from silah.cases.receipts import ReceivedCase
from silah.cases.responsibility import list_responsible, mark_unread
from silah.cases.states import ENDED, UNANSWERED, State
from silah.complaints import liaison_areas
from silah.complaints.labels import LONGEST
from silah.complaints.models import ASKED, Inquiry
from silah.complaints.receiving import titled
from silah.documents.models import StoredFile
from silah.errors import Conflict, Forbidden, Invalid, NotFound
from silah.forms.texts import clean
from silah.web.access import Member, Permission
from tenants.database import db


def ask(
    kind: str,
    text: str,
    person: Mapping[str, Any],
    *,
    area: UUID | None = None,
    files: Sequence[StoredFile] = (),
    by: Member | None = None,
    channel: str,
    came_on: date | None = None,
) -> ReceivedCase:
    """Receive an inquiry, a suggestion or a call for support; the liaison officer of its area gets it."""
    if by is not None and not by.may(Permission.RECEIVE_REQUESTS, Permission.ANSWER_INQUIRIES):
        raise Forbidden
    paper_day.check_day(came_on)
    version = paper_day.get_policy_version(came_on)
    _check(kind, text, person, version.policy.channel(channel))
    code = receipts.new_code()
    came = creation.Received(
        titles=titled(kinds.every()[kind].name),
        channel=channel,
        version=version,
        person=person,
        by=by,
        came_on=came_on,
    )
    case = creation.opened(kind, code, came)
    chosen = liaison_areas.get(area) if area else None
    db.session.add(Inquiry(case_id=case.id, area_id=chosen.id if chosen else None, text=clean(text)))
    case.holder = liaison_areas.answering(chosen)
    creation.attach(case, files, "inquiry", by)
    creation.record_received(case, came, {"channel": channel, "policy": version.number})
    clocks.set_clock(case)
    notifications.confirm_receipt("inquiry_received", case)
    notifications.members("inquiry_came", list_responsible(case), case)
    return ReceivedCase(case, code)


def of(case: Case) -> Inquiry:
    """The inquiry that hangs on a case; raises NotFound for other kinds."""
    inquiry = db.session.get(Inquiry, case.id)
    if inquiry is None:
        raise NotFound
    return inquiry


def may_answer(case: Case, member: Member) -> bool:
    """Whether this member may answer: the holder, or any liaison officer while nobody holds it."""
    return member.may(Permission.ANSWER_INQUIRIES) and case.state in UNANSWERED and case.holder_id in (None, member.id)


def answer(case: Case, *, by: Member, text: str) -> None:
    """Answer, by the means agreed. One who answers what nobody held has taken it."""
    timeline.hold(case)
    inquiry = of(case)
    if not may_answer(case, by):
        raise Forbidden if case.state in UNANSWERED else NotLegal
    if not clean(text) or len(text) > LONGEST:
        raise Invalid({"text": _("Write the answer, in at most %(count)s characters.", count=LONGEST)})
    inquiry.answer, inquiry.answered_by = clean(text), by.id
    case.holder_id = case.holder_id or by.id
    case.state, case.replied_at = State.REPLIED, clock.now()
    clocks.stop(case)
    timeline.record(case, "answered", by=by, data={"means": case.reply_channel})
    notifications.applicant("inquiry_answered", case, {"answer": inquiry.answer})


def route(case: Case, *, by: Member, area: UUID) -> None:
    """Give it to the liaison officer of another area."""
    timeline.hold(case)
    if not by.may(Permission.ANSWER_INQUIRIES, Permission.ASSIGN_CASES):
        raise Forbidden
    if case.state not in UNANSWERED:
        raise Conflict
    inquiry, chosen = of(case), liaison_areas.get(area)
    inquiry.area_id = chosen.id
    case.holder = liaison_areas.answering(chosen)
    timeline.record(case, "routed", by=by, note=case.holder.name if case.holder else None, private=True)
    if case.holder and case.holder.id != by.id:
        notifications.member("inquiry_came", case.holder, case)


def close(case: Case, *, by: Member) -> None:
    """Close what was answered."""
    timeline.hold(case)
    if not by.may(Permission.CLOSE_CASES, Permission.ANSWER_INQUIRIES):
        raise Forbidden
    if case.state is not State.REPLIED:
        raise Conflict
    _end(case, State.CLOSED, by)
    timeline.record(case, "closed", by=by)


def withdraw(case: Case) -> None:
    """Who asked needs no answer any more."""
    timeline.hold(case)
    if case.state not in UNANSWERED:
        raise Conflict
    _end(case, State.WITHDRAWN, None)
    timeline.record(case, "withdrawn")


def reopen(case: Case, *, by: Member | None = None, reason: str) -> None:
    """The answer did not help, or was wrong: it is answered anew."""
    timeline.hold(case)
    if by is not None and not by.may(Permission.REOPEN_CASES, Permission.ANSWER_INQUIRIES):
        raise Forbidden
    if case.state not in ENDED | {State.REPLIED}:
        raise Conflict
    if not clean(reason):
        raise Invalid({"reason": _("Write the reason.")})
    inquiry = of(case)
    if inquiry.answer and case.replied_at is not None:
        messages.keep(case, "out", inquiry.answer, by=inquiry.answered_by, at=case.replied_at)
        inquiry.answer = None
    if by is None:
        messages.keep(case, "in", clean(reason))
        mark_unread(case)
    case.state, case.replied_at, case.closed_at, case.completed_on = State.RECEIVED, None, None, clock.today()
    timeline.record(case, "reopened", by=by, data={"to": case.state.value}, note=clean(reason))
    clocks.set_clock(case)
    notifications.members("inquiry_came", list_responsible(case), case)


def _end(case: Case, state: State, by: Member | None) -> None:
    case.state, case.closed_at = state, clock.now()
    clocks.stop(case)
    referrals.end_all(case, by=by)


def _check(kind: str, text: str, person: Mapping[str, Any], channel: Any) -> None:
    wrong: dict[str, Any] = {}
    if kind not in ASKED:
        wrong["kind"] = _("Choose one of the answers.")
    if not clean(text):
        wrong["text"] = _("Write your question.")
    elif len(text) > LONGEST:
        wrong["text"] = _("Write at most %(count)s characters.", count=LONGEST)
    if not person.get("name"):
        wrong["name"] = _("The applicant's name is needed.")
    if channel is None or not channel.inbound or channel.retired:
        wrong["channel"] = _("The policy has no such channel.")
    if wrong:
        raise Invalid(wrong)
