"""The figures that a standing review begins with: of the complaints and inquiries link, or of each liaison officer."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import case, func, select

from silah import clock
from silah.cases import visibility
from silah.cases.models import Case
from silah.cases.states import UNANSWERED
from silah.complaints.models import ASKED, COMPLAINT
from silah.figures import statistics
from silah.figures.report_filter import Sight
from silah.figures.statistics import Line
from silah.language.text_normalization import fold
from silah.organisation.models import Membership
from silah.surveys.rules import rules
from silah.web.access import Member
from tenants.database import db

LINK, LIAISON = "link_follow_up", "liaison_oversight"
COLUMNS = ("received", "open", "overdue", "answered", "in_time", "median", "slowest")


def of(instrument: str, since: date, until: date, member: Member) -> list[dict[str, Any]]:
    """One object a line: what it is of, and the columns; of what the member may see."""
    return _link(since, until, member) if instrument == LINK else _officers(since, until, member)


def _link(since: date, until: date, member: Member) -> list[dict[str, Any]]:
    sights = {kind: Sight(since, until, "own", kind) for kind in (COMPLAINT, *ASKED)}
    return [_said(kind, statistics.total(sight, member)) for kind, sight in sights.items()]


def _officers(since: date, until: date, member: Member) -> list[dict[str, Any]]:
    """Each holder of inquiries, suggestions and calls for support that came in the period, the most overdue first.

    Who answered fewer than may be shown is ranked by nothing: they stand behind the others, in the order of names.
    """
    waiting, answered = Case.state.in_(tuple(UNANSWERED)), Case.replied_at.is_not(None)
    kept = answered & (Case.latest >= statistics.REPLIED_ON)
    rows = db.session.execute(
        select(
            func.coalesce(Membership.name, "").label("key"),
            func.count().label("received"),
            func.count(case((waiting, 1))).label("open"),
            func.count(case((waiting & (Case.latest < clock.today()), 1))).label("overdue"),
            func.count(case((answered, 1))).label("answered"),
            func.count(case((kept, 1))).label("kept"),
            func.percentile_cont(0.5).within_group(case((answered, statistics.DAYS))).label("median"),
            func.percentile_cont(0.9).within_group(case((answered, statistics.DAYS))).label("slowest"),
        )
        .select_from(Case)
        .outerjoin(Membership, Membership.id == Case.holder_id)
        .where(Case.kind.in_(ASKED), visibility.visible(member))
        .where(Case.received_at >= _start(since), Case.received_at < _start(until + timedelta(days=1)))
        .group_by(Membership.name)
    )
    return ranked([_officer(row) for row in rows], rules().fewest)


def ranked(lines: list[dict[str, Any]], fewest: int) -> list[dict[str, Any]]:
    """The lines of members of staff, with how they did for those alone who answered enough."""
    small = [one | {"in_time": None, "median": None, "slowest": None} for one in lines if one["answered"] < fewest]
    enough = [one for one in lines if one["answered"] >= fewest]
    by_lateness = sorted(enough, key=lambda one: (-one["overdue"], fold(one["key"])))
    return by_lateness + sorted(small, key=lambda one: fold(one["key"]))


def _officer(row: Any) -> dict[str, Any]:
    counts = {name: getattr(row, name) for name in ("received", "open", "overdue", "answered")}
    in_time = row.kept / row.answered if row.answered else None
    return {
        "key": row.key,
        **counts,
        "in_time": in_time,
        "median": _days(row.median),
        "slowest": _days(row.slowest),
    }


def _said(key: str, line: Line) -> dict[str, Any]:
    return {"key": key, **{name: getattr(line, name) for name in COLUMNS}}


def _days(value: Any) -> float | None:
    return None if value is None else round(float(value), 1)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), clock.RIYADH)
