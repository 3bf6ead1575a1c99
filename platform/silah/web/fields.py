"""Fields whose text is a number or a date: in any digits, without invisible marks, within what is sensible."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import BadRequest
from wtforms import fields

from silah.language.dates import read_iso_day
from silah.language.numbers import read_number, read_whole_number
from silah.language.typed_days import ANY_DAY, PAST, DayBounds, read_day

LARGEST = 2**31 - 1
"""The largest whole number that a column of the database holds."""


class DateField(fields.DateField):  # type: ignore[misc]  # wtforms has no types
    """A day in either calendar, within ``bounds``.

    A browser offers its Gregorian picker for it, but for the day of a paper (``PAST``): such a day is copied as it is
    written, in either calendar. What could not be read stands in the field as it was typed.
    """

    data: Any

    def __init__(self, label: Any = None, validators: Any = None, bounds: DayBounds = ANY_DAY, **options: Any) -> None:
        if bounds == PAST:
            options.setdefault("description", _l("Hijri or Gregorian, such as 1/9/1447 or 18/2/2026."))
        super().__init__(label, validators, **options)
        self.bounds = bounds

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; raises ValueError where it is none, or lies out of bounds."""
        if not valuelist:
            return
        self.data = None
        self.data = read_day(valuelist[0], self.bounds)

    def __call__(self, **attributes: Any) -> Any:
        """Draw the field: a line where a picker could not show what is in it."""
        typed = self.raw_data[0] if self.raw_data else ""
        if self.bounds == PAST or (typed and (len(typed) != len("2026-02-18") or read_iso_day(typed) is None)):
            attributes["type"] = "text"
        return super().__call__(**attributes)


class IntegerField(fields.IntegerField):  # type: ignore[misc]  # wtforms has no types
    """A whole number in any digits."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; raises ValueError where it is none, or beyond what can be kept."""
        if not valuelist:
            return
        self.data = None
        found = read_whole_number(valuelist[0])
        if abs(found) > LARGEST:
            raise ValueError(_("Write a number that is not larger than %(most)s.", most=LARGEST))
        self.data = found


class DecimalField(fields.DecimalField):  # type: ignore[misc]  # wtforms has no types
    """A number with two decimals at the most, such as an amount."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; raises ValueError where it is none, or could be two."""
        if valuelist:
            self.data = None
            self.data = read_number(valuelist[0], places=2)


class MultipleChoiceField(fields.SelectMultipleField):  # type: ignore[misc]  # wtforms has no types
    """Any number of choices. One that is empty is none.

    Else wtforms' ``Optional`` would take it for an empty field, and let what stands beside it pass unseen.
    """

    raw_data: list[str]

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was chosen."""
        self.raw_data = [one for one in valuelist if one.strip()]
        super().process_formdata(self.raw_data)


def read_id(text: str | None) -> UUID | None:
    """Return the id that was chosen; None where none was. Raises BadRequest for what no page of ours sends as one."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise BadRequest from None
