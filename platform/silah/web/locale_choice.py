"""The language of a page: asked for by its address, remembered by a cookie, else the association's."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, has_request_context, request
from jinja2 import pass_context
from jinja2.runtime import Context

from silah.language.bilingual import join_words, localized, other_language
from silah.language.formatting import FILTERS
from silah.language.locale import LANGUAGE_NAMES, LOCALES, alternate_language_url, direction, locale
from silah.language.localization import translations_folder
from silah.web import cookies
from silah.web.extensions import babel
from tenants.context import Tenant, place

COOKIE = "lang"
A_YEAR = 365 * 24 * 3600


def init_languages(app: Flask) -> None:
    """Give the application its languages, and templates the filters and names that depend on them."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(translations_folder())
    app.config["BABEL_DEFAULT_LOCALE"] = "ar"
    babel.init_app(app, locale_selector=chosen_locale, default_timezone="Asia/Riyadh")
    app.after_request(keep_choice)
    for name, filter_ in FILTERS.items():
        app.add_template_filter(_for_templates(filter_), name)
    app.add_template_filter(localized)
    app.jinja_env.globals.update(
        localized=localized,
        join_words=join_words,
        other_language=other_language,
        direction_of=direction,
        language_names=LANGUAGE_NAMES,
    )
    app.context_processor(
        lambda: {"locale": locale(), "direction": direction(), "alternate_language_url": alternate_language_url()}
    )


def _for_templates(filter_: Callable[..., str]) -> Callable[..., str]:
    """The filter, never worked out ahead of time by Jinja: a literal, too, is written in the page's language."""

    @pass_context
    def filtered(_context: Context, value: Any) -> str:
        return filter_(value)

    return filtered


def chosen_locale() -> str:
    """The language asked for by ?lang=, else by the cookie, else the association's, else Arabic."""
    if has_request_context():
        for wish in (request.args.get("lang"), cookies.read(COOKIE)):
            if wish in LOCALES:
                return wish
    served = place.get()
    return served.locale if isinstance(served, Tenant) and served.locale in LOCALES else "ar"


def keep_choice(response: Response) -> Response:
    """Remember ?lang= for a year."""
    wish = request.args.get("lang")
    if wish in LOCALES and cookies.read(COOKIE) != wish:
        cookies.put(response, COOKIE, wish, max_age=A_YEAR)
    return response
