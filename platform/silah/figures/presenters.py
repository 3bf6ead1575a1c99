"""What the page of figures shows: totals, tables by kind, channel and branch, charts, and what can be chosen."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import get_month_names
from flask_babel import gettext as _
from sqlalchemy import select

from silah import clock
from silah.cases import kinds
from silah.cases.models import Case
from silah.complaints.labels import TOPICS
from silah.complaints.models import COMPLAINT, Complaint
from silah.figures import charts, statistics
from silah.figures.report_filter import Sight
from silah.figures.statistics import Line
from silah.language.bilingual import localized
from silah.language.localization import locale, number, shown_digits
from silah.organisation.models import BranchOffice
from silah.web.access import Member
from tenants import versions
from tenants.database import db


def shown(sight: Sight, member: Member) -> dict[str, Any]:
    """Everything on the page, in a fixed number of statements."""
    named = {"kind": kind_names(), "channel": channel_names(), "branch": branch_names()}
    columns: dict[str, Any] = {"kind": Case.kind, "channel": Case.channel, "branch": Case.branch_id}
    if sight.kind == COMPLAINT:  # then the kind of complaint tells more
        columns["kind"], named["kind"] = topic(), topics()
    total, found = statistics.tables(columns, sight, member)
    tables = {name: lines(table, named[name]) for name, table in found.items()}
    months = statistics.by_month(sight, member)
    return {
        "sight": sight,
        "total": total,
        "tables": tables,
        "bars": {name: bars_of(table) for name, table in tables.items()},
        "months": [(month_words(month), came, went) for month, came, went in months],
        "trend": trend_of(months),
        "choices": {**named, "kind": kind_names()},
        "today": clock.today(),
    }


def topic() -> Any:
    """What kind of complaint it is, once it was classified."""
    return select(Complaint.topic).where(Complaint.case_id == Case.id).correlate(Case).scalar_subquery()


def topics() -> dict[str, str]:
    """What each kind of complaint is called, and those of which nobody has said it yet."""
    return {**{key: str(words) for key, words in TOPICS.items()}, str(None): _("Not classified yet")}


def lines(found: Sequence[Line], names: Mapping[str, str]) -> list[tuple[str, Line]]:
    """Lines with what each is called."""
    return [(names.get(str(line.key), str(line.key or "—")), line) for line in found]


def bars_of(table: Sequence[tuple[str, Line]]) -> charts.Bars:
    """How many came, by what the table is by."""
    return charts.bars([(name, line.received) for name, line in table[:10]], rtl=locale() == "ar")


def trend_of(months: Sequence[tuple[Any, int, int]]) -> charts.Trend:
    """What came and what was answered, month by month."""
    return charts.trend([(month_words(m, short=True), came, went) for m, came, went in months], rtl=locale() == "ar")


def month_words(month: date, *, short: bool = False) -> str:
    """A month of the Gregorian calendar, by name; without its year where room is short."""
    name = get_month_names("wide", locale=locale())[month.month]
    return name if short else f"{name} {shown_digits(str(month.year))}"


def kind_names() -> dict[str, str]:
    """What each kind of case is called."""
    return {kind.key: str(kind.name) for kind in kinds.every().values()}


def channel_names() -> dict[str, str]:
    """The channels of the policy in force, retired ones too: old cases name them."""
    policy = versions.in_force(clock.today()).policy
    return {channel.key: channel.name.for_locale(locale()) for channel in policy.channels}


def branch_names() -> dict[str, str]:
    """The branch offices."""
    rows = db.session.scalars(select(BranchOffice).order_by(BranchOffice.position, BranchOffice.name_ar))
    return {str(one.id): localized(one, "name") for one in rows}


def share(part: float | None) -> str:
    """A share in per cent; a dash where there is none."""
    return "—" if part is None else f"{number(round(part * 100))}%"


def days(count: float | None) -> str:
    """A number of days with one decimal; a dash where there is none."""
    return "—" if count is None else number(Decimal(str(count)))
