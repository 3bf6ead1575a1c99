"""The owed work of campaigns: the first letters and copies, and reminders once a week as long as they help."""

from typing import Any
from uuid import UUID

from silah import clock
from silah.acknowledgements import notice_sending, reminders
from silah.acknowledgements.models import Campaign, PublicNotice
from silah.acknowledgements.notice_sending import SEND
from silah.acknowledgements.service import EVERY, REMIND, TELL
from silah.jobs import handles, owe
from tenants.database import db


@handles(TELL)
def tell(key: str, payload: dict[str, Any]) -> None:
    """Write to everybody who is asked, and give departments their copies."""
    campaign = db.session.get(Campaign, UUID(key))
    if campaign is not None:
        reminders.tell(campaign)


@handles(REMIND)
def remind(key: str, payload: dict[str, Any]) -> None:
    """Remind who still owes it, and come back in a week while there is somebody to remind."""
    campaign = db.session.get(Campaign, UUID(key))
    if campaign is None or campaign.ended_at is not None:
        return
    reminders.remind(campaign)
    if reminders.still_owed(campaign):
        owe(REMIND, key, clock.now() + EVERY)


@handles(SEND)
def send_notice(key: str, payload: dict[str, Any]) -> None:
    """Send a notice to one batch of the applicants with an open case."""
    notice = db.session.get(PublicNotice, UUID(payload["notice"]), with_for_update=True)
    if notice is not None:
        notice_sending.carry_on(notice, UUID(payload["after"]) if payload["after"] else None)
