"""What the calendar owes: the dates of open cases after a change, batch by batch."""

from typing import Any
from uuid import UUID

from silah import jobs
from silah.calendars import reckoning, referral_limits, service
from silah.calendars.models import CalendarChange
from tenants.database import db


@jobs.handles(service.RECKON)
def reckon(key: str, payload: dict[str, Any]) -> None:
    """Reckon one batch of open cases anew."""
    change = db.session.get(CalendarChange, UUID(key), with_for_update={"key_share": True})
    if change is not None:
        reckoning.carry_on(change, payload)


@jobs.handles(referral_limits.REFERRALS)
def refer(key: str, payload: dict[str, Any]) -> None:
    """Reckon one batch of open referrals anew."""
    change = db.session.get(CalendarChange, UUID(payload["change"]))
    if change is not None and change.days:
        referral_limits.carry_on(change, UUID(payload["after"]) if payload["after"] else None)
