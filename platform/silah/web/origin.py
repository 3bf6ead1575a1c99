"""Where a form stood, beside where the server takes itself to be: what differs is told as it is."""

from typing import Any
from urllib.parse import urlsplit

from flask import request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError

UNNAMED, ELSEWHERE = "The referrer header is missing.", "The referrer does not match the host."
"""The reasons of flask-wtf for refusing a form whose token is right."""


def explain_refusal(error: CSRFError) -> Any:
    """Return in words why a form with a right token was refused for its origin; None where that was not the reason."""
    if error.description == UNNAMED:
        return _(
            "Your browser did not say which page this form stood on, so it was not taken. Allow it to name the page "
            "to this site (the header Referer), then send the form again."
        )
    if error.description != ELSEWHERE:
        return None
    return _(
        "This form was sent from %(sent)s, but the server was told that it is at %(here)s, so the form was not taken. "
        "For whoever runs this site: the proxy must pass Host and port.",
        sent=_isolated(_place(request.referrer or "")),
        here=_isolated(request.host_url.rstrip("/")),
    )


def _isolated(address: str) -> str:
    """Keep an address from left to right within an Arabic sentence, and the marks after it outside of it."""
    return f"\u2066{address}\u2069"


def _place(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "?"
    return f"{parts.scheme}://{parts.netloc}"[:200]
