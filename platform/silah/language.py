"""Which language a page is in: asked for, remembered, or the association's."""

from urllib.parse import quote, urlencode

from flask import Response, has_request_context, request
from flask_babel import get_locale

from silah import cookies
from tenants.context import Tenant, place

LOCALES = ("ar", "en")
COOKIE = "lang"
OWN = ("lang", "switch_language", "kept_form")
"""Parts of an address that say how a page is shown once, and do not belong to where it leads."""
A_YEAR = 365 * 24 * 3600


def chosen_locale() -> str:
    """The language asked for by ?lang=, else by the cookie, else the association's, else Arabic."""
    if has_request_context():
        for wish in (request.args.get("lang"), cookies.read(COOKIE)):
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
    """This page in the other language; None outside a request.

    The path is the visitor's own: written so that no browser takes what follows a second slash for a host.
    """
    if not has_request_context():
        return None
    asked = [(name, value) for name, value in request.args.items(multi=True) if name not in OWN]
    other = "en" if locale() == "ar" else "ar"
    return f"/{quote(request.path.lstrip('/'))}?{urlencode([*asked, ('lang', other)])}"


def keep_choice(response: Response) -> Response:
    """Remember ?lang= for a year."""
    wish = request.args.get("lang")
    if wish in LOCALES and cookies.read(COOKIE) != wish:
        cookies.put(response, COOKIE, wish, max_age=A_YEAR)
    return response
