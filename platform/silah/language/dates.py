"""Dates as they are read in Saudi Arabia: Umm al-Qura and Gregorian side by side, in the day of Asia/Riyadh.

Pure: a day in, words out. Umm al-Qura is tabulated from 1343 to 1500 AH; outside it only the Gregorian date is written.
"""

from datetime import date, datetime

from babel.dates import get_day_names, get_month_names
from hijridate import Gregorian, Hijri

from silah.clock import RIYADH, day_of

FIRST_YEAR, LAST_YEAR = 1900, 2200


def hijri(day: date) -> tuple[int, int, int]:
    """Year, month and day of the Umm al-Qura calendar; raises OverflowError outside its tables."""
    return Gregorian(day.year, day.month, day.day).to_hijri().datetuple()


def hijri_year(day: date) -> int:
    """The Hijri year of a day, as in references; raises OverflowError outside the Umm al-Qura tables."""
    return hijri(day)[0]


def day(value: date | datetime) -> date:
    """The day of a date or of an aware instant, in Riyadh; raises ValueError for a naive instant."""
    return day_of(_aware(value)) if isinstance(value, datetime) else value


def gregorian_words(value: date | datetime, locale: str) -> str:
    """«10 ديسمبر 2026م» or "10 December 2026"."""
    on = day(value)
    words = f"{on.day} {get_month_names('wide', locale=locale)[on.month]} {on.year}"
    return f"{words}م" if locale == "ar" else words


def hijri_words(value: date | datetime, locale: str) -> str:
    """«1 رجب 1448هـ» or "1 Rajab 1448 AH"; empty outside the Umm al-Qura tables."""
    try:
        year, month, number = hijri(day(value))
    except OverflowError:
        return ""
    name = Hijri(year, month, number).month_name("ar" if locale == "ar" else "en")
    return f"{number} {name} {year}هـ" if locale == "ar" else f"{number} {name} {year} AH"


def date_words(value: date | datetime, locale: str) -> str:
    """The weekday and both dates: «الخميس 1 رجب 1448هـ، 10 ديسمبر 2026م»."""
    on = day(value)
    weekday = get_day_names("wide", locale=locale)[on.weekday()]
    islamic, gregorian = hijri_words(on, locale), gregorian_words(on, locale)
    if locale == "ar":
        return f"{weekday} {islamic}، {gregorian}" if islamic else f"{weekday} {gregorian}"
    return f"{weekday} {gregorian} ({islamic})" if islamic else f"{weekday} {gregorian}"


def time_words(value: datetime, locale: str) -> str:
    """The time of day in Riyadh: «3:45 مساءً» or "3:45 pm"."""
    at = _aware(value).astimezone(RIYADH)
    morning, evening = ("صباحًا", "مساءً") if locale == "ar" else ("am", "pm")
    return f"{at.hour % 12 or 12}:{at:%M} {morning if at.hour < 12 else evening}"


def moment_words(value: datetime, locale: str) -> str:
    """Both dates and the time of day."""
    return f"{date_words(value, locale)}{'،' if locale == 'ar' else ','} {time_words(value, locale)}"


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return value


def is_sensible(on: date) -> bool:
    """Whether anything here can have happened or be due on a day: from 1900 to 2200."""
    return FIRST_YEAR <= on.year <= LAST_YEAR


def read_iso_day(text: object) -> date | None:
    """Return the day that a program wrote as YYYY-MM-DD; None for anything else and for what is not sensible."""
    try:
        on = date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return on if on is not None and is_sensible(on) else None


def read_iso_instant(text: object) -> datetime | None:
    """Return the aware instant that a program wrote; None for anything else and for what is not sensible."""
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None and is_sensible(at.date()) else None
