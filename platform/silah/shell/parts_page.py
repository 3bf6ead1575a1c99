"""Every part of the interface on one page, each in the states it can be in, for those who build pages."""

from datetime import timedelta
from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from silah import clock
from silah.language.typed_days import BIRTH
from silah.web.fields import DateField, DecimalField

NEEDS = [
    SelectChoice("food", _l("Food basket")),
    SelectChoice("rent", _l("Help with rent")),
    SelectChoice("other", _l("Something else")),
]
WAYS = [
    SelectChoice("sms", _l("Text message")),
    SelectChoice("email", _l("E-mail")),
    SelectChoice("visit", _l("Visit to the office")),
]
CITIES = [
    SelectChoice("", _l("Choose a city")),
    SelectChoice("madinah", _l("Madinah")),
    SelectChoice("riyadh", _l("Riyadh")),
]
YES_NO = [SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))]


class PartsForm(FlaskForm):  # type: ignore[misc]  # flask-wtf carries no types
    """One field of each kind."""

    name = StringField(_l("Full name"), [InputRequired(_l("Write your full name.")), Length(max=120)])
    story = TextAreaField(_l("What do you need?"), [Optional()])
    need = RadioField(_l("Which help do you ask for?"), [InputRequired(_l("Choose one."))], choices=NEEDS)
    other_need = StringField(_l("Which help is that?"), [Optional()])
    ways = SelectMultipleField(
        _l("How may we reply?"), choices=WAYS, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    for_self = RadioField(_l("Do you apply for yourself?"), choices=YES_NO)
    city = SelectField(_l("City"), choices=CITIES)
    mobile = TelField(_l("Mobile number"), [InputRequired(_l("Write a Saudi mobile number, such as 0501234567."))])
    mail = EmailField(_l("E-mail"), [Optional()])
    amount = DecimalField(_l("Monthly rent in riyals"), [Optional()])
    born = DateField(_l("Date of birth"), [Optional()], bounds=BIRTH)
    proof = FileField(_l("Proof of income"))
    true = BooleanField(_l("I declare that these data are true."))


def parts() -> str:
    """The page of parts."""
    blank = PartsForm(formdata=None, prefix="a-", meta={"csrf": False})
    wrong = PartsForm(formdata=MultiDict({"b-city": "madinah", "b-for_self": "yes"}), prefix="b-", meta={"csrf": False})
    wrong.validate()
    return render_template("parts_page.html", blank=blank, wrong=wrong, rail=_rail(), **_examples())


def _rail() -> list[dict[str, Any]]:
    return [
        {"label": _l("My work"), "href": "#fields", "count": 12, "current": True},
        {"label": _l("Overdue"), "href": "#tables", "count": 2, "tone": "bad"},
        {"label": _l("Waiting for the applicant"), "href": "#states", "count": 31},
        {"label": _l("All cases"), "href": "#story"},
    ]


def _examples() -> dict[str, Any]:
    now = clock.now()
    return {
        "today": clock.today(),
        "entries": [
            {"title": _l("Received through the portal"), "when": now - timedelta(days=9), "who": "سارة المطيري"},
            {
                "title": _l("Referred to the social-research officer"),
                "when": now - timedelta(days=6),
                "who": "Fahad Al-Harbi",
                "body": "يُرجى دراسة الحالة وإبداء الرأي في مقدار المساعدة.",
                "private": True,
            },
            {"title": _l("Decided: accepted"), "when": now, "who": "لجنة البحث", "tone": "good"},
        ],
    }
