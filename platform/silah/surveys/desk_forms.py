"""The forms of a round, of its field team, and of the rules of measuring."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import BooleanField, RadioField, SelectField, ValidationError
from wtforms.validators import InputRequired, NumberRange, Optional

from silah import clock
from silah.cases import kinds
from silah.desk.action_forms import Checkboxes, options
from silah.figures.presenters import branch_names, channel_names, kind_names
from silah.language.localization import locale
from silah.organisation.models import Membership
from silah.surveys import questionnaires
from silah.surveys.admin_forms import words
from silah.surveys.audience import Audience, area_names, service_names
from silah.surveys.models import SurveyRound
from silah.surveys.rules import NEVER_BELOW, SurveyRules
from silah.web.fields import DateField, IntegerField
from tenants.database import db

WHO: dict[str, Any] = {
    "served": _l("Those who were served in a period: each gets a link of their own"),
    "staff": _l("The staff: each gets a link of their own"),
    "comers": _l("Whoever comes: an open link, a poster, a tablet at the desk"),
}
SPLITS: dict[str, Any] = {
    "": _l("By nothing"),
    "branch": _l("By branch office"),
    "channel": _l("By channel"),
    "service": _l("By service"),
    "kind": _l("By kind of case"),
    "area": _l("By category or field of the liaison officers"),
}
NEEDED = _l("Write the date.")
USUAL = timedelta(days=21)


class RoundForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """What is asked, of whom, from when to when, and whether anonymously."""

    questionnaire = SelectField(_l("Questionnaire"))
    title_ar = words(_l("What the round is called, in Arabic"), hint=_l("Empty: as the questionnaire."))
    title_en = words(_l("What the round is called, in English"), hint=_l("Empty: as the questionnaire."))
    anonymous = RadioField(
        _l("Anonymous"),
        choices=options(
            [
                ("yes", _l("Yes: no answer can be traced to anybody, and results appear once the round is closed")),
                ("no", _l("No: answers are kept with their cases, and results can be told apart")),
            ]
        ),
        default="yes",
        description=_l("This is chosen once. Nobody can change it afterwards."),
    )
    who = RadioField(_l("Who is asked"), choices=options(WHO.items()), default="served")
    since = DateField(_l("Served from"), [Optional()])
    until = DateField(_l("Served until"), [Optional()])
    kinds = Checkboxes(_l("Only these kinds of case"), [Optional()])
    services = Checkboxes(_l("Only these services"), [Optional()])
    channels = Checkboxes(_l("Only these channels"), [Optional()])
    branches = Checkboxes(_l("Only these branch offices"), [Optional()])
    areas = Checkboxes(
        _l("Only these categories of beneficiaries or fields"),
        [Optional()],
        description=_l("As they are named for the liaison officers. Only an inquiry says of which it is."),
    )
    sample = IntegerField(_l("A sample of so many, drawn by lot"), [Optional(), NumberRange(1, 1_000_000)])
    seed = words(_l("Seed of the lot"), 40, _l("The same seed draws the same people again."))
    split = SelectField(
        _l("Results are told apart"),
        choices=options(SPLITS.items()),
        default="",
        description=_l("One thing only, so that no two tables can be laid over each other."),
    )
    kiosk = BooleanField(_l("Answers are taken on a tablet at the desk too"))
    opens_on = DateField(_l("Opens on"), [InputRequired(NEEDED)])
    closes_on = DateField(_l("Last day for answering"), [InputRequired(NEEDED)])
    quota = IntegerField(_l("Closes after so many answers"), [Optional(), NumberRange(min=1, max=1_000_000)])
    reminders = IntegerField(_l("Reminders at most"), [InputRequired(), NumberRange(0, 5)])

    def validate_closes_on(self, field: Any) -> None:
        """A round ends after it begins, and not in the past."""
        first = max(self.opens_on.data or clock.today(), clock.today())
        if field.data and field.data < first:
            raise ValidationError(_("This day has passed, or is before the first."))

    @property
    def narrows(self) -> bool:
        """Whether something is chosen, or wrong, that would lie folded away."""
        folded = (self.kinds, self.services, self.channels, self.branches, self.areas, self.sample, self.seed)
        return any(one.data or one.errors for one in folded)

    def rule(self) -> Audience:
        """Whom the round asks."""
        if self.who.data != "served":
            return Audience(who=self.who.data, kiosk=self.kiosk.data)
        return Audience(
            who="served",
            since=self.since.data,
            until=self.until.data,
            kinds=tuple(self.kinds.data or ()),
            services=tuple(UUID(one) for one in self.services.data or ()),
            channels=tuple(self.channels.data or ()),
            branches=tuple(UUID(one) for one in self.branches.data or ()),
            areas=tuple(UUID(one) for one in self.areas.data or ()),
            sample=self.sample.data,
            seed=self.seed.data or "",
            kiosk=self.kiosk.data,
        )


def round_form(chosen: SurveyRules, questionnaire: str | None) -> RoundForm:
    """The form with what this association has to choose from."""
    today = clock.today()
    known = {
        "questionnaire": questionnaire,
        "opens_on": today,
        "closes_on": today + USUAL,
        "since": _quarter(today),
        "until": today,
        "reminders": chosen.reminders,
    }
    form = RoundForm(data=known)
    form.questionnaire.choices = options(list_questionnaires())
    form.kinds.choices = options(kind_names().items())
    form.services.choices = options(service_names().items())
    form.channels.choices = options(channel_names().items())
    form.branches.choices = options(branch_names().items())
    form.areas.choices = options(area_names(active=True).items())
    return form


def _quarter(today: date) -> date:
    return today - timedelta(days=91)


def list_questionnaires() -> list[tuple[str, str]]:
    found = questionnaires.listing(withdrawn=False)
    return [(str(one.id), one.draft.title.for_locale(locale()) or _("Without a title")) for one in found]


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
            wrong = questionnaires.problems(questionnaires.get(UUID(field.data)).draft, anonymous=self.anonymous.data)
            if wrong:
                raise ValidationError(_("This questionnaire is not in order: %(what)s", what=wrong[0]))

    validate_periodic = validate_after_cases

    def validate_after_kinds(self, field: Any) -> None:
        """What is sent after closed cases is sent after some kind of them."""
        if self.after_cases.data and not field.data:
            raise ValidationError(_("Choose at least one kind of case."))

    def rules(self) -> SurveyRules:
        """What was chosen."""
        plain = ("fewest", "every_months", "stands_days", "anonymous", "reminders", "remind_after_days")
        chosen: dict[str, Any] = {name: self[name].data for name in plain}
        chosen["after_cases"] = UUID(self.after_cases.data) if self.after_cases.data else None
        chosen["periodic"] = UUID(self.periodic.data) if self.periodic.data else None
        return SurveyRules(**chosen, after_kinds=tuple(self.after_kinds.data or ()))


def rules_form(current: SurveyRules) -> RulesForm:
    """Filled with the rules that hold."""
    known = current.model_dump() | {
        "after_cases": str(current.after_cases or ""),
        "periodic": str(current.periodic or ""),
        "after_kinds": list(current.after_kinds),
    }
    form = RulesForm(data=known)
    form.after_cases.choices = form.periodic.choices = options([("", _("None")), *list_questionnaires()])
    form.after_kinds.choices = options((one.key, one.name) for one in kinds.every().values())
    return form


class TeamForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """Which members take the round along."""

    members = Checkboxes(_l("Who takes it along"), [Optional()])


def team_form(found: SurveyRound) -> TeamForm:
    """Among the active members, those who carry it already chosen."""
    form = TeamForm(data={"members": found.team})
    rows = select(Membership.id, Membership.name).where(Membership.state == "active").order_by(Membership.name)
    form.members.choices = options((str(row.id), row.name) for row in db.session.execute(rows))
    return form
