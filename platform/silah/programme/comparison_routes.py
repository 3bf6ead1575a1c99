"""`/desk/programme/instruments`: what the instruments came to in a period, one beside the other."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request

from silah import clock
from silah.desk.member import worker
from silah.figures.presenters import kind_names
from silah.programme import instrument_comparison, labels, reviews
from silah.surveys.labels import SCORES
from silah.surveys.rules import rules
from silah.web.access import Permission, requires

bp = Blueprint("instruments", __name__, template_folder="templates")
FIRST_YEAR, QUARTERS = 2000, (1, 2, 3, 4)


@bp.get("/desk/programme/instruments")
@requires(Permission.SEE_SURVEYS)
def instruments() -> str:
    """The figures of a year, or of one of its quarters."""
    year, quarter = period(request.args.get("year", type=int), request.args.get("quarter", type=int))
    fewest = rules().fewest
    lines = instrument_comparison.lines(*span(year, quarter), worker(), fewest)
    known: dict[str, Any] = {"year": year, "quarter": quarter, "this_year": clock.today().year, "quarters": QUARTERS}
    named = {"instruments": labels.MEASURED_BY, "measures": labels.MEASURES, "scores": SCORES, "kinds": kind_names()}
    return render_template("programme/instruments.html", lines=lines, fewest=fewest, **known, **named)


def period(year: int | None, quarter: int | None) -> tuple[int, int | None]:
    """The year and the quarter that are meant; this year where none can be understood, no quarter: all of it."""
    this = clock.today().year
    return min(max(year or this, FIRST_YEAR), this), quarter if quarter in QUARTERS else None


def span(year: int, quarter: int | None) -> tuple[date, date]:
    """The first and the last day of a year, or of a quarter of it."""
    if quarter is None:
        return date(year, 1, 1), date(year, 12, 31)
    return reviews.quarter(date(year, 3 * quarter, 1))
