"""What points, figures and states are called."""

from typing import Any

from flask_babel import lazy_gettext as _l

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


def point_words(measures: str, point: str) -> str:
    """What a point from 1 to 5 is called."""
    return str({"ces": EASE, "csat": CONTENT}.get(measures, QUALITY)[point])
