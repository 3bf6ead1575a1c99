"""The forms of the calendar: a holiday, and a special day in a hurry."""

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from silah import clock
from silah.calendars.days import Feast, Mark
from silah.staff.forms import short_text
from silah.web.fields import DateField

KINDS = [
    SelectChoice("public", _l("A public holiday")),
    SelectChoice("own", _l("A day of the association's own")),
]
WORKS = [
    SelectChoice("off", _l("No, it is closed")),
    SelectChoice("worked", _l("Yes, although it would be closed")),
]
WHEN = [
    SelectChoice("today", _l("Today")),
    SelectChoice("tomorrow", _l("Tomorrow")),
    SelectChoice("another", _l("Another day")),
]


class HolidayForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A holiday of one day or several, or days that are worked."""

    name_ar = short_text(_l("Name in Arabic"), _l("Write the name in Arabic."))
    name_en = short_text(_l("Name in English"), _l("Write the name in English."))
    first = DateField(_l("First day"), [InputRequired(message=_l("Choose the first day."))])
    last = DateField(_l("Last day"), [Optional()], description=_l("Leave it empty for a single day."))
    kind = RadioField(_l("What is it?"), choices=KINDS, default="public")
    works = RadioField(_l("Does the association work on it?"), choices=WORKS, default="off")
    estimated = BooleanField(
        _l("The days are an estimate"),
        description=_l("For Eids that are not announced yet. Pages then say that a date may move."),
    )

    @property
    def feast(self) -> Feast:
        """What was typed."""
        worked = self.works.data == "worked"
        mark = Mark(
            self.name_ar.data, self.name_en.data, self.kind.data, self.estimated.data and not worked, working=worked
        )
        return Feast(self.first.data, self.last.data or self.first.data, mark)

    @classmethod
    def of(cls, feast: Feast) -> "HolidayForm":
        """The form as a holiday fills it."""
        mark = feast.mark
        return cls(
            name_ar=mark.name_ar,
            name_en=mark.name_en,
            first=feast.first,
            last=feast.last if feast.length > 1 else None,
            kind=mark.kind,
            works="worked" if mark.working else "off",
            estimated=mark.estimated,
        )


class HurryForm(FlaskForm):  # type: ignore[misc]  # likewise
    """A day that nobody foresaw: one name is enough, and the reason is kept."""

    when = RadioField(_l("Which day?"), choices=WHEN, default="today")
    on = DateField(_l("The day"), [Optional()])
    works = RadioField(_l("Does the association work on it?"), choices=WORKS, default="off")
    name = short_text(
        _l("What it is called"),
        _l("Write what it is called."),
        _l("In one language. Applicants read it where a date moves, for example: closed because of the weather."),
    )
    reason = short_text(_l("Reason"), _l("Write the reason."), _l("For the association's own record."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Another day has to be said."""
        held = super().validate(extra_validators)
        if self.when.data == "another" and self.on.data is None and not self.on.errors:
            self.on.errors = [_l("Choose the day.")]
            held = False
        return bool(held)

    @property
    def day(self) -> date:
        """The day that is meant."""
        today = clock.today()
        if self.when.data == "another" and self.on.data:
            chosen: date = self.on.data
            return chosen
        return today + timedelta(days=1) if self.when.data == "tomorrow" else today

    @property
    def feast(self) -> Feast:
        """What was typed."""
        mark = Mark(self.name.data, self.name.data, "own", working=self.works.data == "worked")
        return Feast(self.day, self.day, mark)
