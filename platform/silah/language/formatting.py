"""Dates, numbers and money in the language of the page and the digits of the association; empty for None."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _

from silah.language import dates as calendar
from silah.language.digits import arabic_indic, arabic_indic_number
from silah.language.locale import locale
from tenants.phone_numbers import dial_link

Amount = int | float | Decimal
_choosers: list[Callable[[], str]] = []


def shown_digits(text: str) -> str:
    """The text with the digits that the association shows; English keeps 0-9."""
    return arabic_indic(text) if _arabic_indic_wanted() else text


def choose_digits_by(chooser: Callable[[], str]) -> None:
    """Ask `chooser` which digits Arabic pages show: "arabic" for ٠-٩, anything else for 0-9."""
    _choosers[:] = [chooser]


def _arabic_indic_wanted() -> bool:
    return locale() == "ar" and any(chooser() == "arabic" for chooser in _choosers)


def _date_filter(words: Callable[..., str]) -> Callable[[date | datetime | None], str]:
    def written(value: date | datetime | None) -> str:
        return "" if value is None else shown_digits(words(value, locale()))

    written.__doc__ = words.__doc__
    return written


dates = _date_filter(calendar.date_words)
date_g = _date_filter(calendar.gregorian_words)
date_h = _date_filter(calendar.hijri_words)
moment = _date_filter(calendar.moment_words)
time_of_day = _date_filter(calendar.time_words)


def number(value: Amount | str | None) -> str:
    """A number with thousands set apart; a count that is words already ("1000+") only in the right digits."""
    if value is None:
        return ""
    written = value if isinstance(value, str) else f"{value:,}"
    return arabic_indic_number(written) if _arabic_indic_wanted() else written


def money(value: Amount | None) -> str:
    """An amount in Saudi riyals; halalas only where there are any."""
    if value is None:
        return ""
    exact = round(Decimal(str(value)), 2)
    whole = int(exact)
    return str(_("SAR %(amount)s", amount=number(whole if exact == whole else exact)))


FILTERS: dict[str, Callable[..., str]] = {
    "dates": dates,
    "date_g": date_g,
    "date_h": date_h,
    "moment": moment,
    "time_of_day": time_of_day,
    "number": number,
    "money": money,
    "shown_digits": shown_digits,
    "dial_link": dial_link,
}
