"""Request types: their list and order, and the page on which an administrator writes a form and sees it."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from silah.desk.member import worker
from silah.errors import Invalid
from silah.intake import form_assembly, form_draft, request_types
from silah.intake.desk_routes import bp
from silah.intake.form_editor import KINDS, preview
from silah.intake.models import RequestType
from silah.language.localization import locale
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, requires

Answer = str | tuple[str, int] | Response


@bp.get("/admin/request-types", endpoint="request_types")
@requires(Permission.EDIT_REQUEST_TYPES)
def listing() -> str:
    """The association's request types, in the order in which the public sees them."""
    return render_template("intake/admin/request_types.html", types=request_types.listed())


@bp.post("/admin/request-types/<uuid:id>/<any(up, down, retire, offer):deed>", endpoint="change_request_type")
@requires(Permission.EDIT_REQUEST_TYPES)
def change(id: UUID, deed: str) -> Response:
    """Move a type up or down in the order, retire it, or offer it again."""
    request_types.change(request_types.get(id), deed)
    return redirect(url_for("requests.request_types"))


@bp.route("/admin/request-types/new", methods=["GET", "POST"], endpoint="new_request_type")
@requires(Permission.EDIT_REQUEST_TYPES)
@sent_once
def new() -> Answer:
    """A type that the association did not have."""
    return _page(None, form_draft.blank())


@bp.route("/admin/request-types/<uuid:id>", methods=["GET", "POST"], endpoint="request_type")
@requires(Permission.EDIT_REQUEST_TYPES)
def edit(id: UUID) -> Answer:
    """The form of a type; saving makes a revision, and cases that came before keep theirs."""
    kind = request_types.get(id)
    return _page(kind, form_draft.of(request_types.definition(kind)))


def _page(kind: RequestType | None, draft: form_draft.Draft) -> Answer:
    """Draw the page, take one button of it, or save; what was typed is never lost."""
    deed, errors = request.form.get("deed", ""), {}
    if request.method == "POST":
        draft = form_draft.change(form_draft.read(request.form.items()), deed)
        try:
            if deed == "save":
                return _saved(kind, draft)
            if deed == "preview":
                form_assembly.definition(draft)
        except Invalid as refused:
            errors = refused.fields
    return _drawn(kind, draft, deed, errors), 422 if errors else 200


def _saved(kind: RequestType | None, draft: form_draft.Draft) -> Response:
    revision = request_types.save(kind, form_assembly.definition(draft), by=worker())
    flash(_("Saved as revision %(number)s. Requests that came before keep their form.", number=revision.number), "good")
    return redirect(url_for("requests.request_types"))


def _drawn(kind: RequestType | None, draft: form_draft.Draft, deed: str, errors: dict[str, Any]) -> str:
    return render_template(
        "intake/admin/request_type.html",
        kind=kind,
        draft=draft,
        errors=errors,
        opened=deed.partition(":")[2],
        kinds=KINDS,
        conditions=form_draft.conditions(draft, locale()),
        chosen_condition=form_assembly.chosen_condition,
        previews=preview(draft) if deed == "preview" and not errors else [],
    )
