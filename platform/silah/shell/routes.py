"""What every host serves beside its pages: the theme, the association's logo, and in development the parts."""

from flask import Blueprint, Response, current_app, request

from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.errors import NotFound
from silah.shell import appearance
from silah.shell.parts_page import parts
from silah.shell.theme import theme
from silah.web.access import public
from tenants.database import db

bp = Blueprint("shell", __name__)
bp.add_url_rule("/theme.css", "theme", theme)


@bp.get("/logo")
@public
def logo() -> Response:
    """The association's logo; kept for a year under the address that pages use."""
    logo_id = appearance.current().logo_id
    kept = db.session.get(StoredFile, logo_id) if logo_id else None
    if kept is None:
        raise NotFound
    response = Response(documents.open(kept), mimetype=kept.media_type)
    lasting = "v" in request.args
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
    return response


@bp.get("/console/parts")
@public(place="any")
def parts_page() -> str:
    """Every part on one page, for those who build pages; there is no such page in production."""
    if not current_app.config["SILAH"].development:
        raise NotFound
    return parts()
