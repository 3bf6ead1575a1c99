"""Fields whose text is a number or a date: in any digits, without invisible marks, within what is sensible."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest
from wtforms import fields

from silah.language.dates import is_sensible
from silah.language.numbers import read_number, read_whole_number
from silah.language.text_cleaning import normalize_typed

LARGEST = 2**31 - 1
"""The largest whole number that a column of the database holds."""


class DateField(fields.DateField):  # type: ignore[misc]  # wtforms has no types
    """A day from 1900 to 2200; what lies outside is a slip of the hand, and nothing can be reckoned with it."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; raises ValueError where it is none."""
        super().process_formdata([normalize_typed(one) for one in valuelist])
        if self.data is not None and not is_sensible(self.data):
            self.data = None
            raise ValueError(_("Enter a date between the years 1900 and 2200."))


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
