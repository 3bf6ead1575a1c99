"""Which language and digits a page is in, and dates, numbers and money written that way."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, Response, has_request_context, request
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _

from silah import dates as calendar
from silah.dates import hijri, hijri_year
from silah.digits import arabic_indic, arabic_indic_number, western
from silah.extensions import babel
from silah.folding import fold
from silah.shell import look
from tenants.context import Tenant, place

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
]  # fmt: skip

LOCALES = ("ar", "en")
COOKIE = "lang"
A_YEAR = 365 * 24 * 3600


def translations_folder() -> Path:
    """Where the catalogues are: inside an installed wheel, else beside the source roots."""
    package = Path(__file__).parent
    packed = package / "_data" / "translations"
    return packed if packed.is_dir() else package.parent.parent / "translations"


def chosen_locale() -> str:
    """The language asked for by ?lang=, else by the cookie, else the association's, else Arabic."""
    if has_request_context():
        for wish in (request.args.get("lang"), request.cookies.get(COOKIE)):
            if wish in LOCALES:
                return wish
    served = place.get()
    return served.locale if isinstance(served, Tenant) and served.locale in LOCALES else "ar"


def locale() -> str:
    """The language of what is being written: "ar" or "en"."""
    found = get_locale()
    return found.language if found is not None and found.language in LOCALES else "ar"


def direction() -> str:
    """The direction of that language: "rtl" or "ltr"."""
    return "rtl" if locale() == "ar" else "ltr"


def alternate_language_url() -> str | None:
    """This page in the other language; None outside a request."""
    if not has_request_context():
        return None
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    other = "en" if locale() == "ar" else "ar"
    return f"{request.path}?{urlencode([*asked, ('lang', other)])}"


def shown_digits(text: str) -> str:
    """The text with the digits that the association shows; English keeps 0-9."""
    return arabic_indic(text) if _arabic_indic_wanted() else text


def _arabic_indic_wanted() -> bool:
    return locale() == "ar" and look.current().digits == "arabic"


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


def number(value: int | float | Decimal | None) -> str:
    """A number with thousands set apart."""
    if value is None:
        return ""
    written = f"{value:,}"
    return arabic_indic_number(written) if _arabic_indic_wanted() else written


def money(value: int | float | Decimal | None) -> str:
    """An amount in Saudi riyals; halalas only where there are any."""
    if value is None:
        return ""
    exact = round(Decimal(str(value)), 2)
    return _("SAR %(amount)s", amount=number(int(exact) if exact == int(exact) else exact))


def _keep_choice(response: Response) -> Response:
    wish = request.args.get("lang")
    if wish in LOCALES and request.cookies.get(COOKIE) != wish:
        response.set_cookie(COOKIE, wish, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    return response


def init_i18n(app: Flask) -> None:
    """Give the application its languages, and templates the filters and names that depend on them."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(translations_folder())
    app.config["BABEL_DEFAULT_LOCALE"] = "ar"
    babel.init_app(app, locale_selector=chosen_locale, default_timezone="Asia/Riyadh")
    app.after_request(_keep_choice)
    for filter_ in (dates, date_g, date_h, moment, time_of_day, number, money, shown_digits):
        app.add_template_filter(filter_, _filter_name(filter_))
    app.context_processor(
        lambda: {"locale": locale(), "direction": direction(), "alternate_language_url": alternate_language_url()}
    )


def _filter_name(filter_: Callable[..., str]) -> str:
    return next(name for name in __all__ if globals()[name] is filter_)
