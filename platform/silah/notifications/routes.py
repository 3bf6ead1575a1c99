"""The administrators' pages of the association's messages, and the staff's page of what is carried by hand."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from silah.access import Permission, current_member, requires
from silah.cases import secrecy
from silah.cases.models import Case
from silah.desk.who import worker
from silah.errors import Invalid, NotFound
from silah.notifications import rewording, service
from silah.notifications.forms import WordingForm
from silah.notifications.wording import LOCALES, PLACE_WORDS, TEMPLATES, Template
from tenants.database import db

bp = Blueprint("messages", __name__, template_folder="templates")

CARRIERS = (Permission.MESSAGE_APPLICANTS, Permission.RELEASE_REPLIES)


@bp.get("/admin/messages")
@requires(Permission.EDIT_MESSAGES)
def templates() -> str:
    """Every message, and in which language the association has reworded it."""
    return render_template("notifications/list.html", templates=TEMPLATES.values(), reworded=rewording.reworded())


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
@requires(*CARRIERS)
def letters() -> str:
    """What somebody has still to carry to an applicant."""
    return render_template("notifications/letters.html", messages=service.to_hand_over(worker()))


@bp.get("/desk/letters/<uuid:id>")
@requires(*CARRIERS)
def letter(id: UUID) -> str:
    """One message to be carried, as a page to print."""
    message = service.get(id, worker())
    if message.case_id is not None:
        secrecy.read(db.session.get_one(Case, message.case_id), worker())
    with force_locale(message.locale):
        return render_template("notifications/letter.html", message=message)


@bp.post("/desk/letters/<uuid:id>/handed-over")
@requires(*CARRIERS)
def handed_over(id: UUID) -> Any:
    """Record that it has reached the applicant."""
    service.handed_over(service.get(id, worker()))
    flash(_("Recorded: the message has reached the applicant."), "good")
    return redirect(url_for(".letters"))


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
