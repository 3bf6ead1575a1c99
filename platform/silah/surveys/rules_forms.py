"""The form of the rules of measuring."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, ValidationError
from wtforms.validators import InputRequired, NumberRange, Optional

from silah.cases import kinds
from silah.desk.action_forms import Checkboxes, options
from silah.surveys import building, checking
from silah.surveys.round_forms import questionnaires
from silah.surveys.rules import NEVER_BELOW, Rules
from silah.web.fields import IntegerField


class RulesForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """What the programme does by itself, and under how many answers nothing is shown."""

    fewest = IntegerField(
        _l("Nothing is shown of fewer answers than"),
        [InputRequired(), NumberRange(NEVER_BELOW, 100, _l("Write a number from %(min)s to %(max)s."))],
        description=_l("A lower number holds for rounds that are made from now on, a higher one for all."),
    )
    after_cases = SelectField(_l("After each closed case, this questionnaire is sent"), [Optional()])
    after_kinds = Checkboxes(_l("After these kinds of case"))
    periodic = SelectField(_l("From time to time, this questionnaire is sent"), [Optional()])
    every_months = IntegerField(_l("Every so many months"), [InputRequired(), NumberRange(1, 36)])
    stands_days = IntegerField(_l("It stands open for so many days"), [InputRequired(), NumberRange(3, 120)])
    anonymous = BooleanField(_l("These rounds are anonymous"))
    reminders = IntegerField(_l("Reminders at most"), [InputRequired(), NumberRange(0, 5)])
    remind_after_days = IntegerField(_l("Days between reminders"), [InputRequired(), NumberRange(2, 60)])

    def validate_after_cases(self, field: Any) -> None:
        """What is sent by itself can be sent; what is no choice was refused as such."""
        if field.data and not field.errors:
            wrong = checking.problems(building.get(UUID(field.data)).draft, anonymous=self.anonymous.data)
            if wrong:
                raise ValidationError(_("This questionnaire is not in order: %(what)s", what=wrong[0]))

    validate_periodic = validate_after_cases

    def validate_after_kinds(self, field: Any) -> None:
        """What is sent after closed cases is sent after some kind of them."""
        if self.after_cases.data and not field.data:
            raise ValidationError(_("Choose at least one kind of case."))

    def rules(self) -> Rules:
        """What was chosen."""
        plain = ("fewest", "every_months", "stands_days", "anonymous", "reminders", "remind_after_days")
        chosen: dict[str, Any] = {name: self[name].data for name in plain}
        chosen["after_cases"] = UUID(self.after_cases.data) if self.after_cases.data else None
        chosen["periodic"] = UUID(self.periodic.data) if self.periodic.data else None
        return Rules(**chosen, after_kinds=tuple(self.after_kinds.data or ()))


def rules_form(current: Rules) -> RulesForm:
    """Filled with the rules that hold."""
    known = current.model_dump() | {
        "after_cases": str(current.after_cases or ""),
        "periodic": str(current.periodic or ""),
        "after_kinds": list(current.after_kinds),
    }
    form = RulesForm(data=known)
    form.after_cases.choices = form.periodic.choices = options([("", _("None")), *questionnaires()])
    form.after_kinds.choices = options((one.key, one.name) for one in kinds.every().values())
    return form
