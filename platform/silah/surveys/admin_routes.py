"""`/admin/surveys`: questionnaires are written here, seen in both directions, and filled from a bank of questions."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from silah.errors import Invalid, NotFound
from silah.staff.routes import page
from silah.submissions.idempotency import sent_once
from silah.surveys import portal_presenters, programme, questionnaires
from silah.surveys.admin_forms import (
    KIND_WORDS,
    AboutForm,
    SectionForm,
    condition_groups,
    question_form,
    question_of,
    spread,
)
from silah.surveys.bank import QUESTIONS, READY
from silah.surveys.models import Questionnaire
from silah.surveys.routes import bp
from silah.surveys.rules import rules
from silah.web.access import Permission, requires

EDIT = Permission.EDIT_SURVEYS
MOVES = {"up": -1, "down": 1}


@bp.get("/admin/surveys", endpoint="questionnaires")
@requires(EDIT)
def all_questionnaires() -> Any:
    """Every questionnaire, the ready ones to begin with, and whether the programme runs by itself."""
    chosen, listed = rules(), questionnaires.listing()
    found = [(one, one.draft, questionnaires.problems(one.draft)) for one in listed]
    stuck = [one.draft.title for one in listed if programme.stuck(one, chosen)]
    return render_template(
        "surveys/admin/list.html", found=found, ready=READY, promised=programme.promised(), rules=chosen, stuck=stuck
    )


@bp.post("/admin/surveys/new")
@requires(EDIT)
@sent_once
def new_questionnaire() -> Any:
    """Begin one: empty, or from a ready one."""
    made = questionnaires.begin(request.form.get("ready", ""))
    return redirect(url_for(".questionnaire", id=made.id))


@bp.get("/admin/surveys/<uuid:id>")
@requires(EDIT)
def questionnaire(id: UUID) -> Any:
    """One questionnaire with its pages and questions, and what is not in order yet."""
    it = questionnaires.get(id)
    draft = it.draft
    known = {key: one for key, one in QUESTIONS.items() if draft.question(key) is None}
    return render_template(
        "surveys/admin/questionnaire.html",
        it=it,
        draft=draft,
        problems=questionnaires.problems(draft),
        kinds=KIND_WORDS,
        bank=known,
    )


@bp.get("/admin/surveys/<uuid:id>/preview")
@requires(EDIT)
def preview(id: UUID) -> Any:
    """All of its pages in both languages, each in its direction."""
    it = questionnaires.get(id)
    views = [(tongue, portal_presenters.render_preview(it.draft, tongue)) for tongue in ("ar", "en")]
    return render_template("surveys/admin/preview.html", it=it, views=views)


@bp.route("/admin/surveys/<uuid:id>/edit", methods=["GET", "POST"])
@requires(EDIT)
def describe(id: UUID) -> Any:
    """Title, introduction, thanks, who answers, and whether it is in use."""
    it = questionnaires.get(id, lock=True)
    known = spread(it.draft, "title", "intro", "thanks") | {"readers": it.draft.readers, "withdrawn": it.withdrawn}
    form = AboutForm(data=known)
    if form.validate_on_submit():
        questionnaires.describe(it, **form.texts())
        it.withdrawn = form.withdrawn.data
        return _saved(it)
    return page("surveys/admin/about.html", form, it=it)


@bp.route("/admin/surveys/<uuid:id>/sections/new", methods=["GET", "POST"], endpoint="new_section")
@bp.route("/admin/surveys/<uuid:id>/sections/<key>", methods=["GET", "POST"])
@requires(EDIT)
def section(id: UUID, key: str | None = None) -> Any:
    """Add a page, or change one."""
    it = questionnaires.get(id, lock=True)
    held = it.draft.section(key) if key else None
    if key and held is None:
        raise NotFound
    form = SectionForm(data=spread(held, "title", "intro") if held else {})
    if form.validate_on_submit():
        questionnaires.put_section(it, key, **form.texts())
        return _saved(it)
    return page("surveys/admin/section.html", form, it=it, held=held)


@bp.route("/admin/surveys/<uuid:id>/sections/<key>/questions/new", methods=["GET", "POST"])
@requires(EDIT)
@sent_once
def new_question(id: UUID, key: str) -> Any:
    """Add a question to a page."""
    it = questionnaires.get(id, lock=True)
    if it.draft.section(key) is None:
        raise NotFound
    return _question(it, key, None)


@bp.route("/admin/surveys/<uuid:id>/questions/<key>", methods=["GET", "POST"])
@requires(EDIT)
def question(id: UUID, key: str) -> Any:
    """Change a question."""
    it = questionnaires.get(id, lock=True)
    held, here = it.draft.question(key), it.draft.section_of(key)
    if held is None or here is None:
        raise NotFound
    return _question(it, here.key, held)


@bp.post("/admin/surveys/<uuid:id>/sections/<key>/bank")
@requires(EDIT)
@sent_once
def take(id: UUID, key: str) -> Any:
    """Put a ready question on a page."""
    it = questionnaires.get(id, lock=True)
    questionnaires.take(it, key, request.form.get("question", ""))
    return _saved(it)


@bp.post("/admin/surveys/<uuid:id>/parts/<key>/<any(up, down, remove):deed>")
@requires(EDIT)
def change_part(id: UUID, key: str, deed: str) -> Any:
    """Move a section or a question up or down, or take it out."""
    it = questionnaires.get(id, lock=True)
    if deed == "remove":
        questionnaires.remove(it, key)
    else:
        questionnaires.move(it, key, MOVES[deed])
    return redirect(url_for(".questionnaire", id=id, _anchor=f"part-{key}" if deed != "remove" else None))


def _question(it: Questionnaire, section_key: str, held: Any) -> Any:
    form = question_form(it.draft, section_key, held, request.args.get("kind", "rating"))
    if form.validate_on_submit():
        key = held.key if held else it.draft.free_key("q")
        made = question_of(form, key, held)
        if made is not None:
            try:
                questionnaires.put_question(it, section_key, made)
            except Invalid:
                form.kind.errors = [_("A questionnaire has at most %(most)s questions.", most=questionnaires.MOST)]
            else:
                return _saved(it)
    groups = condition_groups(it.draft, form)
    return page("surveys/admin/question.html", form, it=it, held=held, groups=groups)


def _saved(it: Questionnaire) -> Any:
    flash(_("Saved."), "good")
    return redirect(url_for(".questionnaire", id=it.id))
