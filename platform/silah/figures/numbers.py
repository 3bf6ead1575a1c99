"""The figures themselves, each table in one statement: counts, lateness, and how many days answers took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, case, cast, func, select

from silah import clock
from silah.access import Member
from silah.cases.models import Case
from silah.cases.states import UNANSWERED
from silah.figures.sight import Sight
from tenants.database import db

WAITING = Case.state.in_(tuple(UNANSWERED))
ANSWERED = Case.replied_at.is_not(None)
DAYS = func.extract("epoch", Case.replied_at - Case.received_at) / 86_400
REPLIED_ON = cast(func.timezone("Asia/Riyadh", Case.replied_at), Date)
MONTH = cast(func.date_trunc("month", func.timezone("Asia/Riyadh", Case.received_at)), Date)
REPLY_MONTH = cast(func.date_trunc("month", func.timezone("Asia/Riyadh", Case.replied_at)), Date)


@dataclass(frozen=True)
class Line:
    """One line of a table: of the cases received, how many are open, late, answered, and in how many days.

    ``in_time`` is a share of those answered that had a latest day; None where none had one, as under a floor.
    """

    key: Any
    received: int
    open: int
    overdue: int
    answered: int
    in_time: float | None
    median: float | None
    slowest: float | None
    """The 90th percentile of days."""


def total(sight: Sight, member: Member | None) -> Line:
    """All cases looked at, as one line."""
    row = db.session.execute(select(*_columns()).where(sight.condition(member))).one()
    return _line(None, row)


def by(column: Any, sight: Sight, member: Member | None) -> Sequence[Line]:
    """One line for each value of a column, the most frequent first."""
    rows = db.session.execute(
        select(column.label("key"), *_columns())
        .where(sight.condition(member))
        .group_by(column)
        .order_by(func.count().desc(), column)
    )
    return [_line(row.key, row) for row in rows]


def by_month(sight: Sight, member: Member | None) -> Sequence[tuple[date, int, int]]:
    """How many came, and how many of those were answered, in each month of the span; months without any too."""
    received = db.session.execute(
        select(MONTH.label("month"), func.count().label("n")).where(sight.condition(member)).group_by(MONTH)
    )
    answered = db.session.execute(
        select(REPLY_MONTH.label("month"), func.count().label("n"))
        .where(sight.condition(member), ANSWERED)
        .group_by(REPLY_MONTH)
    )
    came, went = {row.month: row.n for row in received}, {row.month: row.n for row in answered}
    return [(month, came.get(month, 0), went.get(month, 0)) for month in months(sight.since, sight.until)]


def months(since: date, until: date) -> list[date]:
    """The first days of the months from one day to another."""
    found, month = [], since.replace(day=1)
    while month <= until:
        found.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return found


def _columns() -> list[Any]:
    dated = ANSWERED & Case.latest.is_not(None)
    counts = {
        "received": func.count(),
        "open": func.count(case((WAITING, 1))),
        "overdue": func.count(case((WAITING & (Case.latest < clock.today()), 1))),
        "answered": func.count(case((ANSWERED, 1))),
        "dated": func.count(case((dated, 1))),
        "kept": func.count(case((dated & (Case.latest >= REPLIED_ON), 1))),
        "median": func.percentile_cont(0.5).within_group(case((ANSWERED, DAYS))),
        "slowest": func.percentile_cont(0.9).within_group(case((ANSWERED, DAYS))),
    }
    return [column.label(name) for name, column in counts.items()]


def _line(key: Any, row: Any) -> Line:
    return Line(
        key=key,
        received=row.received,
        open=row.open,
        overdue=row.overdue,
        answered=row.answered,
        in_time=row.kept / row.dated if row.dated else None,
        median=_rounded(row.median),
        slowest=_rounded(row.slowest),
    )


def _rounded(days: Any) -> float | None:
    return None if days is None else round(float(days), 1)
