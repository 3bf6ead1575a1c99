"""Languages, digits and dates: what other parts need of them."""

from pathlib import Path

from flask_babel import force_locale

from silah.language.dates import hijri, hijri_year
from silah.language.digits import western
from silah.language.formatting import date_g, date_h, dates, moment, money, number, shown_digits, time_of_day
from silah.language.locale import LOCALES, alternate_language_url, direction, locale
from silah.language.text_normalization import fold

__all__ = [
    "LOCALES",
    "alternate_language_url",
    "date_g",
    "date_h",
    "dates",
    "direction",
    "fold",
    "force_locale",
    "hijri",
    "hijri_year",
    "locale",
    "moment",
    "money",
    "number",
    "shown_digits",
    "time_of_day",
    "western",
]


def translations_folder() -> Path:
    """Where the catalogues are: inside an installed wheel, else beside the source roots."""
    package = Path(__file__).parents[1]
    packed = package / "_data" / "translations"
    return packed if packed.is_dir() else package.parent.parent / "translations"
