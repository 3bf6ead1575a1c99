"""What a visitor gets while PostgreSQL is away: one page in both languages, which keeps what was typed.

The page asks nobody: no database, no session, no look of an association. What was posted stands in it as hidden
fields, the form's token included, and goes to the same address again by one press.
"""

import logging
from dataclasses import dataclass
from typing import Any

import psycopg2
from flask import Flask, Response, current_app, g, jsonify, make_response, request
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, PendingRollbackError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import HTTPException

from silah.language.locale import LOCALES, direction
from tenants.context import place
from tenants.database import db

log = logging.getLogger(__name__)

RETRY_SECONDS = 30
OUTAGES = (OperationalError, InterfaceError, PendingRollbackError, NoConnectionFree)
RAW = (psycopg2.OperationalError, psycopg2.InterfaceError)
LOST = ("08", "57P")
"""How the SQLSTATE of a lost or refused connection begins; where it never came about there is none."""

SECRET_PARTS = ("password", "one_time")
SECRET_NAMES = frozenset({"present", "again"})
"""What the forms of passwords and of codes that are good once call their fields."""
"""What is never written into a page: it is typed anew."""


@dataclass(frozen=True, slots=True)
class OutageWords:
    """The texts of the page in one language."""

    language: str
    direction: str
    title: str
    happened: str
    now: str
    files: str
    again: str


def is_outage(error: BaseException | None) -> bool:
    """Whether an error, or the one that caused it, says that PostgreSQL is out of reach or overburdened."""
    while error is not None:
        if isinstance(error, (*OUTAGES, *RAW)) or (isinstance(error, DBAPIError) and error.connection_invalidated):
            return True
        error = error.__cause__
    return False


def is_lost(error: BaseException) -> bool:
    """Whether the connection was lost or refused, as opposed to a statement that took too long or waited in vain."""
    state = getattr(getattr(error, "orig", error), "pgcode", None)
    return state is None or str(state).startswith(LOST)


def roll_back() -> None:
    """Undo what the request began; a connection that died is thrown away instead."""
    if place.get() is None:
        return
    try:
        db.session.rollback()
    except SQLAlchemyError:
        db.session().invalidate()


def answer_outage(error: BaseException) -> Response:
    """Answer with 503 and the page, or with JSON for a program; a lost connection is one line in the log."""
    rule = request.url_rule.rule if request.url_rule else "an unknown address"
    if is_lost(error):
        log.error("PostgreSQL does not answer (%s): %s", rule, str(error).strip().partition("\n")[0])
    else:
        log.error("PostgreSQL gave up on %s", rule, exc_info=error)
    roll_back()
    response = _as_json() if _wants_json() else make_response(_page())
    response.status_code = 503
    g.outage = True
    response.headers["Cache-Control"] = "no-store"
    return response


def say_when(response: Response) -> Response:
    """Say when to come back; the limits, which would say when they reset, have had their say before."""
    if g.get("outage"):
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def init_outages(app: Flask) -> None:
    """Bind to an app before its limits are: what is bound first looks at an answer last."""
    app.after_request(say_when)


def is_secret(name: str) -> bool:
    """Tell by its name whether a field takes a password or a code that is good once: it is typed anew."""
    return name in SECRET_NAMES or any(part in name for part in SECRET_PARTS)


def typed_fields() -> list[tuple[str, str]]:
    """Return every field that was posted, in order, several of one name included, save secrets."""
    if request.method != "POST":
        return []
    try:
        return [(name, value) for name, value in request.form.items(multi=True) if not is_secret(name)]
    except HTTPException:
        return []  # What was sent cannot be read, so there is nothing to keep.


def _has_files() -> bool:
    try:
        return any(file.filename for file in request.files.values())
    except HTTPException:
        return False


def _wants_json() -> bool:
    return request.path.startswith("/api/") or request.path.endswith(".json") or request.is_json


def _as_json() -> Response:
    return jsonify(error=str(_("The site cannot reach its records at the moment. It will be back in a few minutes.")))


def _page() -> str:
    fields = typed_fields()
    posted = request.method == "POST" and (bool(fields) or not request.content_length)
    template = current_app.jinja_env.get_template("errors/outage.html")  # without what pages otherwise are told
    return template.render(
        texts=[_words(language, posted) for language in LOCALES],
        fields=fields,
        posted=posted,
        has_files=_has_files(),
        multipart=request.mimetype == "multipart/form-data",
    )


def _words(language: str, posted: bool) -> OutageWords:
    with force_locale(language):
        kept = _("What you typed is still here. Wait half a minute, then press “Send again”.")
        return OutageWords(
            language=language,
            direction=direction(language),
            title=_("The site will be back shortly"),
            happened=_("The site cannot reach its records at the moment. It will be back in a few minutes."),
            now=kept if posted else _("Wait half a minute, then press “Try again”."),
            files=_("Attached files cannot be kept on this page. Attach them again when the form asks for them."),
            again=_("Send again") if posted else _("Try again"),
        )


def answer_fault(status: int, text: Any) -> Response:
    """Answer what went wrong on a bare page, where not even the page for it could be drawn."""
    template = current_app.jinja_env.get_template("errors/bare.html")
    words = []
    for language in LOCALES:
        with force_locale(language):
            words.append((language, direction(language), str(text), _("Go to the first page")))
    response = make_response(template.render(texts=words))
    response.status_code = status
    return response
