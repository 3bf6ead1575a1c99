"""`/desk/programme`: what is promised and done, standing reviews, evidence; `/you-said` for everybody."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from silah import clock
from silah.access import Permission, public, requires
from silah.desk.who import worker
from silah.documents import service as documents
from silah.documents import tables
from silah.documents.routes import sent, sent_pdf
from silah.errors import Invalid, NotFound
from silah.figures import progress
from silah.portal.remembered import remembered
from silah.programme import board, evidence, forms, promised, review_paper, reviews, saying, words
from silah.programme.models import SaidAndDone
from tenants.database import db

bp = Blueprint("programme", __name__, template_folder="templates")
P = Permission
SEES = (P.SEE_SURVEYS, P.OVERSEE_COMPLAINTS)
WHERE = {
    "questionnaire": "surveys.survey_rounds",
    "field_survey": "surveys.survey_rounds",
    "supervisory_visits": "visits.visits",
    "interviews": "interviews.interviews",
    "link_follow_up": "complaints.board",
    "liaison_oversight": "complaints.load",
}
"""Where each instrument is carried out."""


@bp.context_processor
def named() -> dict[str, Any]:
    """What instruments and figures are called."""
    return {
        "instruments": words.INSTRUMENTS,
        "cadences": words.CADENCES,
        "where": WHERE,
        "endpoints": current_app.view_functions,
    }


@bp.get("/desk/programme")
@requires(*SEES)
def programme() -> str:
    """What the policy promises to measure by, what was carried out in a year, and the reviews."""
    year = min(max(request.args.get("year", clock.today().year, type=int), 2000), clock.today().year)
    span = date(year, 1, 1), date(year, 12, 31)
    return render_template(
        "programme/programme.html",
        lines=promised.lines(*span),
        reviews=reviews.of_span(*span),
        year=year,
        this_year=clock.today().year,
    )


@bp.route("/desk/programme/reviews/new", methods=["GET", "POST"])
@requires(P.OVERSEE_COMPLAINTS)
def new_review() -> Any:
    """Begin a review: the figures of the period are filled in."""
    form = forms.begin_form()
    if form.validate_on_submit():
        try:
            made = reviews.begin(form.instrument.data, form.since.data, form.until.data, by=worker())
            return redirect(url_for(".review", id=made.id))
        except Invalid as refused:
            _show(form, refused)
    page = render_template("programme/begin.html", form=form)
    return (page, 422) if form.errors else page


@bp.route("/desk/programme/reviews/<uuid:id>", methods=["GET", "POST"])
@requires(P.OVERSEE_COMPLAINTS)
def review(id: UUID) -> Any:
    """A review with its figures; until it is held, what is remarked and decided can be written."""
    found = reviews.get(id)
    form = forms.WriteForm(obj=found)
    if form.validate_on_submit():
        reviews.write(found, by=worker(), remarks=form.remarks.data or "", decisions=form.decisions.data or "")
        flash(_("Saved. The review is not held yet."), "good")
        return redirect(url_for(".review", id=id))
    page = render_template("programme/review.html", it=found, form=form, words=words, cells=review_paper.cells)
    return (page, 422) if form.errors else page


@bp.post("/desk/programme/reviews/<uuid:id>/<any(hold, drop):deed>")
@requires(P.OVERSEE_COMPLAINTS)
def end_review(id: UUID, deed: str) -> Any:
    """The review is held, or thrown away before that."""
    found = reviews.get(id)
    if deed == "drop":
        reviews.drop(found, by=worker())
        flash(_("The review is thrown away."))
        return redirect(url_for(".programme"))
    try:
        reviews.hold(found, by=worker())
        flash(_("The review is held and stays as it is."), "good")
    except Invalid as refused:
        flash(str(refused.fields["decisions"]), "bad")
    return redirect(url_for(".review", id=id))


@bp.get("/desk/programme/reviews/<uuid:id>/review.pdf")
@requires(P.OVERSEE_COMPLAINTS)
def review_pdf(id: UUID) -> Response:
    """The review on letterhead."""
    return sent_pdf(review_paper.paper(reviews.get(id)), "review.pdf")


@bp.get("/desk/programme/said")
@requires(P.PUBLISH_ANSWERS)
def said() -> str:
    """What people said and what was done, as the public reads it, and what was withdrawn."""
    return render_template("programme/said.html", found=saying.every())


@bp.route("/desk/programme/said/new", methods=["GET", "POST"])
@requires(P.PUBLISH_ANSWERS)
def new_said() -> Any:
    """Publish one."""
    return _said(None)


@bp.route("/desk/programme/said/<uuid:id>", methods=["GET", "POST"])
@requires(P.PUBLISH_ANSWERS)
def change_said(id: UUID) -> Any:
    """Change one, or show one again that was withdrawn."""
    return _said(saying.get(id))


@bp.post("/desk/programme/said/<uuid:id>/withdraw")
@requires(P.PUBLISH_ANSWERS)
def withdraw_said(id: UUID) -> Any:
    """Show it to the public no longer."""
    saying.withdraw(saying.get(id), by=worker())
    flash(_("The public sees it no longer."))
    return redirect(url_for(".said"))


@bp.route("/desk/programme/evidence", methods=["GET", "POST"])
@requires(P.OVERSEE_COMPLAINTS)
def ask_evidence() -> Any:
    """Ask for the evidence of a period in one file."""
    form = forms.span_form()
    if form.validate_on_submit():
        try:
            made = evidence.ask(form.since.data, form.until.data, by=worker())
            return redirect(url_for(".pack", id=made.id))
        except Invalid as refused:
            _show(form, refused)
    page = render_template("programme/evidence.html", form=form)
    return (page, 422) if form.errors else page


@bp.get("/desk/programme/evidence/<uuid:id>")
@requires(P.OVERSEE_COMPLAINTS)
def pack(id: UUID) -> str:
    """How far the pack is, and then where it is."""
    found = evidence.get(id, worker())
    whole = 1 if found.file_id else evidence.whole(found.since, found.until)
    return render_template("programme/pack.html", it=found, done=progress.done(str(found.id)), whole=whole)


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


@bp.get("/you-said")
@public
@remembered
def you_said() -> str:
    """What people said, and what was done about it."""
    return render_template("programme/you_said.html", found=saying.for_everybody())


def _said(found: SaidAndDone | None) -> Any:
    form = forms.SaidForm(obj=found)
    if form.validate_on_submit():
        try:
            saying.publish({name: form[name].data or "" for name in saying.FIELDS}, by=worker(), found=found)
            flash(_("Everybody can read it now."), "good")
            return redirect(url_for(".said"))
        except Invalid as refused:
            _show(form, refused)
    page = render_template("programme/write_said.html", form=form, it=found)
    return (page, 422) if form.errors else page


def _show(form: Any, refused: Invalid) -> None:
    db.session.rollback()
    for name, told in refused.fields.items():
        if name in form:
            form[name].errors = [str(told)]
