"""Sending what the outbox owes: at least once, under a Message-ID that every attempt shares."""

import logging
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from silah import clock
from silah.jobs import handles
from silah.notifications import mail, transport
from silah.notifications.models import OutboxMessage
from silah.notifications.service import SENDS
from tenants.database import db

log = logging.getLogger(__name__)

TRIED_FOR = timedelta(days=2)
"""How long a message that nobody takes for now is tried again before it counts as failed."""

Listener = Callable[[OutboxMessage], None]
_listeners: dict[str, Listener] = {}


def listen_failures(name: str, listener: Listener) -> None:
    """Call `listener` with each message that failed for good, within the transaction that marks it."""
    _listeners[name] = listener


def fail(message: OutboxMessage) -> None:
    """Mark a message as failed, and tell those who listen."""
    message.state = "failed"
    for listener in _listeners.values():
        listener(message)


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
        fail(owed)
    except transport.NotDelivered:
        if clock.now() - owed.created_at < TRIED_FOR:
            raise
        log.warning("message %s was not taken for %s", owed.message_id, TRIED_FOR)
        fail(owed)
    else:
        owed.state, owed.sent_at = "sent", clock.now()


def _composed(owed: OutboxMessage) -> EmailMessage:
    """Compose the e-mail; an address or a text that cannot stand in one will never be sent."""
    try:
        return mail.composed(owed)
    except (ValueError, LookupError) as error:
        raise transport.Refused(type(error).__name__) from error
