"""Choosing what to ask for, and the criteria that are read before one starts."""

from typing import Any

from flask import redirect, render_template, url_for

from silah.intake import draft_session, drafts, request_catalogue, wizard
from silah.language.localization import locale
from silah.portal import public_context
from silah.portal.rate_limits import starting
from silah.portal.routes import bp
from silah.web.access import public


@bp.get("/requests/new")
@public
def choose() -> str:
    """What the association offers, and the way back to a request that was begun here."""
    offered = [(revision, request_catalogue.definition(revision)) for revision in request_catalogue.offered()]
    draft = draft_session.current()
    title = drafts.definition(draft).title.for_locale(locale()) if draft else ""
    return render_template("intake/portal/choose.html", offered=offered, draft=draft, draft_title=title)


@bp.get("/requests/types/<key>")
@public
def criteria(key: str) -> str:
    """The criteria of one type, what one needs at hand, and the button that starts."""
    revision = request_catalogue.by_key(key)
    return render_template(
        "intake/portal/criteria.html",
        revision=revision,
        definition=request_catalogue.definition(revision),
        policy=public_context.policy(),
        draft=draft_session.current(),
    )


@bp.post("/requests/types/<key>")
@public
@starting
def start(key: str) -> Any:
    """Begin a request of this type; one that was begun here before is thrown away."""
    revision = request_catalogue.by_key(key)
    earlier = draft_session.current()
    if earlier is not None:
        drafts.discard(earlier)
    draft, secret = drafts.start(revision)
    return draft_session.remember(redirect(url_for(".step", draft_id=draft.id, step=wizard.FIRST)), secret)


@bp.post("/requests/new/discard")
@public
def discard() -> Any:
    """Throw away the request that was begun here."""
    draft = draft_session.current()
    if draft is not None:
        drafts.discard(draft)
    return draft_session.forget(redirect(url_for(".choose")))
