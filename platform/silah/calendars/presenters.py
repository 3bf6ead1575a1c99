"""What the pages of the calendar show: holidays in the order asked for, words, and what a plan would move."""

from collections.abc import Callable
from datetime import date
from typing import Any

from babel.dates import get_day_names
from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah.calendars.days import Feast
from silah.calendars.models import ANSWER
from silah.cases.deadline_changes import days_words
from silah.desk.action_choices import role_names
from silah.language.bilingual import join_words
from silah.language.localization import date_g, date_h, hijri_year, locale
from tenants.calendars import WEEKDAYS
from tenants.policy import Policy
from tenants.texts import Text

DEED_WORDS: dict[str, Any] = {
    "added": _l("Holiday added"),
    "changed": _l("Holiday changed"),
    "removed": _l("Holiday removed"),
    "confirmed": _l("Days confirmed"),
    "taken_over": _l("Public holidays taken over"),
    "hurried": _l("Special day"),
}
STATE_WORDS: dict[str, Any] = {
    "running": _l("Dates are being reckoned"),
    "done": _l("Finished"),
    "overtaken": _l("A later change does the rest"),
}
STATE_TONES = {"running": "info", "done": "good", "overtaken": "neutral"}
DATE_WORDS: dict[str, Any] = {
    "latest": _l("Latest day for the reply"),
    "earliest": _l("Earliest day for the reply"),
    "target": _l("Internal target"),
}
KIND_WORDS: dict[str, Any] = {"public": _l("Public holiday"), "own": _l("The association's own")}

Listed = tuple[Feast, bool]

COLUMNS: dict[str, tuple[Any, Callable[[Listed], Any]]] = {
    "name": (_l("Holiday"), lambda one: name_feast(one[0])),
    "days": (_l("Gregorian"), lambda one: one[0].first),
    "hijri": (_l("Hijri"), lambda one: one[0].first),
    "length": (_l("Days"), lambda one: one[0].length),
    "kind": (_l("Kind"), lambda one: (one[0].mark.working, one[0].mark.kind)),
    "state": (_l("State"), lambda one: one[0].mark.estimated),
}
"""The columns of the table of holidays, each with what it is sorted by."""


def date_word(name: str) -> str:
    """Which date of a case one is that moved; a question's by the role that is to answer it."""
    if not name.startswith(ANSWER):
        return str(DATE_WORDS[name])
    role = name.removeprefix(ANSWER).partition(":")[0]
    if not hasattr(g, "calendar_roles"):
        g.calendar_roles = role_names()
    return str(_("Answer to a referral: %(role)s", role=g.calendar_roles.get(role, role)))


def name_feast(feast: Feast) -> str:
    """What a holiday is called in the language of the page."""
    return Text(ar=feast.mark.name_ar, en=feast.mark.name_en).for_locale(locale())


def arranged(listed: list[Listed], year: int, sort: str, order: str) -> tuple[list[Any], list[Listed]]:
    """The headings of the table, which sort it, and its holidays in the order asked for."""
    sort, descending = sort if sort in COLUMNS else "days", order == "desc"
    headings = []
    for key, (label, _value) in COLUMNS.items():
        heading: dict[str, Any] = {"label": label, "numeric": key == "length"}
        if key != "hijri":  # it runs as the Gregorian one does
            other = "desc" if key == sort and not descending else None
            heading["sort_href"] = url_for("calendars.year", year=year, sort=key, order=other)
        if key == sort:
            heading["sorted"] = "descending" if descending else "ascending"
        headings.append(heading)
    return headings, sorted(listed, key=COLUMNS[sort][1], reverse=descending)


def hijri_years(year: int) -> tuple[int, int]:
    """The Hijri years in which a Gregorian one begins and ends."""
    return hijri_year(date(year, 1, 1)), hijri_year(date(year, 12, 31))


def weekend(policy: Policy) -> str:
    """The days of the weekend, as they are called."""
    days = get_day_names("wide", locale=locale())
    return join_words(days[WEEKDAYS.index(day)] for day in policy.calendar.weekend)


def counts_days(policy: Policy) -> bool:
    """Whether a date of this policy's reply period can move by a holiday."""
    period = policy.reply_period
    return "working_days" in (period.unit, period.target.unit if period.target else "")


def list_page_words() -> dict[str, Any]:
    """What every page of the calendar may say."""
    return {
        "named": name_feast,
        "deed_words": DEED_WORDS,
        "state_words": STATE_WORDS,
        "state_tones": STATE_TONES,
        "date_word": date_word,
        "kind_words": KIND_WORDS,
        "read": Feast.read,
        "span": lambda first, last, kind: days_words(first, last, date_h if kind == "hijri" else date_g),
        "day_of": date.fromisoformat,
    }
