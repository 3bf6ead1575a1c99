"""`/desk/visits`: planning, making and following up visits; their checklists hang themselves on the same blueprint."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah.desk.member import worker
from silah.documents import content, errors
from silah.documents import service as documents
from silah.documents.responses import sent, sent_pdf
from silah.errors import Invalid
from silah.submissions.idempotency import sent_once
from silah.visits import checklists, forms, papers, presenters, recording, service
from silah.visits.models import Visit
from silah.web.access import Member, Permission, requires, signed_in
from tenants.database import db

bp = Blueprint("visits", __name__, template_folder="templates")
P = Permission


@bp.get("/desk/visits")
@signed_in
def visits() -> str:
    """The visits that wait, those made, and each office's score; whoever only makes visits sees their own."""
    return render_template("visits/list.html", **presenters.listed(worker(), request.args.get("year", type=int)))


@bp.route("/desk/visits/new", methods=["GET", "POST"])
@requires(P.RUN_SURVEYS)
@sent_once
def new() -> Any:
    """Plan a visit, perhaps to look again at what another one found."""
    form, follows = forms.plan_form(), request.args.get("follows", type=UUID)
    if form.validate_on_submit():
        try:
            made = service.plan(by=worker(), follows=follows, **_planned(form))
            flash(_("The visit is planned, and who makes it is told."), "good")
            return redirect(url_for(".visit", id=made.id))
        except Invalid as refused:
            shown(form, refused)
    earlier = service.get(follows, worker()) if follows else None
    if earlier and request.method == "GET":
        form.branch.data = str(earlier.branch_id)
    page = render_template("visits/new.html", form=form, follows=earlier, checklists=checklists.every())
    return (page, 422) if form.errors else page


@bp.get("/desk/visits/<uuid:id>")
@signed_in
def visit(id: UUID) -> str:
    """A visit: its checklist, findings, photos and what is to be put right."""
    member = worker()
    return render_template("visits/visit.html", **presenters.one(service.get(id, member), member))


@bp.get("/desk/visits/<uuid:id>/report.pdf")
@signed_in
def report(id: UUID) -> Response:
    """The report of a visit on letterhead."""
    found = service.get(id, worker())
    return sent_pdf(papers.report(found), "visit.pdf")


@bp.route("/desk/visits/<uuid:id>/record", methods=["GET", "POST"])
@signed_in
def record(id: UUID) -> Any:
    """Write down what each item of the checklist got; kept as often as wanted until the visit is over."""
    member = worker()
    found = service.get(id, member)
    form = forms.record_form(found, recording.marks_of(found))
    if form.validate_on_submit():
        recording.record(found, by=member, marks=forms.marks_said(found, form), remarks=form.remarks.data or "")
        flash(_("Saved. The visit is not over yet."), "good")
        return redirect(url_for(".visit", id=id))
    page = render_template("visits/record.html", form=form, visit=found)
    return (page, 422) if form.errors else page


@dataclass(frozen=True)
class Deed:
    """One thing done to a visit by a form of its own."""

    title: Any
    form: Callable[[Visit], Any]
    do: Callable[[Visit, Any, Member], Any]
    said: Any
    label: Any


def _photographed(visit: Visit, form: forms.PhotoForm, by: Member) -> None:
    upload = form.photo.data
    if not (upload and upload.filename):
        raise Invalid({"photo": _("Choose the photo.")})
    try:
        file = documents.keep(upload.stream, upload.filename, purpose="visit")
    except errors.NotTaken as refused:
        raise Invalid({"photo": refused.message}) from refused
    recording.photograph(visit, file, by=by, item=form.item.data or "")


DEEDS = {
    "move": Deed(
        _l("Move the visit"),
        lambda visit: forms.MoveForm(data={"on": visit.planned_for}),
        lambda visit, form, by: service.move(visit, by=by, on=form.on.data),
        _l("The visit is moved, and who makes it is told."),
        _l("Save"),
    ),
    "cancel": Deed(
        _l("Cancel the visit"),
        lambda visit: forms.CancelForm(),
        lambda visit, form, by: service.cancel(visit, by=by, reason=form.reason.data),
        _l("The visit is cancelled."),
        _l("Cancel the visit"),
    ),
    "finding": Deed(
        _l("Write down a finding"),
        lambda visit: forms.FindingForm(),
        lambda visit, form, by: recording.find(visit, by=by, grade=form.grade.data, what=form.what.data),
        _l("The finding is kept."),
        _l("Save"),
    ),
    "photo": Deed(_l("Add a photo"), forms.photo_form, _photographed, _l("The photo is kept."), _l("Save")),
    "action": Deed(
        _l("Set a corrective action"),
        lambda visit: forms.action_form(),
        lambda visit, form, by: recording.ask_correction(
            visit, by=by, what=form.what.data, owner=forms.chosen(form.owner.data), due_on=form.due_on.data
        ),
        _l("The action is set, and who does it is told."),
        _l("Save"),
    ),
}


@bp.route("/desk/visits/<uuid:id>/<any(move, cancel, finding, photo, action):deed>", methods=["GET", "POST"])
@signed_in
@sent_once
def change(id: UUID, deed: str) -> Any:
    """One thing done to a visit; where it is refused, the page says why and what was typed stays."""
    member, done = worker(), DEEDS[deed]
    found = service.get(id, member)
    form = done.form(found)
    if form.validate_on_submit():
        try:
            done.do(found, form, member)
            flash(done.said, "good")
            return redirect(url_for(".visit", id=id))
        except Invalid as refused:
            shown(form, refused)
    page = render_template("visits/change.html", form=form, visit=found, done=done, deed=deed, accept=content.ACCEPT)
    return (page, 422) if form.errors else page


@bp.post("/desk/visits/<uuid:id>/take-out/<any(finding, photo):what>/<key>")
@signed_in
def take_out(id: UUID, what: str, key: str) -> Any:
    """A finding or a photo that does not belong there, as long as the visit is not over."""
    member = worker()
    recording.take_out(service.get(id, member), by=member, what=what, key=key)
    flash(_("Taken out."), "good")
    return redirect(url_for(".visit", id=id))


@bp.post("/desk/visits/<uuid:id>/over")
@signed_in
def over(id: UUID) -> Any:
    """The visit is over; from now on what it found stays as it is."""
    member = worker()
    found = service.get(id, member)
    try:
        recording.held(found, by=member)
        flash(_("The visit is over, and its report is ready."), "good")
    except Invalid as refused:
        flash(str(refused.fields["marks"]), "bad")
    return redirect(url_for(".visit", id=id))


@bp.get("/desk/visits/photos/<uuid:id>")
@signed_in
def photo(id: UUID) -> Response:
    """A photo of a visit."""
    stored = service.photo(id, worker())
    return sent(stored, documents.open(stored), show=True)


def _planned(form: forms.PlanForm) -> dict[str, Any]:
    picked = {name: forms.chosen(form[name].data) for name in ("branch", "checklist", "visitor")}
    return {**picked, "on": form.on.data}


def shown(form: Any, refused: Invalid) -> None:
    """Undo what was begun, and put each error beside its field."""
    db.session.rollback()
    for name, said in refused.fields.items():
        if name in form:
            form[name].errors = [str(said)]


from silah.visits import checklist_routes  # noqa: E402, F401  # its views hang themselves on bp
