"""From what went wrong to what the reader sees: one mapping, to a page or to JSON."""

from typing import Any

from flask import Flask, Response, current_app, jsonify, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from jinja2 import Template
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from silah.errors import Conflict, NotSignedIn, SilahError
from silah.web import origin, outages
from tenants.errors import SuspendedTenant, UnknownHost

EXTENSION = "silah.form_answers"
"""Under this name an application has the `FormAnswers` by which forms are answered."""

WORDS: dict[int, Any] = {
    400: _l("The page sent something that could not be read. Open it again and try once more."),
    403: _l("Your role does not allow this."),
    404: _l("There is nothing at this address."),
    405: _l("There is nothing at this address."),
    413: _l("The file is too large."),
    429: _l("Too many attempts. Wait a few minutes, then try again."),
    500: _l("Something broke on our side. What you sent was not saved. Try again in a few minutes."),
    503: _l("This service is paused. Please come back later."),
}


class FormAnswers:
    """How an error is answered where a form was sent: this one leaves it to the page of the error."""

    def answer(self, error: Exception, words: Any) -> Any:
        """Return the answer that keeps what was typed; None where the page of the error says enough."""
        return None

    def written_texts(self) -> list[str]:
        """Return the long texts that were typed, to be shown on the page of a conflict."""
        return []


def _forms() -> FormAnswers:
    found: FormAnswers = current_app.extensions.get(EXTENSION) or FormAnswers()
    return found


def wants_json() -> bool:
    """Whether the reader is a program."""
    return request.path.startswith("/api/") or request.path.endswith(".json")


def answer(status: int, message: Any = None, **details: Any) -> tuple[Response | str, int]:
    """A page (``errors/STATUS.html``, or the general one) or JSON that says what happened."""
    text = message or WORDS.get(status, WORDS[400])
    if wants_json():
        said = {name: value for name, value in details.items() if name not in ("error", "written")}
        return jsonify(error=str(text), **said), status
    names: list[str | Template] = [f"errors/{status}.html", "errors/error.html"]
    return render_template(names, status=status, message=text, **details), status


def init_answers(app: Flask) -> None:
    """Answer every error of the family, of the tenancy, of the database, of HTTP, and the unforeseen ones."""

    @app.errorhandler(SQLAlchemyError)
    def lost(error: SQLAlchemyError) -> Any:
        if not outages.is_outage(error):
            raise error
        return outages.answer_outage(error)

    @app.errorhandler(SilahError)
    def refused(error: SilahError) -> Any:
        outages.roll_back()
        if isinstance(error, NotSignedIn) and not wants_json():
            if request.method == "POST":
                return _forms().answer(error, error.message) or answer(error.status, error.message)
            target = request.full_path.rstrip("?") if request.method == "GET" else None
            return redirect(url_for("staff.sign_in", next=target))
        again = None if wants_json() or error.status != 409 else _forms().answer(error, error.message)
        written = _forms().written_texts() if error.status == 409 else []
        return again or answer(error.status, error.message, error=error, written=written)

    @app.errorhandler(StaleDataError)
    def overtaken(error: StaleDataError) -> Any:
        return refused(Conflict())

    @app.errorhandler(UnknownHost)
    def nobody(error: UnknownHost) -> Any:
        return answer(404)

    @app.errorhandler(SuspendedTenant)
    def suspended(error: SuspendedTenant) -> Any:
        return answer(503)

    @app.errorhandler(CSRFError)
    def stale_form(error: CSRFError) -> Any:
        outages.roll_back()
        if told := origin.explain_refusal(error):
            return answer(400, told)
        again = None if wants_json() else _forms().answer(error, None)
        return again or answer(400, _l("This form did not come from a page of this site that is still open."))

    @app.errorhandler(HTTPException)
    def plain(error: HTTPException) -> Any:
        outages.roll_back()
        if error.response is not None or error.code is None or error.code < 400:
            raised: AnyResponse = error.get_response()
            return raised
        again = _forms().answer(error, WORDS[429]) if error.code == 429 and not wants_json() else None
        return again or answer(error.code)

    @app.errorhandler(500)
    def broken(error: Exception) -> Any:
        outages.roll_back()
        try:
            return answer(500)
        except Exception:
            app.logger.exception("the page that says so could not be drawn either")
            outages.roll_back()
            return outages.answer_fault(500, WORDS[500])
