"""Dates as people type them, in either calendar, read in one way everywhere.

- A year from 1343 to 1500 is Hijri (Umm al-Qura), one from 1900 to 2200 Gregorian; no other is taken, nor one of two
  digits. An era (``هـ``, ``AH``, ``م``, ``AD``) that says otherwise is asked back.
- The year comes first or last. Where it comes last the day comes first, as it is written in Saudi Arabia:
  ``05/06/2026`` is the fifth of June. ``2/18/2026`` is no date.
- A month may be a number or its name, in Arabic or English: ``1 رمضان 1447هـ``, ``18 Feb 2026``.

``shell/static/field/17-days.js`` reads by the same rules without a connection; one table of cases tests both.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from flask_babel import gettext as _
from hijridate import Hijri

from silah import clock
from silah.language.dates import FIRST_YEAR, LAST_YEAR
from silah.language.digits import western_digits
from silah.language.month_names import find_month
from silah.language.numbers import BadAnswer
from silah.language.text_cleaning import remove_marks

FIRST_HIJRI_YEAR, LAST_HIJRI_YEAR = 1343, 1500
"""What Umm al-Qura is tabulated for."""
_SIGNS = str.maketrans("؍⁄∕／．−–—‐‑،", "////.-----,")
_ERA = re.compile(
    r"(?<=\d) ?(?:(?P<hijri>هـ?|هجري[هة]?|a\.?h|h)|(?P<common>م|ميلادي[هة]?|a\.?d|c\.?e|g))\.?$", re.IGNORECASE
)
_NUMBERS = re.compile(r"(\d{1,4}) ?(?P<sign>[/.-]) ?(\d{1,2}) ?(?P=sign) ?(\d{1,4})|(\d{1,4}) (\d{1,2}) (\d{1,4})")
LONGEST_TYPED = 60


@dataclass(frozen=True)
class TypedDay:
    """A day as it was typed: year, month and day in one of the calendars."""

    year: int
    month: int
    day: int
    is_hijri: bool

    def to_date(self) -> date:
        """Return the Gregorian day; raises ``BadAnswer`` where the calendar has no such day."""
        try:
            if self.is_hijri:
                return Hijri(self.year, self.month, self.day).to_gregorian()
            return date(self.year, self.month, self.day)
        except (ValueError, OverflowError):
            raise BadAnswer(
                _("There is no such day. Write the day, then the month, then the year, such as 18/2/2026.")
            ) from None


@dataclass(frozen=True)
class DayBounds:
    """How far from today the days of a field may lie, in years; None for as far as the calendars go."""

    years_ago: int | None = None
    years_ahead: int | None = None

    def check(self, on: date) -> None:
        """Raise ``BadAnswer`` for a day beyond these bounds."""
        today = clock.today()
        if self.years_ahead is not None and on > _add_years(today, self.years_ahead):
            raise BadAnswer(
                _("This day is too far ahead. Check the year.")
                if self.years_ahead
                else _("This day has not come yet. Check the year.")
            )
        if self.years_ago is not None and on < _add_years(today, -self.years_ago):
            raise BadAnswer(
                _("This day is too long ago. Check the year.")
                if self.years_ago
                else _("This day has passed. Choose today or a later day.")
            )


ANY_DAY = DayBounds()
BIRTH = DayBounds(years_ago=130, years_ahead=0)
PAST = DayBounds(years_ago=130, years_ahead=0)
FUTURE = DayBounds(years_ago=0, years_ahead=100)
BOUNDS = {"birth": BIRTH, "past": PAST, "future": FUTURE}


def read_day(text: str, bounds: DayBounds = ANY_DAY) -> date:
    """Return the day that was typed, as a Gregorian date; raises ``BadAnswer`` for what is none or out of bounds."""
    on = parse_day(text).to_date()
    bounds.check(on)
    return on


def parse_day(text: str) -> TypedDay:
    """Return year, month and day as they were typed, and in which calendar; raises ``BadAnswer``."""
    plain = " ".join(western_digits(remove_marks(text)).translate(_SIGNS).replace("\u0640", "").casefold().split())
    era = _ERA.search(plain)
    plain = plain[: era.start()] if era else plain
    if len(plain) > LONGEST_TYPED:
        raise BadAnswer(_say_form())
    numbers, named = _NUMBERS.fullmatch(plain), None
    if numbers:
        first, month, last = (part for part in (numbers[1], numbers[3], numbers[4], *numbers.groups()[4:]) if part)
    else:
        first, month, last, named = _named_parts(plain)
    if (len(first) == 4) == (len(last) == 4):
        raise BadAnswer(_say_form() if len(first) == 4 else _("Write the year in four digits, such as 1447 or 2026."))
    year, day = (int(first), int(last)) if len(first) == 4 else (int(last), int(first))
    is_hijri = FIRST_HIJRI_YEAR <= year <= LAST_HIJRI_YEAR
    if not is_hijri and not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadAnswer(_("Enter a year from 1343 to 1500 (Hijri) or from 1900 to 2200 (Gregorian)."))
    if (era and bool(era["hijri"]) != is_hijri) or (named is not None and named != is_hijri):
        raise BadAnswer(_("The year and the rest of the date belong to different calendars. Check the year."))
    return TypedDay(year, int(month), day, is_hijri)


@cache
def pack_month_lengths() -> str:
    """Return how many days beyond 28 each Hijri month has, a digit a month, from the first of 1343 on."""
    years = range(FIRST_HIJRI_YEAR, LAST_HIJRI_YEAR + 1)
    return "".join(str(Hijri(year, month, 1).month_length() - 28) for year in years for month in range(1, 13))


def _named_parts(plain: str) -> tuple[str, str, str, bool]:
    """The parts of a date whose month is written as a name, and whether that month is Hijri."""
    found = re.findall(r"\d+", plain)
    rest = re.sub(r"(\d+)(?:(?:st|nd|rd|th)\b(?: of\b)?)?", " ", plain)
    month = find_month(rest) if len(found) == 2 and re.fullmatch(r"[\w ,./'’ʿʾ-]*", rest) else None
    if month is None or not all(len(one) in (1, 2, 4) for one in found):
        raise BadAnswer(_say_form())
    return found[0], str(month[1]), found[1], month[0]


def _say_form() -> str:
    return str(_("Enter a date as day/month/year, Hijri or Gregorian, such as 1/9/1447 or 18/2/2026."))


def _add_years(day: date, years: int) -> date:
    """The same day of another year; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
