"""`/desk/surveys/questionnaires/<questionnaire>/trend`: its figures from round to round."""

from uuid import UUID

from flask import render_template

from silah.surveys import building, trend_presenters
from silah.surveys.routes import bp
from silah.web.access import Permission, requires


@bp.get("/desk/surveys/questionnaires/<uuid:id>/trend")
@requires(Permission.SEE_SURVEYS)
def trend(id: UUID) -> str:
    """How the figures moved from round to round."""
    return render_template("surveys/desk/trend.html", **trend_presenters.shown(building.get(id)))
