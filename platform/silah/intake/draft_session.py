"""The draft that this browser writes: its secret lies in a cookie of the association's host alone."""

from uuid import UUID

from werkzeug.wrappers import Response as AnyResponse

from silah.errors import NotFound
from silah.intake import drafts
from silah.intake.errors import NoSuchDraft
from silah.intake.models import Draft
from silah.web import cookies

COOKIE = "silah_draft"
PATH = "/requests"


def current() -> Draft | None:
    """The open draft of this browser, if there is one."""
    secret = cookies.read(COOKIE)
    if not secret:
        return None
    try:
        return drafts.find(secret)
    except NotFound:
        return None


def get(draft_id: UUID) -> Draft:
    """The draft of this id, if it is this browser's; raises ``NoSuchDraft``."""
    draft = current()
    if draft is None or draft.id != draft_id:
        raise NoSuchDraft
    return draft


def remember(response: AnyResponse, secret: str) -> AnyResponse:
    """Keep the secret of a draft in the browser for as long as the draft is kept."""
    cookies.put(response, COOKIE, secret, max_age=int(drafts.LIFE.total_seconds()), path=PATH)
    return response


def forget(response: AnyResponse) -> AnyResponse:
    """The draft was sent or thrown away."""
    cookies.remove(response, COOKIE, path=PATH)
    return response
