"""What waits for a form to be sent: the way back to it after signing in, and the files that came with it."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, Response, flash, redirect
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException

from silah.documents import service
from silah.documents.responses import sent
from silah.submissions import kept_form, pending_files
from silah.submissions.form_flow import SIGNED_OUT
from silah.web.access import public, signed_in

bp = Blueprint("kept", __name__)


@bp.get("/desk/kept")
@signed_in
def kept() -> Any:
    """Lead whoever has signed in again to the form that they had written, filled; else to the desk."""
    return lead_back("/desk/")


def lead_back(home: str) -> Any:
    """Answer with the way to the form that is kept for whoever is signed in; where none is, with the way home."""
    body = kept_form.kept_body()
    if body is None:
        return redirect(home)
    flash(SIGNED_OUT, "warn")
    parts = urlsplit(body["path"])
    if not _opens(parts.path):
        return kept_form.bare_page(body["typed"], body["path"], body["files"])
    return redirect(f"{parts.path}?{urlencode([*parse_qsl(parts.query), (kept_form.AGAIN, '1')])}")


@bp.get("/pending-files/<token>")
@public
def pending_file(token: str) -> Response:
    """Show a file that waits for its form, to whoever has the page on which its secret stands."""
    stored = pending_files.find(token)
    return sent(stored, service.open(stored), show=True)


def _opens(path: str) -> bool:
    adapter = request_ctx.url_adapter
    try:
        return adapter is not None and bool(adapter.match(path, method="GET"))
    except HTTPException:
        return False
