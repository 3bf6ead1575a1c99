"""The clock of a case: its earliest or latest reply date and internal target, and what is owed when they pass."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from silah import clock, jobs
from silah.cases.models import Case
from silah.cases.states import UNANSWERED
from silah.i18n import date_g, number
from tenants import versions
from tenants.database import db
from tenants.periods import Reckoning, WorkingCalendar, reckon
from tenants.policy import Policy

OVERDUE, TARGET = "case.overdue", "case.target"
MORNING = time(8, 0)
"""When staff are told of what passed at midnight, in Asia/Riyadh."""


def policy_of(case: Case) -> Policy:
    """The policy under which the case is handled to its end."""
    return case.policy_version.policy


def calendar_of(case: Case) -> WorkingCalendar:
    """The association's calendar under that policy, read once in a session however many cases ask for it."""
    kept: dict[Any, WorkingCalendar] = db.session.info.setdefault("silah_calendars", {})
    if case.policy_version_id not in kept:
        kept[case.policy_version_id] = versions.calendar(policy_of(case))
    return kept[case.policy_version_id]


def reckoning(case: Case) -> Reckoning:
    """The reply period of the case's policy applied to its dates, explaining every day counted or skipped."""
    received = clock.day_of(case.received_at)
    return reckon(policy_of(case).reply_period, received, case.completed_on, calendar_of(case))


def set_clock(case: Case) -> Reckoning:
    """Set the dates of the case, and owe what is to be done when they pass; called whenever its dates change."""
    found = reckoning(case)
    case.earliest, case.latest, case.target = found.earliest, found.latest, found.target
    _owe(OVERDUE, case, case.latest)
    _owe(TARGET, case, case.target)
    return found


def stop(case: Case) -> None:
    """The reply is out, or will never be: nothing is owed any more when the dates pass."""
    jobs.settle(OVERDUE, str(case.id))
    jobs.settle(TARGET, str(case.id))


def is_overdue(case: Case, on: date | None = None) -> bool:
    """True for a case without a reply past its latest date; a floor is never overdue."""
    return case.state in UNANSWERED and case.latest is not None and (on or clock.today()) > case.latest


def past_target(case: Case, on: date | None = None) -> bool:
    """True for a case without a reply past the internal target: a matter for staff only."""
    return case.state in UNANSWERED and case.target is not None and (on or clock.today()) > case.target


def morning_after(day: date) -> datetime:
    """The instant at which a passed date is acted upon."""
    return datetime.combine(day + timedelta(days=1), MORNING, clock.RIYADH)


def words(case: Case) -> str:
    """Where the clock of the case stands, in a few words fit for a queue: what a floor or a ceiling allows to say."""
    if case.state not in UNANSWERED:
        return ""
    today = clock.today()
    if case.latest is not None:
        return _left(case, today, case.latest)
    if case.earliest is not None:
        if today < case.earliest:
            return str(_("Earliest %(date)s", date=date_g(case.earliest)))
        return str(_("May be answered since %(date)s", date=date_g(case.earliest)))
    return str(_("The period starts when the request is complete"))


def _left(case: Case, today: date, latest: date) -> str:
    working = policy_of(case).reply_period.unit == "working_days"
    if today > latest:
        late = _between(case, latest, today) or 1
        if working:
            words = ngettext(
                "Overdue by %(count)s working day", "Overdue by %(count)s working days", late, count=number(late)
            )
            return str(words)
        return str(ngettext("Overdue by %(count)s day", "Overdue by %(count)s days", late, count=number(late)))
    if today == latest:
        return str(_("Due today"))
    left = _between(case, today, latest)
    if working:
        return str(ngettext("%(count)s working day left", "%(count)s working days left", left, count=number(left)))
    return str(ngettext("%(count)s day left", "%(count)s days left", left, count=number(left)))


def _between(case: Case, first: date, last: date) -> int:
    """The days after ``first`` up to ``last`` that the period counts."""
    span = (last - first).days
    if policy_of(case).reply_period.unit != "working_days":
        return span
    calendar = calendar_of(case)
    return sum(calendar.off(first + timedelta(days=n)) is None for n in range(1, span + 1))


def _owe(kind: str, case: Case, day: date | None) -> None:
    if day is None or case.state not in UNANSWERED:
        jobs.settle(kind, str(case.id))
    else:
        jobs.owe(kind, str(case.id), morning_after(day), {"day": day.isoformat(), "stage": "holder"})
