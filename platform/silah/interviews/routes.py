"""`/desk/interviews`: consent first, then guided notes, then over; read by who follows surveys."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from silah import clock
from silah.desk.member import worker
from silah.errors import Invalid
from silah.interviews import forms, service, subjects
from silah.interviews.service import CONSENT_AR, CONSENT_EN
from silah.staff.routes import page
from silah.submissions.idempotency import sent_once
from silah.surveys import questionnaires
from silah.web.access import requires
from tenants.database import db

bp = Blueprint("interviews", __name__, template_folder="templates")
ANY = tuple(dict.fromkeys((*service.CONDUCT, *service.READ)))


@bp.get("/desk/interviews")
@requires(*ANY)
def interviews() -> str:
    """The interviews that this member may read, and how many there were this year."""
    member, today = worker(), clock.today()
    found = service.listing(member)
    counted = service.interviews_between(today.replace(month=1, day=1), today)
    shown = {"rows": found, "named": subjects.named(found, member), "counted": counted, "year": today.year}
    return render_template("interviews/list.html", may_conduct=member.may(*service.CONDUCT), **shown)


@bp.route("/desk/interviews/new", methods=["GET", "POST"])
@requires(*service.CONDUCT)
@sent_once
def new() -> Any:
    """Consent: given, the interview begins; refused, it is counted and nothing is kept."""
    member, form = worker(), forms.consent_form()
    person = subjects.file_of(request.args.get("beneficiary", type=UUID), member)
    if form.validate_on_submit():
        if form.consent.data == forms.REFUSED:
            service.refused(by=member)
            flash(_("Counted. Nothing else is kept of it."), "good")
            return redirect(url_for(".interviews"))
        try:
            case = subjects.case_of(form.reference.data or "", member) if person is None else None
            source, given = questionnaires.get(forms.chosen(form)), form.given()
            made = service.begin(by=member, source=source, consent=given, case=case, beneficiary=person)
            return redirect(url_for(".note", id=made.id))
        except Invalid as wrong:
            _show(form, wrong)
    return page("interviews/new.html", form, person=person, wordings=(("ar", CONSENT_AR), ("en", CONSENT_EN)))


@bp.get("/desk/interviews/<uuid:id>")
@requires(*ANY)
def interview(id: UUID) -> str:
    """One interview: the consent, what was noted, and the summary."""
    member = worker()
    it = service.get(id, member)
    return render_template(
        "interviews/interview.html",
        it=it,
        notes=service.notes_of(it),
        asked=service.asked(it),
        words=forms.words,
        how=forms.HOW,
        named=subjects.named([it], member).get(it.id),
        may_write=service.may_write(it, member),
        may_erase=it.interviewer_id == member.id or member.may(*service.CONDUCT[:1]),
    )


@bp.route("/desk/interviews/<uuid:id>/notes", methods=["GET", "POST"])
@requires(*service.CONDUCT)
@sent_once
def note(id: UUID) -> Any:
    """Write down what is said, question by question; kept as often as wanted until the interview is over."""
    member = worker()
    it = service.get(id, member)
    form = forms.notes_form(it, service.notes_of(it))
    if form.validate_on_submit():
        service.write(it, by=member, notes=forms.notes_said(it, form), summary=form.summary.data or "")
        flash(_("Saved. The interview is not over yet."), "good")
        return redirect(url_for(".interview", id=id))
    return page("interviews/notes.html", form, it=it, sections=it.guide.sections, words=forms.words)


@bp.post("/desk/interviews/<uuid:id>/over")
@requires(*service.CONDUCT)
def over(id: UUID) -> Any:
    """The interview is over; from now on its notes stand."""
    member = worker()
    try:
        service.finish(service.get(id, member), by=member)
        flash(_("The interview is over."), "good")
    except Invalid as wrong:
        flash(str(wrong.fields["summary"]), "bad")
    return redirect(url_for(".interview", id=id))


@bp.post("/desk/interviews/<uuid:id>/withdraw")
@requires(*ANY)
def withdraw(id: UUID) -> Any:
    """The person takes consent back, and everything is erased but the count."""
    member = worker()
    service.withdraw(service.get(id, member), by=member)
    flash(_("Erased. Nothing is kept but the count."), "good")
    return redirect(url_for(".interviews"))


def _show(form: Any, wrong: Invalid) -> None:
    db.session.rollback()
    for name, said in wrong.fields.items():
        form[name].errors = [str(said)]
