"""The form of a round's field team."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms.validators import Optional

from silah.desk.action_forms import Checkboxes, options
from silah.organisation.models import Membership
from silah.surveys.models import SurveyRound
from tenants.database import db


class TeamForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """Which members take the round along."""

    members = Checkboxes(_l("Who takes it along"), [Optional()])


def team_form(found: SurveyRound) -> TeamForm:
    """Among the active members, those who carry it already chosen."""
    form = TeamForm(data={"members": found.team})
    rows = select(Membership.id, Membership.name).where(Membership.state == "active").order_by(Membership.name)
    form.members.choices = options((str(row.id), row.name) for row in db.session.execute(rows))
    return form
