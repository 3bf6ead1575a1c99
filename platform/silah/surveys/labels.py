"""What points, figures and states are called."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah.language.localization import number
from silah.surveys.scores import Interval, Score

QUALITY = {"1": _l("Very poor"), "2": _l("Poor"), "3": _l("Fair"), "4": _l("Good"), "5": _l("Very good")}
CONTENT = {
    "1": _l("Very dissatisfied"),
    "2": _l("Dissatisfied"),
    "3": _l("Neither satisfied nor not"),
    "4": _l("Satisfied"),
    "5": _l("Very satisfied"),
}
EASE = {"1": _l("Very hard"), "2": _l("Hard"), "3": _l("Neither"), "4": _l("Easy"), "5": _l("Very easy")}

STATES: dict[str, tuple[Any, str]] = {
    "planned": (_l("Planned"), "neutral"),
    "open": (_l("Open"), "good"),
    "closed": (_l("Closed"), "info"),
    "discarded": (_l("Given up"), "neutral"),
}
SCORES: dict[str, tuple[Any, Any]] = {
    "csat": (_l("Satisfied (CSAT)"), _l("CSAT = those who chose 4 or 5 ÷ all who answered")),
    "nps": (_l("Recommendation (NPS)"), _l("NPS = share of 9 and 10 − share of 0 to 6, from −100 to 100")),
    "ces": (_l("Ease (CES)"), _l("CES = mean of the answers from 1 (very hard) to 5 (very easy)")),
}

WITHIN: dict[str, Any] = {
    "share": _l("Bounds by Wilson's formula"),
    "points": _l("Bounds by the adjusted Wald formula"),
    "mean": _l("Bounds by Student's formula"),
}
"""By which formula the bounds of a figure of this unit are worked out."""

WAYS: dict[str, Any] = {
    "email": _l("E-mail"),
    "sms": _l("SMS"),
    "unwritten": _l("On the page of their case, without a message"),
    "open": _l("Open link or poster"),
    "kiosk": _l("Tablet at the desk"),
    "field": _l("In the field"),
}


def bounds(score: Score | None) -> str | None:
    """Between which bounds a figure lies; None where nothing can be said."""
    if score is None or score.within is None:
        return None
    if score.unit == "share":
        return _from_to(*(f"{number(round(100 * end))}%" for end in (score.within.low, score.within.high)))
    if score.unit == "points":
        return _from_to(*(number(round(end)) for end in (score.within.low, score.within.high)))
    return mean_bounds(score.within)


def mean_bounds(within: Interval | None) -> str | None:
    """Between which bounds a mean lies; None where nothing can be said."""
    return None if within is None else _from_to(number(round(within.low, 2)), number(round(within.high, 2)))


def _from_to(low: str, high: str) -> str:
    return str(_("%(low)s to %(high)s", low=low, high=high))


def point_words(measures: str, point: str) -> str:
    """What a point from 1 to 5 is called."""
    return str({"ces": EASE, "csat": CONTENT}.get(measures, QUALITY)[point])
