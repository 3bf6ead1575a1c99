"""`/desk/surveys`: rounds are made, opened, followed and closed; `/admin/surveys/rules`: the rules of measuring."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah import clock
from silah.desk.member import worker
from silah.documents.responses import sent_pdf
from silah.errors import Invalid
from silah.staff.routes import page
from silah.submissions.idempotency import sent_once
from silah.surveys import aggregates, audience, invitations, papers, programme, questionnaires, rounds
from silah.surveys import rules as kept
from silah.surveys.desk_forms import SPLITS, WHO, RoundForm, round_form, rules_form
from silah.surveys.errors import NotInOrder
from silah.surveys.models import SurveyRound
from silah.surveys.routes import bp
from silah.web.access import Permission, requires

PEOPLE = {
    "owing": _l("Not answered yet"),
    "unreached": _l("Reached by no message"),
    "answered": _l("Answered"),
}
RUN, SEE, EDIT = Permission.RUN_SURVEYS, Permission.SEE_SURVEYS, Permission.EDIT_SURVEYS


@bp.get("/desk/surveys")
@requires(RUN, SEE)
def survey_rounds() -> Any:
    """Every round with how far it is."""
    number = _page_number()
    found, more = rounds.listing(number)
    return render_template("surveys/desk/rounds.html", rounds=found, more=more, page=number)


@bp.route("/desk/surveys/new", methods=["GET", "POST"])
@requires(RUN)
@sent_once
def new_round() -> Any:
    """Make a round; it is opened on its page, or by itself on its day."""
    form = round_form(kept.rules(), request.args.get("questionnaire"))
    if form.validate_on_submit() and (made := _made(form)) is not None:
        return redirect(url_for(".survey_round", id=made.id))
    return page("surveys/desk/new.html", form)


@bp.get("/desk/surveys/<uuid:id>")
@requires(RUN, SEE)
def survey_round(id: UUID) -> Any:
    """One round: what it asks, of whom, how many were invited and answered, and what can be done now."""
    it = rounds.get(id)
    rule = rounds.rule_of(it)
    return render_template(
        "surveys/desk/round.html",
        it=it,
        rule=rule,
        meant=audience.size(rule) if it.state == "planned" else it.invited,
        answered=aggregates.responses(it),
        by_link=aggregates.used(it),
        links=papers.list_links(it),
        who=WHO,
        narrowed=audience.describe_narrowing(rule),
        splits=SPLITS,
        today=clock.today(),
    )


@bp.post("/desk/surveys/<uuid:id>/<any(open, close, discard):deed>")
@requires(RUN)
def change_round(id: UUID, deed: str) -> Any:
    """Open it, close it for good, or give it up before it opened."""
    it = rounds.get(id)
    asked_for = rounds.rule_of(it).who != "comers"
    {"open": rounds.open_now, "close": rounds.close, "discard": rounds.discard}[deed](it)
    said = {
        "open": _("The round is open. Invitations go out now.") if asked_for else _("The round is open."),
        "close": _("The round is closed for good."),
        "discard": _("The round was given up."),
    }
    flash(said[deed], "good")
    return redirect(url_for(".survey_rounds") if deed == "discard" else url_for(".survey_round", id=id))


@bp.get("/desk/surveys/<uuid:id>/people")
@requires(RUN)
def invited_people(id: UUID) -> Any:
    """Who was invited: whom no message reached, who has not answered yet, who has."""
    it, view = rounds.get(id), request.args.get("view", "")
    view = view if view in invitations.VIEWS else "owing"
    number = _page_number()
    people, more = invitations.list_invited(it, view, number, worker())
    counts, words = invitations.count_invited(it), PEOPLE
    return render_template(
        "surveys/desk/people.html", it=it, view=view, people=people, more=more, page=number, counts=counts, words=words
    )


@bp.get("/desk/surveys/<uuid:id>/poster.pdf")
@requires(RUN)
def round_poster(id: UUID) -> Any:
    """A poster with the open link as a QR code."""
    it = rounds.get(id)
    return sent_pdf(papers.render_poster(it), f"survey-{it.code}.pdf")


@bp.route("/admin/surveys/rules", methods=["GET", "POST"])
@requires(EDIT)
def survey_rules() -> Any:
    """What the programme does by itself, and under how many answers nothing is shown."""
    form = rules_form(kept.rules())
    if form.validate_on_submit():
        kept.save(form.rules())
        programme.owe()
        flash(_("The rules are saved."), "good")
        return redirect(url_for(".survey_rules"))
    return page("surveys/admin/rules.html", form, promised=programme.promised())


def _page_number() -> int:
    typed = request.args.get("page", "")
    return max(int(typed), 1) if typed.isascii() and typed.isdecimal() and 0 < len(typed) < 5 else 1


def _made(form: RoundForm) -> SurveyRound | None:
    plain = ("title_ar", "title_en", "split", "opens_on", "closes_on", "quota", "reminders")
    source, anonymous = questionnaires.get(UUID(form.questionnaire.data)), form.anonymous.data == "yes"
    try:
        return rounds.make(
            source,
            rule=form.rule(),
            anonymous=anonymous,
            by=worker(),
            **{name: form[name].data for name in plain},
        )
    except NotInOrder:
        form.questionnaire.errors = questionnaires.problems(source.draft, anonymous=anonymous)
    except Invalid as refused:
        form.who.errors = [str(refused)]
    return None
