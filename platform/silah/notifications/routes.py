"""The administrators' pages of the association's messages, and the staff's page of what is carried by hand."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from silah.access import Permission, current_member, requires
from silah.cases import secrecy
from silah.cases.texts import masked
from silah.desk.who import worker
from silah.errors import Invalid, NotFound
from silah.notifications import contacts, failures, rewording, service
from silah.notifications.forms import WordingForm
from silah.notifications.wording import LOCALES, PLACE_WORDS, TEMPLATES, Template
from silah.web.idempotency import sent_once

bp = Blueprint("messages", __name__, template_folder="templates")


@bp.get("/admin/messages")
@requires(Permission.EDIT_MESSAGES)
def templates() -> str:
    """Every message, in which language the association has reworded it, and what could not be sent."""
    failed = failures.list_failed(worker())
    shown = {"templates": TEMPLATES.values(), "reworded": rewording.reworded(), "failed": failed}
    return render_template("notifications/list.html", **shown)


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
                rewording.reword(template, language, form.subject.data, form.body.data, by=current_member())
                flash(_("The message is reworded."), "good")
                return redirect(url_for(".templates"))
            rewording.check(template, form.subject.data, form.body.data)
        except Invalid as refused:
            form.refuse(refused)
    return _edit_page(template, language, form), 422 if form.errors else 200


@bp.post("/admin/messages/<key>/<language>/restore")
@requires(Permission.EDIT_MESSAGES)
def restore(key: str, language: str) -> Any:
    """Go back to the platform's wording."""
    rewording.restore(_template(key, language), language)
    flash(_("The message is worded as the platform words it."), "good")
    return redirect(url_for(".templates"))


@bp.get("/desk/letters")
@requires(*contacts.CARRIERS)
def letters() -> str:
    """Show the calls and deliveries that are owed to applicants."""
    return render_template("notifications/contacts.html", **_grouped(contacts.list_owed(worker())))


@bp.get("/desk/letters/<uuid:id>")
@requires(*contacts.CARRIERS)
def letter(id: UUID) -> str:
    """Show one message to be carried, as a page to print."""
    found = contacts.get(id, worker())
    if found.case is not None:
        secrecy.read(found.case, worker())
    with force_locale(found.message.locale):
        return render_template("notifications/letter.html", message=found.message)


@bp.post("/desk/letters/<uuid:id>/number")
@requires(*contacts.CARRIERS)
def contact_number(id: UUID) -> str:
    """Show one call or delivery with the number or address in full, this once; who saw it is on record."""
    found = contacts.get(id, worker())
    contacts.reveal(found, by=worker())
    if found.case is not None:
        secrecy.read(found.case, worker())
    return render_template("notifications/contacts.html", **_grouped([found]), in_full=True)


@bp.post("/desk/letters/<uuid:id>/attempts")
@requires(*contacts.CARRIERS)
@sent_once
def contact_attempt(id: UUID) -> Any:
    """Record what a try to tell the applicant came to."""
    outcome = request.form.get("outcome", "")
    contacts.record_attempt(contacts.get(id, worker()).message, outcome, by=worker().id)
    reached = outcome == contacts.REACHED
    flash(_("Recorded: the applicant was notified.") if reached else _("Recorded. It stays in the list."), "good")
    return redirect(url_for(".letters"))


def _grouped(found: list[contacts.OwedContact]) -> dict[str, Any]:
    """Calls and deliveries apart."""
    calls = [one for one in found if one.message.means == "call"]
    return {
        "calls": calls,
        "deliveries": [one for one in found if one not in calls],
        "outcomes": contacts.OUTCOMES,
        "masked": masked,
    }


def _template(key: str, language: str) -> Template:
    if key not in TEMPLATES or language not in LOCALES:
        raise NotFound
    return TEMPLATES[key]


def _edit_page(template: Template, language: str, form: WordingForm) -> str:
    return render_template(
        "notifications/edit.html",
        template=template,
        language=language,
        form=form,
        places=[(place, PLACE_WORDS[place], place in template.needs) for place in template.places],
        preview=rewording.preview(template, language, form.subject.data or "", form.body.data or ""),
        own=rewording.is_reworded(template, language),
    )
