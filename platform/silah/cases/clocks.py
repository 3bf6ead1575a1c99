"""The clock of a case: its earliest or latest reply date and internal target, and what is owed when they pass."""

from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from silah import clock, jobs
from silah.cases import kinds
from silah.cases.models import Case
from silah.cases.states import UNANSWERED
from silah.language.localization import date_g, number
from tenants import versions
from tenants.database import db
from tenants.periods import Pause, Reckoning, ReplyPeriod, WorkingCalendar, reckon
from tenants.policy import Policy

OVERDUE, TARGET = "case.overdue", "case.target"
"""When staff are told of what passed at midnight, in Asia/Riyadh."""


def policy_of(case: Case) -> Policy:
    """The policy under which the case is handled to its end."""
    return case.policy_version.policy


def period_of(case: Case) -> ReplyPeriod:
    """The period within which a case of this kind is answered."""
    return kinds.kind_of_case(case).period(case)


def calendar_of(case: Case) -> WorkingCalendar:
    """The association's calendar under that policy, read once in a session however many cases ask for it."""
    kept: dict[Any, WorkingCalendar] = db.session.info.setdefault("silah_calendars", {})
    if case.policy_version_id not in kept:
        kept[case.policy_version_id] = versions.calendar(policy_of(case))
    return kept[case.policy_version_id]


def reckoning(case: Case) -> Reckoning:
    """The period of the case applied to its dates, explaining every day counted or skipped."""
    received = clock.day_of(case.received_at)
    return reckon(period_of(case), received, case.completed_on, calendar_of(case), pauses(case))


def pauses(case: Case) -> tuple[Pause, ...]:
    """The days on which the clock stood still: from the day after it was stopped to the day it went on."""
    return tuple(Pause.read(one) for one in case.pauses)


def pause(case: Case) -> None:
    """Stop the clock while the association waits for somebody else; once stopped it stays so until it goes on.

    The workflow that makes the transition sets the dates of the case by it.
    """
    if not is_paused(case):
        case.pauses = [*case.pauses, [clock.today().isoformat(), None]]


def go_on(case: Case) -> None:
    """Let the clock go on from today."""
    if is_paused(case):
        case.pauses = [*case.pauses[:-1], [case.pauses[-1][0], clock.today().isoformat()]]


def is_paused(case: Case) -> bool:
    """Whether the clock stands still now."""
    return bool(case.pauses) and case.pauses[-1][1] is None


def set_clock(case: Case) -> Reckoning:
    """Set the dates of the case, and owe what is to be done when they pass; called whenever its dates change."""
    found = reckoning(case)
    case.earliest, case.latest, case.target = found.earliest, found.latest, found.target
    owe(OVERDUE, case, case.latest)
    owe(TARGET, case, case.target)
    return found


def owe(kind: str, case: Case, day: date | None) -> None:
    """Owe what is to be done when this date of the case passes; nothing where there is none, or no reply is owed."""
    if day is None or case.state not in UNANSWERED:
        settle(kind, case)
    else:
        jobs.owe(kind, str(case.id), clock.morning_after(day), {"day": day.isoformat()})


def stop(case: Case) -> None:
    """The reply is out, or will never be: nothing is owed any more when the dates pass."""
    settle(OVERDUE, case)
    settle(TARGET, case)


def settle(kind: str, case: Case) -> None:
    """Owe it no longer; of an anonymous case the day alone is kept on which that came."""
    with clock.at(clock.day_start()) if case.anonymous else nullcontext():
        jobs.settle(kind, str(case.id))


def is_overdue(case: Case, on: date | None = None) -> bool:
    """True for a case without a reply past its latest date; a floor is never overdue."""
    return case.state in UNANSWERED and case.latest is not None and (on or clock.today()) > case.latest


def past_target(case: Case, on: date | None = None) -> bool:
    """True for a case without a reply past the internal target: a matter for staff only."""
    return case.state in UNANSWERED and case.target is not None and (on or clock.today()) > case.target


def describe_clock(case: Case) -> str:
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
    if is_paused(case):
        return str(_("The clock stands still while an answer is awaited"))
    return str(_("The period starts when the request is complete"))


def _left(case: Case, today: date, latest: date) -> str:
    working = period_of(case).unit == "working_days"
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
    if period_of(case).unit != "working_days":
        return span
    calendar = calendar_of(case)
    return sum(calendar.off(first + timedelta(days=n)) is None for n in range(1, span + 1))
