"""`/desk/figures` for staff, with its tables for spreadsheets; `/statistics` for the public where it is wanted."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for

from silah.desk.member import worker
from silah.documents import service as documents
from silah.documents import tables
from silah.errors import NotFound
from silah.figures import export_progress, exports, presenters, public_statistics
from silah.figures.models import Export
from silah.figures.report_filter import Sight
from silah.portal.page_cache import remembered
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, public, requires

bp = Blueprint("figures", __name__, template_folder="templates")
SEE = (Permission.SEE_CASES, Permission.SEE_ALL_CASES)


@bp.app_context_processor
def words() -> dict[str, Any]:
    """How a share and a number of days are written; a dash where there is none."""
    return {"share": presenters.share, "days": presenters.days}


@bp.get("/desk/figures")
@requires(*SEE)
def figures() -> str:
    """What came and how it was answered, of what the reader may see."""
    return render_template("figures/figures.html", **presenters.shown(Sight.read(request.args), worker()))


@bp.get("/desk/figures.<any(csv, xlsx):form>")
@requires(*SEE)
def small_table(form: str) -> Any:
    """The cases as a table: at once where they are few; many are asked for on a page of their own."""
    member, sight = worker(), Sight.read(request.args)
    if exports.count(sight, member) > exports.AT_ONCE:
        return render_template("figures/ask.html", sight=sight, form=form, rows=exports.count(sight, member))
    return sent(exports.table(sight, form, member), form)


@bp.post("/desk/figures/exports")
@requires(*SEE)
@sent_once
def ask() -> Any:
    """Have a worker write a long table."""
    made = exports.ask(Sight.read(request.form), request.form.get("form", "csv"), worker())
    return redirect(url_for(".export", id=made.id))


@bp.get("/desk/figures/exports/<uuid:id>")
@requires(*SEE)
def export(id: UUID) -> str:
    """How far the table is, and then where it is."""
    found = exports.get(id, worker())
    return render_template("figures/export.html", it=found, done=export_progress.done(str(found.id)))


@bp.get("/desk/figures/exports/<uuid:id>/table")
@requires(*SEE)
def long_table(id: UUID) -> Response:
    """The table, for whoever asked for it."""
    found: Export = exports.get(id, worker())
    if found.file_id is None:
        raise NotFound
    return sent(documents.open(documents.get(found.file_id)), found.form)


@bp.get("/statistics")
@public
@remembered
def statistics() -> str:
    """What came in a year and how it was answered, small numbers left out; only where the association wants it."""
    return render_template("figures/statistics.html", **public_statistics.shown())


def sent(data: bytes, form: str) -> Response:
    """A table as a download."""
    answer = Response(data, mimetype=tables.XLSX if form == "xlsx" else tables.CSV)
    answer.headers["Content-Disposition"] = f'attachment; filename="cases.{form}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
