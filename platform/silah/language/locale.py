"""Which language a page is in: asked for, remembered, or the association's."""

from urllib.parse import quote, urlencode

from flask import has_request_context, request
from flask.globals import request_ctx
from flask_babel import get_locale
from werkzeug.exceptions import HTTPException, MethodNotAllowed

LOCALES = ("ar", "en")
LANGUAGE_NAMES = {"ar": "العربية", "en": "English"}
"""What each language calls itself."""
OWN = ("lang", "switch_language", "kept_form")
"""Parts of an address that say how a page is shown once, and do not belong to where it leads."""


def locale() -> str:
    """The language of what is being written: "ar" or "en"."""
    found = get_locale()
    return found.language if found is not None and found.language in LOCALES else "ar"


def other_language(language: str | None = None) -> str:
    """Return the one of the two languages that a page, or ``language``, is not."""
    return "ar" if (language or locale()) == "en" else "en"


def direction(language: str | None = None) -> str:
    """Return the direction of ``language``, or of the language of the page: "rtl" or "ltr"."""
    return "rtl" if (language or locale()) == "ar" else "ltr"


def alternate_language_url() -> str | None:
    """This page in the other language; None outside a request, and for a page that only a form leads to.

    The path is the visitor's own: written so that no browser takes what follows a second slash for a host.
    """
    if not has_request_context() or not is_opened_by_link():
        return None
    return in_other_language(request.path, list(request.args.items(multi=True)))


def in_other_language(path: str, asked: list[tuple[str, str]]) -> str:
    """Return an address, given as its path and the parts of its query, so that its page is in the other language."""
    kept = [(name, value) for name, value in asked if name not in OWN]
    return f"/{quote(path.lstrip('/'))}?{urlencode([*kept, ('lang', other_language())])}"


def is_opened_by_link() -> bool:
    """Tell whether the address of this request can be opened, rather than takes forms alone."""
    if request.environ["REQUEST_METHOD"] != "POST":
        return True
    try:
        if request_ctx.url_adapter is not None:
            request_ctx.url_adapter.match(method="GET")
    except MethodNotAllowed:
        return False
    except HTTPException:
        return True  # as it was answered: a page that says there is none, or that leads on
    return True
