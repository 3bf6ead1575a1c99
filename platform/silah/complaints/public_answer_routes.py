"""`/desk/answers`: answers for everybody, written from an inquiry or afresh, changed and withdrawn."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import Optional

from silah.cases import visibility
from silah.cases.models import Case
from silah.complaints import inquiries, liaison_areas, public_answers
from silah.complaints.desk_forms import chosen
from silah.complaints.desk_routes import bp
from silah.complaints.models import PublicAnswer
from silah.desk.action_forms import long_text, options
from silah.desk.member import worker
from silah.errors import Invalid
from silah.language.bilingual import localized
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, requires

P = Permission
NEEDED = _l("Write this in both languages.")


class AnswerForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A question and its answer, in both languages."""

    area = SelectField(_l("Field or category"), [Optional()])
    question_ar = long_text(_l("The question in Arabic"), NEEDED)
    answer_ar = long_text(_l("The answer in Arabic"), NEEDED)
    question_en = long_text(_l("The question in English"), NEEDED)
    answer_en = long_text(_l("The answer in English"), NEEDED)


@bp.get("/desk/answers")
@requires(P.PUBLISH_ANSWERS, P.ANSWER_INQUIRIES)
def published() -> str:
    """Every answer for everybody, those withdrawn last."""
    return render_template("complaints/desk/answers.html", answers=public_answers.every())


@bp.route("/desk/answers/new", methods=["GET", "POST"])
@requires(P.PUBLISH_ANSWERS)
@sent_once
def new_answer() -> Any:
    """Write one; from an inquiry its words are taken over, to be freed of whatever tells who asked."""
    case = _case(request.args.get("case", ""))
    return _written(_form(None, case), None, case)


@bp.route("/desk/answers/<uuid:id>", methods=["GET", "POST"])
@requires(P.PUBLISH_ANSWERS)
def answer(id: UUID) -> Any:
    """Change one, or show one again that was withdrawn."""
    found = public_answers.get(id)
    return _written(_form(found, None), found, None)


@bp.post("/desk/answers/<uuid:id>/withdraw")
@requires(P.PUBLISH_ANSWERS)
def withdraw_answer(id: UUID) -> Any:
    """Show it to the public no longer."""
    public_answers.withdraw(public_answers.get(id), by=worker())
    flash(_("The public sees it no longer."))
    return redirect(url_for(".published"))


def _written(form: AnswerForm, found: PublicAnswer | None, case: Case | None) -> Any:
    if form.validate_on_submit():
        texts = {key: form[key].data for key in public_answers.FIELDS}
        try:
            public_answers.publish(by=worker(), texts=texts, area=chosen(form.area), case=case, answer=found)
        except Invalid as refused:
            for name, words in refused.fields.items():
                form[name].errors = [str(words)]
        else:
            flash(_("Everybody can read it now."), "good")
            return redirect(url_for(".published"))
    page = render_template("complaints/desk/answer.html", form=form, it=found, case=case)
    return (page, 422) if form.errors else page


def _form(found: PublicAnswer | None, case: Case | None) -> AnswerForm:
    known: dict[str, Any] = {}
    if found is not None:
        known = {key: getattr(found, key) for key in public_answers.FIELDS} | {"area": str(found.area_id or "")}
    elif case is not None:
        inquiry = inquiries.of(case)
        known = {f"question_{case.locale}": inquiry.text, f"answer_{case.locale}": inquiry.answer}
        known["area"] = str(inquiry.area_id or "")
    form = AnswerForm(data=known)
    named = [(str(one.id), localized(one, "name")) for one in liaison_areas.listing()]
    form.area.choices = options([("", _l("None in particular")), *named])
    return form


def _case(typed: str) -> Case | None:
    """The inquiry that it is written from, if this member sees it; raises NotFound for any other."""
    if not typed:
        return None
    try:
        id = UUID(typed)
    except ValueError:
        return None
    return visibility.get(id, worker())
