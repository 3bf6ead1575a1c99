"""What the applicant owes, added or changed by staff on their behalf."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from silah.cases import timeline, visibility
from silah.cases.errors import ChangedMeanwhile
from silah.cases.models import Case
from silah.cases.workflow import perform
from silah.desk import case_view
from silah.desk.action_forms import MoveForm
from silah.desk.member import worker
from silah.documents import content
from silah.errors import Conflict, Invalid
from silah.intake import requests
from silah.intake.definition import PERSON_STEP
from silah.intake.desk_routes import bp
from silah.intake.forms import step_form
from silah.intake.single_page_form import Whole, whole
from silah.language.localization import locale
from silah.submissions.idempotency import sent_once
from silah.web.access import Member, Permission, requires
from tenants.database import db

Answer = str | tuple[str, int] | Response


@bp.route("/desk/cases/<uuid:id>/provide", methods=["GET", "POST"], endpoint="provide")
@requires(Permission.RECEIVE_REQUESTS, Permission.CHECK_COMPLETENESS)
@sent_once
def provide(id: UUID) -> Answer:
    """The whole form of a request, to add what is owed and to put right what is wrong."""
    member = worker()
    case = visibility.get(id, member)
    form = forms_of(case)
    if request.method == "GET":
        return page(case, form, member)
    return provided(case, form, member)


def provided(case: Case, form: Whole, member: Member) -> Answer:
    """Keep what was sent, if the case still is as the page showed it."""
    try:
        timeline.hold(case, MoveForm().version)
        if not form.validate():
            return page(case, form, member), 422
        kept = keep(case, form, member)
    except (ChangedMeanwhile, Conflict, Invalid) as refused:
        db.session.rollback()
        return page(case, form, member, refused=refused), refused.status
    flash(_("Kept. The applicant's request holds it from here on.") if kept else _("Nothing was changed."), "good")
    return redirect(url_for("desk.case", id=case.id))


def keep(case: Case, form: Whole, member: Member) -> bool:
    """Keep each paper and each changed answer; True if there was any."""
    version = case.version
    for paper in form.papers:
        if paper.chosen:
            perform(
                case,
                "provide_document",
                member,
                {"key": paper.document.key, "upload": paper.form.file.data, "valid_until": paper.form.until},
            )
    for step in form.steps:
        withheld = {field.key for field in step.step.fields if field.is_sensitive}
        given = {key: value for key, value in step.answers().items() if value is not None or key not in withheld}
        perform(case, "provide_answers", member, {"step": step.step.key, "answers": given})
    return case.version != version


def forms_of(case: Case) -> Whole:
    """The form that the request was written on, filled with its answers."""
    current = {one.purpose: one.file.name for one in requests.documents(case)}
    definition, answers = requests.definition(case), requests.answers(case)["fields"]
    form = whole(definition, answers, current, proof=case.relation != "self")
    if any(definition.step_of(item.key) is PERSON_STEP for item in requests.owed(case)):
        form.steps.insert(0, step_form(definition, PERSON_STEP.key, locale(), strict=False))
    withhold(form, answers)
    return form


def withhold(form: Whole, answers: Mapping[str, Any]) -> None:
    """Leave sensitive answers blank: they are looked at on the case's page, where looking is recorded."""
    for step in form.steps:
        for field in step.step.fields:
            if field.is_sensitive and answers.get(field.key) is not None:
                bound = step[field.key]
                bound.description = _("Answered. It stays as it is unless you write it anew.")
                if request.method == "GET":
                    bound.data = None


def page(case: Case, form: Whole, member: Member, refused: Any = None) -> str:
    """The page, and beside it what is lacking."""
    return render_template(
        "intake/desk/provide.html",
        case=case,
        row=case_view.row(case),
        form=form,
        refused=refused,
        changed=getattr(refused, "entries", ()),
        accept=content.ACCEPT,
        **case_view.beside(case, member),
    )
