"""What the programme calls its instruments and figures."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah.cases import kinds
from silah.figures import presenters
from silah.language.localization import number
from silah.programme.models import StandingReview

INSTRUMENTS: dict[str, Any] = {
    "questionnaire": _l("Questionnaires"),
    "field_survey": _l("Field surveys"),
    "supervisory_visits": _l("Supervisory visits"),
    "interviews": _l("Interviews"),
    "link_follow_up": _l("Follow-up of the complaints and inquiries link"),
    "liaison_oversight": _l("Supervision of the liaison officers"),
}
MEASURED_BY: dict[str, Any] = {**INSTRUMENTS, "complaints": _l("Complaints"), "times": _l("Times of reply")}
MEASURES: dict[str, Any] = {
    "visit": _l("Mean score of 100"),
    "satisfied": _l("Satisfied with the answer"),
    "in_time": _l("Answered in time"),
}
CADENCES: dict[str | None, Any] = {
    "periodic": _l("From time to time"),
    "continuous": _l("Continuously"),
    None: _l("Not said"),
}
COLUMNS: dict[str, Any] = {
    "received": _l("Received"),
    "open": _l("Open"),
    "overdue": _l("Overdue"),
    "answered": _l("Answered"),
    "in_time": _l("Answered in time"),
    "median": _l("Days (median)"),
    "slowest": _l("Days (90th percentile)"),
}


def line(review: StandingReview, one: dict[str, Any]) -> str:
    """What a line of figures is of: a kind of case, or a member of staff."""
    if review.instrument == "link_follow_up":
        kind = kinds.every().get(one["key"])
        return str(kind.name) if kind else str(one["key"])
    return str(one["key"]) or _("Held by nobody")


def written(column: str, value: Any) -> str:
    """A figure of a column, as it is written; a dash where there is none."""
    if column == "in_time":
        return presenters.share(value)
    if column in ("median", "slowest"):
        return presenters.days(value)
    return number(Decimal(value))
