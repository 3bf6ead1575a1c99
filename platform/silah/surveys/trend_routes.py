"""`/desk/surveys/questionnaires/<questionnaire>/trend`: its figures from round to round."""

from uuid import UUID

from flask import render_template

from silah.access import Permission, requires
from silah.surveys import building, trends_view
from silah.surveys.routes import bp


@bp.get("/desk/surveys/questionnaires/<uuid:id>/trend")
@requires(Permission.SEE_SURVEYS)
def trend(id: UUID) -> str:
    """How the figures moved from round to round."""
    return render_template("surveys/desk/trend.html", **trends_view.shown(building.get(id)))
