"""The figures that a standing review begins with: of the complaints and inquiries link, or of each liaison officer."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import case, func, select

from silah import clock
from silah.access import Member
from silah.cases import visibility
from silah.cases.models import Case
from silah.cases.states import UNANSWERED
from silah.complaints.kind import ASKED, COMPLAINT
from silah.figures import numbers
from silah.figures.numbers import Line
from silah.figures.sight import Sight
from silah.staff.models import Membership
from tenants.database import db

LINK, LIAISON = "link_follow_up", "liaison_oversight"
COLUMNS = ("received", "open", "overdue", "answered", "in_time", "median", "slowest")


def of(instrument: str, since: date, until: date, member: Member) -> list[dict[str, Any]]:
    """One object a line: what it is of, and the columns; of what the member may see."""
    return _link(since, until, member) if instrument == LINK else _officers(since, until, member)


def _link(since: date, until: date, member: Member) -> list[dict[str, Any]]:
    sights = {kind: Sight(since, until, "own", kind) for kind in (COMPLAINT, *ASKED)}
    return [_said(kind, numbers.total(sight, member)) for kind, sight in sights.items()]


def _officers(since: date, until: date, member: Member) -> list[dict[str, Any]]:
    """Each holder of inquiries, suggestions and calls for support that came in the period."""
    waiting, answered = Case.state.in_(tuple(UNANSWERED)), Case.replied_at.is_not(None)
    kept = answered & (Case.latest >= numbers.REPLIED_ON)
    rows = db.session.execute(
        select(
            func.coalesce(Membership.name, "").label("key"),
            func.count().label("received"),
            func.count(case((waiting, 1))).label("open"),
            func.count(case((waiting & (Case.latest < clock.today()), 1))).label("overdue"),
            func.count(case((answered, 1))).label("answered"),
            func.count(case((kept, 1))).label("kept"),
            func.percentile_cont(0.5).within_group(case((answered, numbers.DAYS))).label("median"),
            func.percentile_cont(0.9).within_group(case((answered, numbers.DAYS))).label("slowest"),
        )
        .select_from(Case)
        .outerjoin(Membership, Membership.id == Case.holder_id)
        .where(Case.kind.in_(ASKED), visibility.visible(member))
        .where(Case.received_at >= _start(since), Case.received_at < _start(until + timedelta(days=1)))
        .group_by(Membership.name)
        .order_by(func.count(case((waiting & (Case.latest < clock.today()), 1))).desc(), Membership.name)
    )
    return [
        {
            "key": row.key,
            "received": row.received,
            "open": row.open,
            "overdue": row.overdue,
            "answered": row.answered,
            "in_time": row.kept / row.answered if row.answered else None,
            "median": _days(row.median),
            "slowest": _days(row.slowest),
        }
        for row in rows
    ]


def _said(key: str, line: Line) -> dict[str, Any]:
    return {"key": key, **{name: getattr(line, name) for name in COLUMNS}}


def _days(value: Any) -> float | None:
    return None if value is None else round(float(value), 1)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), clock.RIYADH)
