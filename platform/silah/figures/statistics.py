"""The figures themselves: counts, lateness, and how many days answers took. What stands together is read together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Float, case, cast, func, select, tuple_, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY, array

from silah import clock
from silah.cases.models import Case
from silah.cases.states import UNANSWERED
from silah.figures.report_filter import Sight
from silah.web.access import Member
from tenants.database import db

WAITING = Case.state.in_(tuple(UNANSWERED))
ANSWERED = Case.replied_at.is_not(None)
SECONDS_A_DAY = 86_400
DAYS = func.extract("epoch", Case.replied_at - Case.received_at) / SECONDS_A_DAY
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


def tables(columns: Mapping[str, Any], sight: Sight, member: Member | None) -> tuple[Line, dict[str, Sequence[Line]]]:
    """All cases as one line, and one line for each value of each column, in one reading of the cases."""
    seen = select(
        *(column.label(name) for name, column in columns.items()),
        Case.state.label("state"),
        Case.latest.label("latest"),
        Case.replied_at.label("replied_at"),
        Case.received_at.label("received_at"),
    ).where(sight.condition(member))
    of = seen.subquery().c
    keys = [of[name] for name in columns]
    sets = func.grouping_sets(tuple_(), *(tuple_(key) for key in keys))
    rows = db.session.execute(select(*keys, func.grouping(*keys).label("left_out"), *_columns(of)).group_by(sets)).all()
    every = 2 ** len(keys) - 1
    total = next(_line(None, row) for row in rows if row.left_out == every)
    found: dict[str, Sequence[Line]] = {}
    for place, name in enumerate(columns):
        mask = every ^ (1 << (len(keys) - 1 - place))
        found[name] = sorted((_line(row[place], row) for row in rows if row.left_out == mask), key=_frequent)
    return total, found


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
    seen = select(MONTH.label("came"), REPLY_MONTH.label("went")).where(sight.condition(member)).subquery().c
    sets = func.grouping_sets(tuple_(seen.came), tuple_(seen.went))
    rows = db.session.execute(select(seen.came, seen.went, func.count().label("n")).group_by(sets)).all()
    came = {row.came: row.n for row in rows if row.came is not None}
    went = {row.went: row.n for row in rows if row.went is not None}
    return [(month, came.get(month, 0), went.get(month, 0)) for month in months(sight.since, sight.until)]


def months(since: date, until: date) -> list[date]:
    """The first days of the months from one day to another."""
    found, month = [], since.replace(day=1)
    while month <= until:
        found.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return found


def _columns(of: Any = Case) -> list[Any]:
    waiting, answered = of.state.in_(tuple(UNANSWERED)), of.replied_at.is_not(None)
    dated = answered & of.latest.is_not(None)
    replied_on = cast(func.timezone("Asia/Riyadh", of.replied_at), Date)
    days = func.extract("epoch", of.replied_at - of.received_at) / SECONDS_A_DAY
    both: Any = func.percentile_cont(array([0.5, 0.9])).within_group(days)
    counts: dict[str, Any] = {
        "received": func.count(),
        "open": func.count(case((waiting, 1))),
        "overdue": func.count(case((waiting & (of.latest < clock.today()), 1))),
        "answered": func.count(of.replied_at),
        "dated": func.count(case((dated, 1))),
        "kept": func.count(case((dated & (of.latest >= replied_on), 1))),
        "days": type_coerce(both, ARRAY(Float)),
    }
    return [column.label(name) for name, column in counts.items()]


def _frequent(line: Line) -> tuple[int, bool, str]:
    return (-line.received, line.key is None, str(line.key))


def _line(key: Any, row: Any) -> Line:
    return Line(
        key=key,
        received=row.received,
        open=row.open,
        overdue=row.overdue,
        answered=row.answered,
        in_time=row.kept / row.dated if row.dated else None,
        median=_rounded(row.days[0]) if row.days else None,
        slowest=_rounded(row.days[1]) if row.days else None,
    )


def _rounded(days: Any) -> float | None:
    return None if days is None else round(float(days), 1)
