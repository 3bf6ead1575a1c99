"""Languages, digits and dates: what other parts need of them, and how the application gets them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import force_locale
from jinja2 import pass_context
from jinja2.runtime import Context

from silah.language.dates import hijri, hijri_year
from silah.language.digits import western
from silah.language.formatting import FILTERS, date_g, date_h, dates, moment, money, number, shown_digits, time_of_day
from silah.language.locale import LOCALES, alternate_language_url, chosen_locale, direction, keep_choice, locale
from silah.language.text_normalization import fold
from silah.web.extensions import babel

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
    "init_i18n",
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


def init_i18n(app: Flask) -> None:
    """Give the application its languages, and templates the filters and names that depend on them."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(translations_folder())
    app.config["BABEL_DEFAULT_LOCALE"] = "ar"
    babel.init_app(app, locale_selector=chosen_locale, default_timezone="Asia/Riyadh")
    app.after_request(keep_choice)
    for name, filter_ in FILTERS.items():
        app.add_template_filter(_for_templates(filter_), name)
    app.context_processor(
        lambda: {"locale": locale(), "direction": direction(), "alternate_language_url": alternate_language_url()}
    )


def _for_templates(filter_: Callable[..., str]) -> Callable[..., str]:
    """The filter, never worked out ahead of time by Jinja: a literal, too, is written in the page's language."""

    @pass_context
    def filtered(_context: Context, value: Any) -> str:
        return filter_(value)

    return filtered
