"""A form that is sent without a body is one that was sent: it is not filled from what it edits."""

from types import SimpleNamespace

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, StringField
from wtforms.validators import InputRequired


class BoxForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A form with each kind of field that says something by its absence."""

    name = StringField(validators=[InputRequired()])
    open = BooleanField()
    days = SelectMultipleField(choices=["sun", "mon"])


KEPT = SimpleNamespace(name="kept", open=True, days=["sun"])


@pytest.mark.parametrize("sent", [{}, {"else": "x"}])
def test_a_form_without_a_body_is_a_form_in_which_nothing_was_filled(app: Flask, sent: dict[str, str]) -> None:
    with app.test_request_context(method="POST", data=sent):
        form = BoxForm(obj=KEPT)
        assert not form.validate()
        assert (form.open.data, form.days.data) == (False, [])


def test_a_page_that_is_opened_shows_what_is_kept(app: Flask) -> None:
    with app.test_request_context():
        form = BoxForm(obj=KEPT)
        assert (form.name.data, form.open.data, form.days.data) == ("kept", True, ["sun"])
