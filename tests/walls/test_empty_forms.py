"""A form that is sent without a body is one that was sent, and a choice that is empty is none."""

from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from silah.committees import forms as committees
from silah.desk import action_forms
from silah.forms import shared_fields as cases
from silah.staff import forms as staff


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


@pytest.mark.parametrize(
    "kind", [staff.Checkboxes, committees.Checkboxes, action_forms.Checkboxes, cases.CheckboxesField]
)
@pytest.mark.parametrize("blank", ["", " "])
def test_an_empty_choice_lets_no_other_pass_unseen(app: Flask, kind: Any, blank: str) -> None:
    made = type(
        "ChosenForm", (FlaskForm,), {"days": kind(validators=[Optional()], choices=[SelectChoice("sun", "Sunday")])}
    )
    for sent, holds, found in (([blank, "x"], False, ["x"]), ([blank, "sun"], True, ["sun"]), ([blank], True, [])):
        with app.test_request_context(method="POST", data={"days": sent}):
            form = made()
            assert form.validate() is holds
            assert form.days.data == found
