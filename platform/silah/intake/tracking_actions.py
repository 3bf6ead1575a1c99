"""What an applicant does on a request: adds what is asked, and confirms what was delivered."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from silah.cases.workflow import perform
from silah.documents import content
from silah.errors import Invalid, NotFound
from silah.intake import requests, tracking_presenter
from silah.intake.definition import Definition
from silah.intake.form_values import typed
from silah.intake.forms import StepForm, document_form, step_form
from silah.intake.models import KIND
from silah.language.localization import locale
from silah.portal import followed_cases
from silah.portal.rate_limits import uploading, writing
from silah.portal.routes import bp
from silah.submissions.idempotency import sent_once
from silah.web.access import public


@bp.route("/follow/<uuid:id>/documents/<key>", methods=["GET", "POST"])
@public
@uploading
@sent_once
def provide_document(id: UUID, key: str) -> Any:
    """Add a document that is asked for."""
    case = followed_cases.followed(id, KIND)
    document = tracking_presenter.asked_document(case, key)
    form = document_form(document, locale())
    if form.validate_on_submit():
        try:
            perform(case, "provide_document", None, {"key": key, "upload": form.file.data, "valid_until": form.until})
        except Invalid as refused:
            _show(form, refused)
        else:
            flash(_("We have received it: %(name)s.", name=document.label.for_locale(locale())), "good")
            return redirect(url_for(".tracking", id=id))
    page = render_template(
        "intake/portal/provide_document.html", case=case, form=form, document=document, accept=content.ACCEPT
    )
    return page, 422 if form.errors else 200


@bp.route("/follow/<uuid:id>/answers/<step>", methods=["GET", "POST"])
@public
@writing
@sent_once
def provide_answers(id: UUID, step: str) -> Any:
    """Answer what is asked for in one step of the form."""
    case = followed_cases.followed(id, KIND)
    definition = requests.definition(case)
    if definition.step(step) is None or not any(one.step == step for one in tracking_presenter.asked(case, locale())):
        raise NotFound
    asked = {one.key for one in tracking_presenter.asked(case, locale()) if one.step == step}
    form = _asked_form(definition, step, requests.answers(case)["fields"], asked)
    if form.validate_on_submit() and _all_answered(form, asked):
        given = {key: value for key, value in form.answers().items() if key in asked}
        perform(case, "provide_answers", None, {"step": step, "answers": given})
        flash(_("We have received your answers."), "good")
        return redirect(url_for(".tracking", id=id))
    page = render_template("intake/portal/provide_answers.html", case=case, form=form, step=form.step, asked=asked)
    return page, 422 if form.errors else 200


@bp.post("/follow/<uuid:id>/confirm")
@public
@writing
def confirm_delivery(id: UUID) -> Any:
    """Confirm that the service was received."""
    perform(followed_cases.followed(id, KIND), "confirm", None, {"how": "tracking_page"})
    flash(_("Thank you. Your confirmation is recorded."), "good")
    return redirect(url_for(".tracking", id=id))


def _all_answered(form: StepForm, asked: set[str]) -> bool:
    """Whether each answer that is asked for was given, also where the form itself would do without it."""
    empty = [key for key, value in form.answers().items() if key in asked and value is None]
    for key in empty:
        form[key].errors = [_("Answer this question.")]
    return not empty


def _asked_form(definition: Definition, step: str, kept: dict[str, Any], asked: set[str]) -> StepForm:
    """The form of a step of which only some answers are asked for; the others stay as they were given."""
    if request.method != "POST":
        return step_form(definition, step, locale(), kept)
    others = [field for field in definition.fields if field.key not in asked]
    sent = MultiDict((key, value) for key, value in request.form.items(multi=True) if key in asked | {"csrf_token"})
    for field in others:
        before = typed(field, kept.get(field.key))
        sent.setlist(field.key, before if isinstance(before, list) else [before])
    return step_form(definition, step, locale(), kept, formdata=sent)


def _show(form: Any, refused: Invalid) -> None:
    if "valid_until" in refused.fields:
        form.valid_until.errors = [str(refused.fields["valid_until"])]
    else:
        form.file.errors = [str(refused.message)]
