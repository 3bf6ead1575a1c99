"""The day on which paper came: what staff record of a letter, fax or visit of another day counts from that day."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _

from silah import clock
from silah.errors import Invalid
from silah.language.localization import dates
from tenants import versions
from tenants.versions import NoPolicyInForce, PolicyVersion

OLDEST = timedelta(days=366)
"""How long ago paper may have come that is recorded today."""
KEY = "came_on"


def check_day(day: date | None) -> None:
    """Raise ``Invalid`` at the field unless the day is today or one within the past year."""
    today = clock.today()
    if day is None:
        return
    if day > today:
        raise Invalid({KEY: _("This day has not come yet.")})
    if day < today - OLDEST:
        raise Invalid({KEY: _("This day is more than a year ago. Look at the year.")})


def get_policy_version(day: date | None) -> PolicyVersion:
    """Return the policy in force when it came; where there was none yet, the one in force today."""
    try:
        return versions.in_force(day or clock.today())
    except NoPolicyInForce:
        return versions.in_force(clock.today())


def get_received_at(day: date | None) -> datetime:
    """Return the instant of receipt: now, or of another day its beginning, because no hour of it is known."""
    return clock.now() if day is None or is_today(day) else datetime.combine(day, time(), clock.RIYADH)


def is_today(day: date | None) -> bool:
    """Say whether it came on the day on which it is recorded."""
    return day is None or day == clock.today()


def describe_day(day: date | None) -> dict[str, str]:
    """Return what the timeline keeps of it."""
    return {} if day is None or is_today(day) else {KEY: day.isoformat()}


def read_day(data: dict[str, Any]) -> str:
    """Return what an entry of the timeline says of it in words, or nothing."""
    day = data.get(KEY)
    return (
        str(_("It came on %(date)s, and was recorded on this day.", date=dates(date.fromisoformat(day)))) if day else ""
    )
