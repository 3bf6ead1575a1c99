"""Messages that could not be sent: marked, put on record on their case, and shown until somebody has seen to them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from silah.cases import timeline
from silah.cases.models import Case
from silah.cases.visibility import visible
from silah.notifications import jobs as sending
from silah.notifications.message_templates import TEMPLATES
from silah.notifications.models import OutboxMessage
from silah.web.access import Member
from tenants.database import db

SHOWN = 50


@dataclass(frozen=True, slots=True)
class FailedMessage:
    """A message that could not be sent, without its text, which may hold codes for its reader alone."""

    about: str
    means: str
    at: datetime
    case_id: UUID | None
    reference: str | None


def record_failure(message: OutboxMessage) -> None:
    """Record on the timeline of its case that a message could not be sent."""
    case = db.session.get(Case, message.case_id) if message.case_id else None
    if case is not None:
        timeline.record(case, "message_failed", data={"means": message.means}, private=True)


def list_failed(member: Member) -> list[FailedMessage]:
    """List what could not be sent, the latest first: of cases that the member sees, and of none."""
    seen = OutboxMessage.case_id.is_(None) | visible(member)
    rows = db.session.execute(
        select(OutboxMessage, Case.reference)
        .outerjoin(Case)
        .where(OutboxMessage.state == "failed", seen)
        .order_by(OutboxMessage.created_at.desc(), OutboxMessage.id)
        .limit(SHOWN)
    )
    return [
        FailedMessage(str(TEMPLATES[one.template].about), one.means, one.created_at, one.case_id, reference)
        for one, reference in rows
        if one.template in TEMPLATES
    ]


sending.listen_failures("cases", record_failure)
