"""The policy's own review: by when it is due, and that it was reviewed without a change."""

from datetime import date, datetime, time, timedelta

from silah import clock, jobs
from silah.policies import service
from silah.policies.errors import NotYet
from silah.web.access import Member
from tenants.versions import PolicyVersion

REVIEW = "policy.review"
BEFORE = timedelta(days=30)
AGAIN = timedelta(days=30)
MORNING = time(8, 0)


def due_on(version: PolicyVersion) -> date | None:
    """By when this version is to be reviewed: so many months after it came into force or was last reviewed."""
    months = version.policy.review.every_months
    reviewed = [clock.day_of(act.at) for act in service.acts(version) if act.act == "unchanged"]
    start = max([*reviewed, version.in_force_from]) if version.in_force_from else None
    return later(start, months) if start and months and version.state == "in_force" else None


def plan(version: PolicyVersion) -> None:
    """Owe the reminder before the review is due."""
    due = due_on(version)
    if due is None:
        jobs.settle(REVIEW, str(version.id))
    else:
        jobs.owe(REVIEW, str(version.id), morning(due - BEFORE), {"due": due.isoformat()})


def unchanged(version: PolicyVersion, *, by: Member, note: str) -> None:
    """Put on record that the policy in force was reviewed and stays as it is; the next review is counted from today."""
    if version.state != "in_force":
        raise NotYet
    service.record(version, "unchanged", by=by, note=note.strip() or None)
    plan(version)


def morning(day: date) -> datetime:
    """When staff are told of something that is due on a day."""
    return datetime.combine(day, MORNING, clock.RIYADH)


def later(day: date, months: int) -> date:
    """The same day so many months later; the month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 27))
