"""What is written on a case: to the applicant, from the applicant, and notes among staff. Bodies are sealed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from silah import clock
from silah.cases import notifications, responsibility, timeline
from silah.cases.anonymity import nth
from silah.cases.models import Case, CaseMessage
from silah.cases.states import State
from silah.errors import Conflict, Invalid
from silah.forms.texts import clean
from silah.web.access import Member
from tenants.database import db

LONGEST = 5000


def write(case: Case, *, by: Member, body: str) -> CaseMessage:
    """Write to the applicant; they are told by the agreed means."""
    message = _keep(case, "out", body, by)
    timeline.record(case, "message_out", by=by)
    notifications.applicant("message", case, {"text": message.body})
    return message


def receive(case: Case, body: str) -> CaseMessage:
    """A message from the applicant; who answers for the case is told, and it stands as unread until they open it."""
    if case.state is State.WITHDRAWN:
        raise Conflict(_("A withdrawn request takes no more messages."))
    message = _keep(case, "in", body, None)
    timeline.record(case, "message_in")
    responsibility.announce(case)
    return message


def note(case: Case, *, by: Member, body: str) -> CaseMessage:
    """An internal note, which the applicant never sees."""
    message = _keep(case, "note", body, by)
    timeline.record(case, "noted", by=by, private=True)
    return message


def keep(case: Case, direction: str, body: str, *, by: UUID | None = None, at: datetime | None = None) -> None:
    """Keep among the messages what stood on the case by itself until now; nobody is told of it anew."""
    message = CaseMessage(case_id=case.id, direction=direction, body=body, written_by=by, seen_at=at)
    message.written_at = nth(_count(case)) if case.anonymous else at or clock.now()
    db.session.add(message)


def list_messages(case: Case, *, for_applicant: bool) -> Sequence[CaseMessage]:
    """The messages of a case, oldest first; notes only for staff."""
    rows = select(CaseMessage).where(CaseMessage.case_id == case.id).order_by(CaseMessage.written_at, CaseMessage.id)
    if for_applicant:
        rows = rows.where(CaseMessage.direction != "note")
    return db.session.scalars(rows).all()


def mark_seen(case: Case, *, by_applicant: bool) -> None:
    """The other side has opened what was written to it."""
    direction = "out" if by_applicant else "in"
    db.session.execute(
        update(CaseMessage)
        .where(CaseMessage.case_id == case.id, CaseMessage.direction == direction, CaseMessage.seen_at.is_(None))
        .values(seen_at=clock.day_start() if case.anonymous else clock.now())
    )


def _keep(case: Case, direction: str, body: str, by: Member | None) -> CaseMessage:
    text = clean(body)
    if not text or len(text) > LONGEST:
        words = _("Write something.") if not text else _("Write at most %(count)s characters.", count=LONGEST)
        raise Invalid({"body": words})
    message = CaseMessage(case_id=case.id, direction=direction, body=text, written_by=by.id if by else None)
    if case.anonymous:
        message.written_at = nth(_count(case))
    db.session.add(message)
    return message


def _count(case: Case) -> int:
    return db.session.scalar(select(func.count()).where(CaseMessage.case_id == case.id)) or 0
