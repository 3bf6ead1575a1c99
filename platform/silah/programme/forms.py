"""Beginning and writing a review, what people said and what was done, and the span of an evidence pack."""

from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import DataRequired

from silah import clock
from silah.desk.action_forms import long_text, needed, options
from silah.programme import labels, reviews
from silah.web.fields import DateField

BOTH = _l("Write this in both languages.")


def last_quarter() -> tuple[Any, Any]:
    """The quarter that ended last."""
    since, _until = reviews.quarter(clock.today())
    return reviews.quarter(since - timedelta(days=1))


class SpanForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """From which day to which."""

    since = DateField(_l("From"), [DataRequired(message=_l("Choose the first day."))])
    until = DateField(_l("To"), [DataRequired(message=_l("Choose the last day."))])


class BeginForm(SpanForm):
    """What is reviewed, and of which period."""

    instrument = RadioField(_l("What is reviewed"), [needed(_l("Choose what is reviewed."))])


class WriteForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What was remarked and decided."""

    remarks = long_text(_l("Remarks"))
    decisions = long_text(_l("Decisions"))


class SaidForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What people said, and what was done, in both languages."""

    said_ar = long_text(_l("What was said, in Arabic"), BOTH)
    done_ar = long_text(_l("What was done, in Arabic"), BOTH)
    said_en = long_text(_l("What was said, in English"), BOTH)
    done_en = long_text(_l("What was done, in English"), BOTH)


def begin_form() -> BeginForm:
    """A review, of the quarter that ended last unless another span is chosen."""
    since, until = last_quarter()
    form = BeginForm(data={"since": since, "until": until})
    form.instrument.choices = options([(kind, labels.INSTRUMENTS[kind]) for kind in reviews.KINDS])
    return form


def span_form() -> SpanForm:
    """The span of a pack: this year, unless another is chosen."""
    today = clock.today()
    return SpanForm(data={"since": today.replace(month=1, day=1), "until": today})
