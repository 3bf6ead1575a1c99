"""`/admin/library`, `/desk/library` and the public `/library`."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from silah.clock import RIYADH
from silah.desk import case_panels
from silah.desk.case_panels import CasePanel
from silah.desk.member import worker
from silah.documents import content, tables
from silah.documents import service as documents
from silah.documents.responses import sent
from silah.errors import Invalid, NotFound
from silah.language.localization import number
from silah.library import forms, reminding, service
from silah.library.models import LibraryTool, ToolVersion
from silah.organisation.names import named
from silah.policies import in_force_effects
from silah.portal.page_cache import remembered
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, public, requires, signed_in
from tenants.database import db

bp = Blueprint("library", __name__, template_folder="templates")

in_force_effects.register("library", lambda version, by: service.bring(version.policy))
case_panels.register("library", CasePanel("library/case_panel.html", lambda case, member: service.offered(case)))
EDIT = Permission.EDIT_POLICY


@bp.get("/admin/library")
@requires(EDIT)
def tools() -> str:
    """Every tool, placeholders among them, with how many have read it."""
    found = service.shelves()
    return render_template("library/tools.html", shelves=found, kinds=forms.KINDS, read=service.shares(found))


@bp.route("/admin/library/new", methods=["GET", "POST"])
@requires(EDIT)
@sent_once
def new_tool() -> Any:
    """Add a tool that the policy does not name."""
    form = forms.tool_form()
    if form.validate_on_submit():
        try:
            names = {"name_ar": form.name_ar.data or "", "name_en": form.name_en.data or ""}
            tool = service.add(by=worker(), kind=form.kind.data, **names)
            _change(tool, form)
            return redirect(url_for(".tool", id=tool.id))
        except Invalid as refused:
            _show(form, refused)
    page = render_template("library/edit.html", form=form, it=None)
    return (page, 422) if form.errors else page


@bp.get("/admin/library/<uuid:id>")
@requires(EDIT)
def tool(id: UUID) -> str:
    """One tool: its versions, and who has read the newest."""
    one = service.shelf(id)
    return render_template(
        "library/tool.html",
        one=one,
        owing=len(reminding.unread(one)),
        versions=service.versions(one.tool),
        readers=service.coverage(one),
        kinds=forms.KINDS,
    )


@bp.route("/admin/library/<uuid:id>/edit", methods=["GET", "POST"])
@requires(EDIT)
def edit_tool(id: UUID) -> Any:
    """Change where it is offered, who reads it and whether the public may take it."""
    found = service.shelf(id).tool
    form = forms.tool_form(found)
    if form.validate_on_submit():
        try:
            _change(found, form)
            flash(_("Saved."), "good")
            return redirect(url_for(".tool", id=id))
        except Invalid as refused:
            _show(form, refused)
    page = render_template("library/edit.html", form=form, it=found)
    return (page, 422) if form.errors else page


@bp.route("/admin/library/<uuid:id>/versions", methods=["GET", "POST"])
@requires(EDIT)
@sent_once
def new_version(id: UUID) -> Any:
    """A new version, from a file or written here."""
    found, form = service.shelf(id).tool, forms.VersionForm()
    if form.validate_on_submit():
        try:
            _publish(found, form)
            flash(_("The new version is there. Who must read it is shown it as unread."), "good")
            return redirect(url_for(".tool", id=id))
        except Invalid as refused:
            db.session.rollback()
            _show(form, refused)
    page = render_template("library/version.html", form=form, it=found, accept=content.ACCEPT)
    return (page, 422) if form.errors else page


@bp.post("/admin/library/<uuid:id>/remind")
@requires(EDIT)
@sent_once
def remind(id: UUID) -> Any:
    """Remind who has not read the newest version, within the limits."""
    told = reminding.remind(service.shelf(id))
    said = ngettext("%(number)s member was reminded.", "%(number)s members were reminded.", told, number=number(told))
    flash(said if told else _("Nobody was reminded: each has read it, or was written to in the last days."))
    return redirect(url_for(".tool", id=id))


@bp.get("/admin/library/<uuid:id>/readers.csv")
@requires(EDIT)
def readers(id: UUID) -> Response:
    """Who must read the newest version, and when they did."""
    heads = [_("Name"), _("Department"), _("Read on")]
    rows = [
        [member.name, named(member.department) if member.department else "", _day(read_at)]
        for member, read_at in service.coverage(service.shelf(id))
    ]
    answer = Response(tables.csv(heads, rows), mimetype=tables.CSV)
    answer.headers["Content-Disposition"] = 'attachment; filename="readers.csv"'
    return answer


@bp.get("/desk/library")
@signed_in
def mine() -> str:
    """What there is, and what the reader has not read; that first."""
    found = [one for one in service.shelves(worker(), ~LibraryTool.withdrawn) if one.version]
    must = {one.tool.id for one in found if one.unread and service.must_read(one.tool, worker())}
    found.sort(key=lambda one: (one.tool.id not in must, not one.unread))
    return render_template("library/mine.html", shelves=found, kinds=forms.KINDS, must=must)


@bp.route("/desk/library/<uuid:id>", methods=["GET", "POST"])
@signed_in
def read(id: UUID) -> Any:
    """One tool in its newest version; saying that one has read it."""
    member = worker()
    one = service.shelf(id, member)
    if one.version is None or one.tool.withdrawn:
        raise NotFound
    if request.method == "POST":
        service.read(one.version, by=member)
        flash(_("It is on record that you have read it."), "good")
        return redirect(url_for(".mine"))
    return render_template("library/read.html", one=one, kinds=forms.KINDS)


@bp.get("/desk/library/versions/<uuid:id>")
@signed_in
def version_file(id: UUID) -> Any:
    """Any version, for staff: its file, or its text."""
    found = service.version(id)
    return _file(found) if found.file_id else render_template("library/older.html", it=found, kinds=forms.KINDS)


@bp.get("/library")
@public
@remembered
def for_everybody() -> str:
    """The forms and guides that the public may take."""
    return render_template("library/public.html", shelves=service.for_everybody(), kinds=forms.KINDS)


@bp.get("/library/<uuid:id>")
@public
def take(id: UUID) -> Any:
    """One of them: its file, or its text."""
    one = service.shelf(id)
    if one.version is None or one.tool.withdrawn or not one.tool.public:
        raise NotFound
    return _file(one.version) if one.version.file_id else render_template("library/text.html", one=one)


def _file(found: ToolVersion) -> Response:
    if found.file_id is None:
        raise NotFound
    stored = documents.get(found.file_id)
    return sent(stored, documents.open(stored), show=True)


def _change(tool: LibraryTool, form: forms.ToolForm) -> None:
    service.change(
        tool,
        by=worker(),
        kind=form.kind.data,
        name_ar=form.name_ar.data or "",
        name_en=form.name_en.data or "",
        public=form.public.data,
        moments=form.moments.data or [],
        readers=form.readers.data or [],
        withdrawn=form.withdrawn.data,
    )
    reminding.plan(tool)


def _publish(tool: LibraryTool, form: forms.VersionForm) -> None:
    upload = form.file.data
    kept = documents.keep(upload.stream, upload.filename, purpose="tool") if upload and upload.filename else None
    texts = {"text_ar": form.text_ar.data or "", "text_en": form.text_en.data or ""}
    service.publish(tool, by=worker(), note=form.note.data or "", file=kept, **texts)
    reminding.plan(tool)


def _show(form: Any, refused: Invalid) -> None:
    fields = refused.fields or {"file": refused.message}
    for name, words in fields.items():
        if name in form:
            form[name].errors = [str(words)]


def _day(instant: Any) -> Any:
    return instant.astimezone(RIYADH).date() if instant else None
