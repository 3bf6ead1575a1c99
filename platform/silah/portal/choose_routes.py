"""Choosing what to ask for, and the criteria that are read before one starts."""

from typing import Any

from flask import redirect, render_template, url_for

from silah.access import public
from silah.i18n import locale
from silah.intake import drafts, offers
from silah.portal import drafting, journey, standing
from silah.portal.limits import starting
from silah.portal.routes import bp


@bp.get("/requests/new")
@public
def choose() -> str:
    """What the association offers, and the way back to a request that was begun here."""
    offered = [(revision, offers.definition(revision)) for revision in offers.offered()]
    draft = drafting.current()
    title = drafts.definition(draft).title.for_locale(locale()) if draft else ""
    return render_template("portal/choose.html", offered=offered, draft=draft, draft_title=title)


@bp.get("/requests/types/<key>")
@public
def criteria(key: str) -> str:
    """The criteria of one type, what one needs at hand, and the button that starts."""
    revision = offers.by_key(key)
    return render_template(
        "portal/criteria.html",
        revision=revision,
        definition=offers.definition(revision),
        policy=standing.policy(),
        draft=drafting.current(),
    )


@bp.post("/requests/types/<key>")
@public
@starting
def start(key: str) -> Any:
    """Begin a request of this type; one that was begun here before is thrown away."""
    revision = offers.by_key(key)
    earlier = drafting.current()
    if earlier is not None:
        drafts.discard(earlier)
    draft, secret = drafts.start(revision)
    return drafting.remember(redirect(url_for(".step", draft_id=draft.id, step=journey.FIRST)), secret)


@bp.post("/requests/new/discard")
@public
def discard() -> Any:
    """Throw away the request that was begun here."""
    draft = drafting.current()
    if draft is not None:
        drafts.discard(draft)
    return drafting.forget(redirect(url_for(".choose")))
