"""What a change of the holidays made of a case's dates, in words, from what its timeline keeps of it."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from silah.language.localization import date_g, locale
from tenants.texts import Text


def describe_change(data: Mapping[str, Any], *, for_applicant: bool = False) -> str:
    """Which date became which, and by which holiday; the internal target is for staff only."""
    shown = [_date(name, *pair) for name, pair in data["dates"].items() if not (for_applicant and name == "target")]
    return " ".join([*shown, because(data["days"])]).strip()


def because(days: Mapping[str, Mapping[str, Any]]) -> str:
    """The days that are off or worked otherwise than before, those in a row together."""
    return " ".join(_cause(first, last, told) for first, last, told in _spans(days))


def days_words(first: date, last: date, written: Callable[[date], str] = date_g) -> str:
    """A day, or the first and the last of several; the month and year are written once where they are the same."""
    end = written(last)
    begin, shared = written(first).split(), end.split()
    while len(begin) > 1 and shared and begin[-1] == shared[-1]:
        begin, shared = begin[:-1], shared[:-1]
    return end if first == last else str(_("%(first)s to %(last)s", first=" ".join(begin), last=end))


def _date(name: str, before: str | None, after: str | None) -> str:
    said: dict[str, str] = {"before": _day(before), "after": _day(after)}
    if name == "latest":
        return str(_("The latest day for the reply was %(before)s and is %(after)s.", **said))
    if name == "earliest":
        return str(_("The earliest day for the reply was %(before)s and is %(after)s.", **said))
    if name == "answer":
        return str(_("The referral was to be answered by %(before)s and is to be answered by %(after)s.", **said))
    return str(_("The internal target was %(before)s and is %(after)s.", **said))


def _day(kept: str | None) -> str:
    return date_g(date.fromisoformat(kept)) if kept else "—"


def _cause(first: date, last: date, told: Mapping[str, Any]) -> str:
    name = Text(ar=told["ar"], en=told["en"]).for_locale(locale())
    days = days_words(first, last)
    if told["off"]:
        return str(_("Off: %(name)s (%(days)s).", name=name, days=days))
    return str(_("Worked after all: %(name)s (%(days)s).", name=name, days=days))


def _spans(days: Mapping[str, Mapping[str, Any]]) -> list[tuple[date, date, Mapping[str, Any]]]:
    found: list[tuple[date, date, Mapping[str, Any]]] = []
    for key, told in sorted(days.items()):
        day = date.fromisoformat(key)
        if found and found[-1][2] == told and found[-1][1] + timedelta(days=1) == day:
            found[-1] = (found[-1][0], day, told)
        else:
            found.append((day, day, told))
    return found
