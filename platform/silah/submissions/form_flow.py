"""The way of a form through a request: its files, its one taking, its language, and its page once more."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, make_response, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError

from silah.errors import Conflict, NotSignedIn, SilahError
from silah.submissions import idempotency, kept_form, language_switch, pending_files, sent_forms
from silah.submissions.errors import AlreadyReceived
from silah.web import cookies
from silah.web.access import enforce
from silah.web.error_handlers import EXTENSION as FORM_ANSWERS
from silah.web.error_handlers import FormAnswers
from silah.web.extensions import limiter
from tenants.context import Tenant, place
from tenants.database import db

SHOWN_AGAIN = "60 per hour"
"""How many forms without a good token one visitor is shown again: each may bring files, which are kept a day."""
ENDED = _l("This page stood open too long to be sent. What you wrote is still here: check it, and send it again.")
SIGNED_OUT = _l("You were signed out before this was sent. What you wrote is still here: check it, and send it.")
SENT_BEFORE = _l("This form was sent before, and then changed. The first is kept. Send it again only if you mean both.")


def respond(view: Callable[[], Any]) -> Any:
    """Answer a request by its view, with what was typed and chosen on a form kept wherever the page comes back."""
    if (other := language_switch.switched(view)) is not None:
        return other
    if request.method == "GET" and kept_form.AGAIN in request.args:
        return kept_form.fill_kept(current_app.make_response(view()))
    if request.method != "POST" or place.get() is None:
        return view()
    if not isinstance(place.get(), Tenant):
        return _let_go_of_kept(current_app.make_response(view()))

    def with_files() -> Any:
        pending_files.take_along()
        return view()

    answer = current_app.make_response(idempotency.take_once(with_files))
    if answer.status_code in idempotency.LED_ON:
        pending_files.forget_sent()
        _let_go_of_kept(answer)
    elif pending_files.came():
        kept_form.fill_answer(answer, request.path, [], fill=False)
    if answer.status_code == Conflict.status:
        kept_form.show_missing(answer)
    return answer


def answer_ended(error: CSRFError) -> Any:
    """Answer a form whose token has ended: filled at once, or after signing in; None where it is not shown again."""
    try:
        with limiter.limit(SHOWN_AGAIN):
            enforce()
    except NotSignedIn:
        return answer_signed_out()
    except (SilahError, RateLimitExceeded):
        return None
    return _committed(kept_form.show_again(ENDED, 400))


def answer_signed_out() -> Any:
    """Keep a form of staff whose session has ended, and lead to signing in and back to it."""
    key = kept_form.keep_until_signed_in() if place.get() is not None else None
    back = "kept.kept" if isinstance(place.get(), Tenant) else "console.kept"
    answer = make_response(redirect(url_for("staff.sign_in", next=url_for(back) if key else None)))
    return _committed(kept_form.remember_key(answer, key) if key else answer)


def answer_changed() -> Any:
    """Show a form that was taken before and has changed since once more."""
    return _committed(kept_form.show_again(SENT_BEFORE, 409))


def answer_too_many(words: Any) -> Any:
    """Show a form that came too soon after others once more; its files are let go, for they would fill the disk."""
    if request.method != "POST" or not any(value.strip() for _name, value in kept_form.typed_pairs()):
        return None
    return _committed(kept_form.show_again(words, 429, files=False))


class KeptFormAnswers(FormAnswers):
    """Answer errors so that nothing that was typed on a form is lost."""

    def answer(self, error: Exception, words: Any) -> Any:
        """Return the form once more, or the way to it after signing in; None where the error's page says enough."""
        if isinstance(error, NotSignedIn):
            return answer_signed_out()
        if isinstance(error, AlreadyReceived):
            return answer_changed()
        if isinstance(error, CSRFError):
            return answer_ended(error)
        return answer_too_many(words) if getattr(error, "code", None) == 429 else None

    def written_texts(self) -> list[str]:
        """Return the long texts that were typed, to be shown on the page of a conflict."""
        return kept_form.written_texts()


def init_forms(app: Flask) -> None:
    """Have every form read what was sent; give it its key, and its page a way to the other language."""
    app.extensions[FORM_ANSWERS] = KeptFormAnswers()
    sent_forms.init_sent_forms()
    app.jinja_env.globals["idempotency_key"] = idempotency.new_key
    app.before_request(language_switch.take_switch)
    app.after_request(language_switch.offer_switch)


def _let_go_of_kept(answer: Response) -> Response:
    """Have the browser forget what was kept for it, once a form was taken; signing in takes none of these."""
    over = answer.status_code in idempotency.LED_ON and not (request.endpoint or "").startswith("staff.")
    if over and cookies.read(kept_form.COOKIE) is not None:
        cookies.remove(answer, kept_form.COOKIE)
    return answer


def _committed(answer: Response | None) -> Response | None:
    if place.get() is not None and db.session.registry.has():
        db.session.commit()
    return answer
