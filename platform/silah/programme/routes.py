"""`/desk/programme`: what is promised and done, standing reviews, evidence; `/you-said` for everybody."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from silah import clock
from silah.desk.member import worker
from silah.documents.responses import sent_pdf
from silah.errors import Invalid
from silah.policies import in_force_effects
from silah.programme import forms, labels, promised_instruments, review_paper, reviews
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, requires
from tenants.database import db

bp = Blueprint("programme", __name__, template_folder="templates")

in_force_effects.register("programme", lambda version, by: reviews.owe())
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
        "instruments": labels.INSTRUMENTS,
        "cadences": labels.CADENCES,
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
        lines=promised_instruments.lines(*span),
        policy=promised_instruments.promising(*span),
        reviews=reviews.of_span(*span),
        year=year,
        this_year=clock.today().year,
    )


@bp.route("/desk/programme/reviews/new", methods=["GET", "POST"])
@requires(P.OVERSEE_COMPLAINTS)
@sent_once
def new_review() -> Any:
    """Begin a review: the figures of the period are filled in."""
    form = forms.begin_form()
    if form.validate_on_submit():
        try:
            made = reviews.begin(form.instrument.data, form.since.data, form.until.data, by=worker())
            return redirect(url_for(".review", id=made.id))
        except Invalid as refused:
            shown(form, refused)
    page = render_template("programme/begin.html", form=form)
    return (page, 422) if form.errors else page


@bp.route("/desk/programme/reviews/<uuid:id>", methods=["GET", "POST"])
@requires(P.OVERSEE_COMPLAINTS)
@sent_once
def review(id: UUID) -> Any:
    """A review with its figures; until it is held, what is remarked and decided can be written."""
    found = reviews.get(id)
    form = forms.WriteForm(obj=found)
    if form.validate_on_submit():
        reviews.write(found, by=worker(), remarks=form.remarks.data or "", decisions=form.decisions.data or "")
        flash(_("Saved. The review is not held yet."), "good")
        return redirect(url_for(".review", id=id))
    page = render_template("programme/review.html", it=found, form=form, words=labels, cells=review_paper.cells)
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


def shown(form: Any, refused: Invalid) -> None:
    """Undo what was begun, and put each error beside its field."""
    db.session.rollback()
    for name, told in refused.fields.items():
        if name in form:
            form[name].errors = [str(told)]


from silah.programme import evidence_routes, published_response_routes  # noqa: E402, F401  # their views hang themselves on bp
