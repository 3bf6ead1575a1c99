"""Inquiries, suggestions and technical support: asked, routed to the liaison officer, answered, made public."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from silah import clock
from silah.cases import clocks, creation, kinds, messages, notifications, paper_day, receipts
from silah.cases.models import Case
from silah.cases.receipts import ReceivedCase
from silah.cases.responsibility import list_responsible, mark_unread
from silah.cases.states import State
from silah.cases.transitions import CaseFacts, Change
from silah.complaints import liaison_areas
from silah.complaints.labels import LONGEST
from silah.complaints.models import ASKED, Inquiry
from silah.complaints.receiving import titled
from silah.documents.models import StoredFile
from silah.errors import Forbidden, Invalid, NotFound
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


def may_answer(facts: CaseFacts, member: Member) -> bool:
    """Whether this member may answer: the holder, or any liaison officer while nobody holds it."""
    return facts.case.holder_id in (None, member.id)


def answer(change: Change, text: str) -> str:
    """Answer, by the means agreed. One who answers what nobody held has taken it."""
    case, inquiry = change.case, of(change.case)
    if not clean(text) or len(text) > LONGEST:
        raise Invalid({"text": _("Write the answer, in at most %(count)s characters.", count=LONGEST)})
    inquiry.answer, inquiry.answered_by = clean(text), change.member.id
    case.holder_id = case.holder_id or change.member.id
    change.data = {"means": case.reply_channel}
    return inquiry.answer


def route(change: Change, area: UUID) -> None:
    """Give it to the liaison officer of another area."""
    case, inquiry, chosen = change.case, of(change.case), liaison_areas.get(area)
    inquiry.area_id = chosen.id
    case.holder = liaison_areas.answering(chosen)
    change.note = case.holder.name if case.holder else None


def reopen(change: Change, reason: str) -> None:
    """The answer did not help, or was wrong: it is answered anew."""
    case, inquiry = change.case, of(change.case)
    if not clean(reason):
        raise Invalid({"reason": _("Write the reason.")})
    if inquiry.answer and case.replied_at is not None:
        messages.keep(case, "out", inquiry.answer, by=inquiry.answered_by, at=case.replied_at)
        inquiry.answer = None
    if change.by is None:
        messages.keep(case, "in", clean(reason))
        mark_unread(case)
    case.completed_on = clock.today()
    change.data, change.note = {"to": State.RECEIVED.value}, clean(reason)


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
