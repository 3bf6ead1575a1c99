"""A file, to a member of staff who may see its case or to the applicant who follows it; to nobody else."""

from uuid import UUID

from flask import Blueprint, Response, request

from silah.cases import file_access
from silah.documents import service
from silah.documents.responses import sent
from silah.web.access import public

bp = Blueprint("documents", __name__)


@bp.get("/documents/<uuid:id>")
@public
def document(id: UUID) -> Response:
    """The file of this id, to download, or shown in the browser with ?show=1; 404 to whoever may not see it."""
    stored = file_access.for_reader(id)
    return sent(stored, service.open(stored), show="show" in request.args)
