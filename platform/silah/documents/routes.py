"""The association's logo, as its pages show it."""

from flask import Blueprint, Response, request

from silah.documents import service
from silah.documents.models import StoredFile
from silah.errors import NotFound
from silah.shell import appearance
from silah.web.access import public
from tenants.database import db

bp = Blueprint("logo", __name__)


@bp.get("/logo")
@public
def logo() -> Response:
    """The association's logo; kept for a year under the address that pages use."""
    logo_id = appearance.current().logo_id
    kept = db.session.get(StoredFile, logo_id) if logo_id else None
    if kept is None:
        raise NotFound
    response = Response(service.open(kept), mimetype=kept.media_type)
    lasting = "v" in request.args
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
    return response
