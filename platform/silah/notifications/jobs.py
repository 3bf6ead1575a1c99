"""Sending what the outbox owes: at least once, under a Message-ID that every attempt shares."""

import logging
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from silah import clock
from silah.cases import delivery_failures
from silah.jobs import handles
from silah.notifications import mail, transport
from silah.notifications.models import OutboxMessage
from silah.notifications.service import SENDS
from tenants.database import db

log = logging.getLogger(__name__)


@handles("message")
@handles("message.awaited")
def message(key: str, payload: dict[str, Any]) -> None:
    """Send one message of the outbox, unless it was sent; refused for good it fails, otherwise it is tried again."""
    owed = db.session.get(OutboxMessage, UUID(key))
    if owed is None or owed.state != "owed" or owed.means not in SENDS:
        return
    try:
        if owed.means == "email":
            transport.email(_composed(owed), owed.address)
        else:
            transport.sms(owed.address, mail.as_sms(owed))
    except transport.Refused as refused:
        log.warning("message %s was refused for good: %s", owed.message_id, str(refused)[:3])
        delivery_failures.fail(owed)
    except transport.NotDelivered:
        if clock.now() - owed.created_at < delivery_failures.TRIED_FOR:
            raise
        log.warning("message %s was not taken for %s", owed.message_id, delivery_failures.TRIED_FOR)
        delivery_failures.fail(owed)
    else:
        owed.state, owed.sent_at = "sent", clock.now()


def _composed(owed: OutboxMessage) -> EmailMessage:
    """Compose the e-mail; an address or a text that cannot stand in one will never be sent."""
    try:
        return mail.composed(owed)
    except (ValueError, LookupError) as error:
        raise transport.Refused(type(error).__name__) from error
