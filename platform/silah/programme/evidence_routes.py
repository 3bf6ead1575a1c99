"""What goes to the board: its report, and the evidence of a period."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from silah.desk.member import worker
from silah.documents import service as documents
from silah.documents import tables
from silah.documents.responses import sent, sent_pdf
from silah.errors import Invalid, NotFound
from silah.figures import export_progress
from silah.programme import board, evidence, forms
from silah.programme.routes import bp, shown
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, requires

P = Permission


@bp.route("/desk/programme/evidence", methods=["GET", "POST"])
@requires(P.OVERSEE_COMPLAINTS)
@sent_once
def ask_evidence() -> Any:
    """Ask for the evidence of a period in one file."""
    form = forms.span_form()
    if form.validate_on_submit():
        try:
            made = evidence.ask(form.since.data, form.until.data, by=worker())
            return redirect(url_for(".pack", id=made.id))
        except Invalid as refused:
            shown(form, refused)
    page = render_template("programme/evidence.html", form=form)
    return (page, 422) if form.errors else page


@bp.get("/desk/programme/evidence/<uuid:id>")
@requires(P.OVERSEE_COMPLAINTS)
def pack(id: UUID) -> str:
    """How far the pack is, and then where it is."""
    member = worker()
    found = evidence.get(id, member)
    whole = 1 if found.file_id else evidence.whole(found.since, found.until, member)
    return render_template("programme/pack.html", it=found, done=export_progress.done(str(found.id)), whole=whole)


@bp.get("/desk/programme/evidence/<uuid:id>/pack.zip")
@requires(P.OVERSEE_COMPLAINTS)
def pack_zip(id: UUID) -> Response:
    """The pack, for whoever asked for it."""
    found = evidence.get(id, worker())
    if found.file_id is None:
        raise NotFound
    stored = documents.get(found.file_id)
    return sent(stored, documents.open(stored))


@bp.get("/desk/programme/report.<any(pdf, xlsx):form>")
@requires(P.OVERSEE_COMPLAINTS)
def board_report(form: str) -> Any:
    """The report for the board, of the span that was chosen."""
    asked = forms.SpanForm(request.args, meta={"csrf": False})
    if not asked.validate() or asked.since.data > asked.until.data:
        return redirect(f"{url_for('.ask_report')}?{urlencode(request.args)}")
    span = (asked.since.data, asked.until.data, worker())
    if form == "pdf":
        return sent_pdf(board.paper(*span), "report.pdf")
    answer = Response(board.workbook(*span), mimetype=tables.XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="report.xlsx"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/desk/programme/report")
@requires(P.OVERSEE_COMPLAINTS)
def ask_report() -> Any:
    """Choose the span of the report, its language and its form."""
    form = forms.SpanForm(request.args, meta={"csrf": False}) if request.args.get("since") else forms.span_form()
    if request.args.get("since") and form.validate() and form.since.data > form.until.data:
        form.until.errors = [_("Choose a last day that is not before the first.")]
    page = render_template("programme/report.html", form=form)
    return (page, 422) if form.errors else page
