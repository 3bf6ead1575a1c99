"""The administrators' pages of the association's messages, and the staff's page of what is carried by hand."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from silah.cases import confidentiality, contact_tasks, delivery_failures
from silah.desk.member import worker
from silah.desk.message_forms import WordingForm
from silah.errors import Invalid, NotFound
from silah.forms.texts import masked
from silah.notifications import message_rewordings, service
from silah.notifications.message_templates import LOCALES, PLACE_WORDS, TEMPLATES, Template
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, current_member, requires

bp = Blueprint("messages", __name__, template_folder="templates")


@bp.get("/admin/messages")
@requires(Permission.EDIT_MESSAGES)
def templates() -> str:
    """Every message, in which language the association has reworded it, and what could not be sent."""
    failed = delivery_failures.list_failed(worker())
    shown = {"templates": TEMPLATES.values(), "reworded": message_rewordings.reworded(), "failed": failed}
    return render_template("messages/list.html", **shown)


@bp.route("/admin/messages/<key>/<language>", methods=["GET", "POST"])
@requires(Permission.EDIT_MESSAGES)
def edit(key: str, language: str) -> Any:
    """One message in one language: its wording, a preview, and the way back to the platform's."""
    template = _template(key, language)
    wording = service.worded(template, language)
    form = WordingForm(data={"subject": wording.subject, "body": wording.body})
    if form.validate_on_submit():
        try:
            if not form.preview.data:
                message_rewordings.reword(template, language, form.subject.data, form.body.data, by=current_member())
                flash(_("The message is reworded."), "good")
                return redirect(url_for(".templates"))
            message_rewordings.check(template, form.subject.data, form.body.data)
        except Invalid as refused:
            form.refuse(refused)
    return _edit_page(template, language, form), 422 if form.errors else 200


@bp.post("/admin/messages/<key>/<language>/restore")
@requires(Permission.EDIT_MESSAGES)
def restore(key: str, language: str) -> Any:
    """Go back to the platform's wording."""
    message_rewordings.restore(_template(key, language), language)
    flash(_("The message is worded as the platform words it."), "good")
    return redirect(url_for(".templates"))


@bp.get("/desk/letters")
@requires(*contact_tasks.CARRIERS)
def letters() -> str:
    """Show the calls and deliveries that are owed to applicants."""
    return render_template("messages/contacts.html", **_grouped(contact_tasks.list_owed(worker())))


@bp.get("/desk/letters/<uuid:id>")
@requires(*contact_tasks.CARRIERS)
def letter(id: UUID) -> str:
    """Show one message to be carried, as a page to print."""
    found = contact_tasks.get(id, worker())
    if found.case is not None:
        confidentiality.read(found.case, worker())
    with force_locale(found.message.locale):
        return render_template("messages/letter.html", message=found.message)


@bp.post("/desk/letters/<uuid:id>/number")
@requires(*contact_tasks.CARRIERS)
def contact_number(id: UUID) -> str:
    """Show one call or delivery with the number or address in full, this once; who saw it is on record."""
    found = contact_tasks.get(id, worker())
    contact_tasks.reveal(found, by=worker())
    if found.case is not None:
        confidentiality.read(found.case, worker())
    return render_template("messages/contacts.html", **_grouped([found]), in_full=True)


@bp.post("/desk/letters/<uuid:id>/attempts")
@requires(*contact_tasks.CARRIERS)
@sent_once
def contact_attempt(id: UUID) -> Any:
    """Record what a try to tell the applicant came to."""
    outcome = request.form.get("outcome", "")
    contact_tasks.record_attempt(contact_tasks.get(id, worker()).message, outcome, by=worker().id)
    reached = outcome == contact_tasks.REACHED
    flash(_("Recorded: the applicant was notified.") if reached else _("Recorded. It stays in the list."), "good")
    return redirect(url_for(".letters"))


def _grouped(found: list[contact_tasks.OwedContact]) -> dict[str, Any]:
    """Calls and deliveries apart."""
    calls = [one for one in found if one.message.means == "call"]
    return {
        "calls": calls,
        "deliveries": [one for one in found if one not in calls],
        "outcomes": contact_tasks.OUTCOMES,
        "masked": masked,
    }


def _template(key: str, language: str) -> Template:
    if key not in TEMPLATES or language not in LOCALES:
        raise NotFound
    return TEMPLATES[key]


def _edit_page(template: Template, language: str, form: WordingForm) -> str:
    return render_template(
        "messages/edit.html",
        template=template,
        language=language,
        form=form,
        places=[(place, PLACE_WORDS[place], place in template.needs) for place in template.places],
        preview=message_rewordings.preview(template, language, form.subject.data or "", form.body.data or ""),
        own=message_rewordings.is_reworded(template, language),
    )
