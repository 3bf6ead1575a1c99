"""`/desk/surveys/<round>/results` and `…/questionnaires/<questionnaire>/trend`: what was answered, as page and table.

Nothing is shown under the fewest answers.
"""

from typing import Any
from uuid import UUID

from flask import Response, render_template, request
from sqlalchemy import select

from silah.documents import service as documents
from silah.documents import tables
from silah.documents.responses import sent
from silah.errors import NotFound
from silah.surveys import questionnaires, results_presenters, rounds
from silah.surveys.labels import STATES, WITHIN, bounds, mean_bounds, point_words
from silah.surveys.models import SurveyResponse, SurveyRound
from silah.surveys.routes import bp
from silah.web.access import Permission, requires
from tenants.database import db

SEE = Permission.SEE_SURVEYS


@bp.app_context_processor
def words() -> dict[str, Any]:
    """How points, figures and states are written."""
    return {
        "point_words": point_words,
        "score_words": results_presenters.score_words,
        "bounds": bounds,
        "mean_bounds": mean_bounds,
        "within_words": WITHIN,
        "round_states": STATES,
    }


@bp.get("/desk/surveys/<uuid:id>/results")
@requires(SEE)
def round_results(id: UUID) -> Any:
    """What was answered; ``q`` looks for words in what was written."""
    shown = results_presenters.shown(_asked(id), request.args.get("q", ""))
    return render_template("surveys/desk/results.html", **shown, label=results_presenters.label)


@bp.get("/desk/surveys/<uuid:id>/results.<any(csv, xlsx):form>")
@requires(SEE)
def results_table(id: UUID, form: str) -> Response:
    """What was answered, for a spreadsheet."""
    it = _asked(id)
    answer = Response(results_presenters.table(it, form), mimetype=tables.XLSX if form == "xlsx" else tables.CSV)
    answer.headers["Content-Disposition"] = f'attachment; filename="survey-{it.code}.{form}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/desk/surveys/<uuid:id>/files/<uuid:file_id>")
@requires(SEE)
def answered_file(id: UUID, file_id: UUID) -> Response:
    """A file that came with the answers of a round which is not anonymous."""
    it = _asked(id)
    stored = documents.get(file_id)
    keys = [one.key for one in it.asks.questions if one.kind == "file"]
    held = [SurveyResponse.answers[key].astext == str(file_id) for key in keys]
    mine = select(SurveyResponse.id).where(SurveyResponse.round_id == id, ~SurveyResponse.anonymous)
    if not any(db.session.scalar(mine.where(one).limit(1)) for one in held):
        raise NotFound
    return sent(stored, documents.open(stored), show=True)


def _asked(round_id: UUID) -> SurveyRound:
    """A round that was opened; raises NotFound for one that has no results yet."""
    found = rounds.get(round_id)
    if found.state not in ("open", "closed"):
        raise NotFound
    return found


@bp.get("/desk/surveys/questionnaires/<uuid:id>/trend")
@requires(Permission.SEE_SURVEYS)
def trend(id: UUID) -> str:
    """How the figures moved from round to round."""
    return render_template("surveys/desk/trend.html", **results_presenters.show_trend(questionnaires.get(id)))
