"""A file, to a member of staff who may see its case or to the applicant who follows it; to nobody else."""

from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, Response, request

from silah.cases import file_access
from silah.documents import service
from silah.documents.models import StoredFile
from silah.web.access import public

bp = Blueprint("documents", __name__)

SHOWN = ("application/pdf", "image/jpeg", "image/png", "image/webp")


@bp.get("/documents/<uuid:id>")
@public
def document(id: UUID) -> Response:
    """The file of this id, to download, or shown in the browser with ?show=1; 404 to whoever may not see it."""
    stored = file_access.for_reader(id)
    return sent(stored, service.open(stored), show="show" in request.args)


def sent(stored: StoredFile, data: bytes, *, show: bool = False) -> Response:
    """The answer that carries a file: never guessed at, never kept by the browser."""
    response = Response(data, mimetype=stored.media_type)
    how = "inline" if show and stored.media_type in SHOWN else "attachment"
    stem, dot, ending = stored.name.encode("ascii", "ignore").decode().rpartition(".")
    plain = f"{stem.strip(' .') or 'file'}{dot}{ending}".replace('"', "").replace("\\", "")
    response.headers["Content-Disposition"] = f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(stored.name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def sent_pdf(data: bytes, name: str) -> Response:
    """The answer that carries a paper made on the spot."""
    response = Response(data, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
