"""`/s/<code>`: a questionnaire as its reader meets it, page by page; and the same on the tablet at the desk."""

from typing import Any

from flask import make_response, redirect, render_template, request, session

from silah.documents import content
from silah.errors import NotFound
from silah.language.bilingual import other_language
from silah.portal import page_cache
from silah.submissions import idempotency
from silah.surveys import kiosk_session, portal_presenters, responses, rounds
from silah.surveys.answers import keep_files
from silah.surveys.definition import Definition
from silah.surveys.errors import AlreadyAnswered, Full, NotOpen
from silah.surveys.portal_presenters import Page
from silah.surveys.responses import KIOSK, OPEN, PERSONAL, Asked
from silah.surveys.routes import bp
from silah.web.access import public
from silah.web.extensions import limiter
from tenants.database import db

DONE = "surveys_done"
MOST_DONE = 20


def by_personal_link() -> bool:
    """Whether the link is somebody's own: it answers once, cannot be guessed, and many share a telephone's address."""
    return responses.is_personal(str((request.view_args or {}).get("code", "")))


answering_limit = limiter.limit("120 per minute; 1200 per hour", methods=["POST"], exempt_when=by_personal_link)


@bp.app_context_processor
def where_to_answer() -> dict[str, Any]:
    """What the page of a followed case needs to ask for a view of it."""
    return {"survey_path": responses.path_for}


@bp.route("/s/<code>", methods=["GET", "POST"])
@public
@answering_limit
def answer(code: str) -> Any:
    """The questionnaire behind a personal or an open link."""
    reader = responses.find(code)
    return _shown(reader, PERSONAL if reader.invitation else OPEN)


@bp.route("/s/<code>/kiosk", methods=["GET", "POST"])
@public
@answering_limit
def kiosk(code: str) -> Any:
    """The questionnaire on a tablet, for one person after the other."""
    reader = responses.find(code)
    if reader.invitation is not None or not rounds.rule_of(reader.round).kiosk:
        raise NotFound
    if request.method == "GET":
        kiosk_session.begin()
    elif not kiosk_session.lasts(request.form):
        if _sent_before():
            return _said("surveys/portal/thanks.html", reader, KIOSK, 200, thanks=reader.round.asks.thanks)
        return redirect(kiosk_session.idle(code).start, 303)
    return _shown(reader, KIOSK)


def _shown(reader: Asked, way: str) -> Any:
    try:
        responses.check(reader)
        if way == OPEN and str(reader.round.id) in session.get(DONE, []):
            raise AlreadyAnswered
        asks = reader.round.asks
        if request.method == "GET":
            return _page(reader, portal_presenters.first(asks, reader), way)
        page, answers = portal_presenters.walked(asks, reader, request.form)
        if page is None:
            page = _with_files(reader, asks, answers)
        return _page(reader, page, way) if page else _sent(reader, answers, way)
    except (AlreadyAnswered, NotOpen, Full) as closed:
        db.session.rollback()
        if _sent_before():
            return _thanked(reader, way)
        return _said("surveys/portal/closed.html", reader, way, closed.status, message=str(closed))


def _sent(reader: Asked, answers: dict[str, Any], way: str) -> Any:
    responses.submit(reader, answers, way, key=idempotency.key_of(request.form))
    return _thanked(reader, way)


def _sent_before() -> bool:
    """Whether this very page was sent before: pressed twice, loaded anew, or reached by going back."""
    if request.form.get("go") != "send":
        return False
    return idempotency.was_sent(idempotency.key_of(request.form))


def _thanked(reader: Asked, way: str) -> Any:
    if way == OPEN and str(reader.round.id) not in session.get(DONE, []):
        session[DONE] = [*session.get(DONE, []), str(reader.round.id)][-MOST_DONE:]
    if way == KIOSK:
        kiosk_session.end()
        return _said("surveys/portal/thanks.html", reader, way, 200, thanks=reader.round.asks.thanks)
    return _unstored(page_cache.drawn(f"thanks {way} {reader.round.id}", lambda: _thanks(reader, way)), 200)


def _thanks(reader: Asked, way: str) -> str:
    """The same for everybody who answers in this way: what leads to the other language names no link of one's own."""
    other = {"alternate_language_url": f"?lang={other_language()}"}
    thanks = reader.round.asks.thanks
    return render_template("surveys/portal/thanks.html", round=reader.round, way=way, thanks=thanks, **other)


def _with_files(reader: Asked, asks: Definition, answers: dict[str, Any]) -> Page | None:
    """Keep the files of the last page; the page again where one of them is refused or missing."""
    kept, wrong = keep_files(asks, answers, request.files)
    if not wrong:
        answers |= kept
        return None
    page = portal_presenters.at(asks, reader, request.form, asks.sections[-1].key)
    page.wrong = wrong
    return page


def _page(reader: Asked, page: Page, way: str) -> Any:
    status = 422 if page.wrong else 200
    return _said("surveys/portal/page.html", reader, way, status, page=page, accept=content.ACCEPT)


def _said(template: str, reader: Asked, way: str, status: int, **more: Any) -> Any:
    idle = kiosk_session.idle(reader.round.code) if way == KIOSK else None
    return _unstored(render_template(template, round=reader.round, way=way, idle=idle, **more), status)


def _unstored(page: str, status: int) -> Any:
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
