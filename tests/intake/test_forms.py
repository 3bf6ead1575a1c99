"""Forms built from a definition: what is required, what is hidden, and what is kept."""

import json

import pytest
from werkzeug.datastructures import MultiDict

from silah.cases.person import person_form
from silah.intake import forms
from silah.intake.definition import Definition
from silah.language.digits import arabic_indic
from tenants import blueprints


@pytest.fixture
def page(app):
    with app.test_request_context("/", base_url="http://silah.test", method="POST"):
        yield


def sent(definition, *pairs, data=None, **options):
    return forms.step_form(definition, "need", "ar", data, formdata=MultiDict(pairs), **options)


@pytest.fixture
def definition(form_of_tests):
    return Definition.read(form_of_tests)


WHOLE = (("purpose", "علاج"), ("amount", "١٬٥٠٠٫٥"), ("debts", "no"))


class TestStepForm:
    def test_reads_arabic_digits_and_keeps_json(self, page, definition):
        form = sent(definition, *WHOLE)
        assert form.validate(), form.errors
        assert form.answers() == {"purpose": "علاج", "amount": "1500.50", "debts": False, "iban": None}
        json.dumps(form.answers())

    def test_says_what_is_not_answered(self, page, definition):
        form = sent(definition, ("purpose", "علاج"))
        assert not form.validate()
        assert set(form.errors) == {"amount", "debts"}

    def test_without_strictness_leaves_what_is_empty_to_be_owed(self, page, definition):
        form = sent(definition, ("purpose", "علاج"), strict=False)
        assert form.validate()
        assert not sent(definition, ("amount", "كثير"), strict=False).validate()

    def test_neither_requires_nor_keeps_what_is_hidden(self, page, definition):
        form = sent(definition, *WHOLE, ("debt_amount", "nonsense"))
        assert form.validate(), form.errors
        assert "debt_amount" not in form.answers()

    def test_requires_what_an_answer_shows(self, page, definition):
        form = sent(definition, *WHOLE[:2], ("debts", "yes"))
        assert not form.validate()
        assert set(form.errors) == {"debt_amount"}
        assert form.is_shown("debt_amount")
        assert form.condition("debt_amount") == "debts=yes"

    def test_shows_what_was_kept_as_it_was_typed(self, page, definition):
        form = forms.step_form(definition, "need", "en", {"amount": "5.00", "debts": True}, formdata=None)
        assert (form.amount.data, form.debts.data) == ("5.00", "yes")
        assert form.amount.label.text == "Amount"

    def test_every_step_of_every_blueprint_becomes_a_form_with_labels(self, page):
        for name in blueprints.names():
            for kind in blueprints.load(name).request_types:
                whole = Definition.read(kind["definition"])
                for step in whole.steps:
                    for locale in ("ar", "en"):
                        form = forms.step_form(whole, step.key, locale, formdata=None)
                        assert all(form[field.key].label.text for field in step.fields)
                        assert all(str(form[field.key]()) for field in step.fields)


PERSON = {
    "relation": "self",
    "name": "نورة  بنت سعد",
    "national_id": "1000000008",
    "mobile": "٠٥٥١٢٣٤٥٦٧",
    "reply_channel": "sms",
    "locale": "ar",
}


def person(policy="madinah-centers", *, strict=True, **changes):
    given = {key: value for key, value in {**PERSON, **changes}.items() if value is not None}
    return person_form(blueprints.load(policy).policy, strict=strict, formdata=MultiDict(given))


class TestPersonForm:
    def test_keeps_who_applies_in_one_way_of_writing(self, page):
        form = person(national_id=arabic_indic(PERSON["national_id"]))
        assert form.validate(), form.errors
        assert form.answers()["mobile"] == "+966551234567"
        assert form.answers()["name"] == "نورة بنت سعد"
        assert form.answers()["national_id"] == "1000000008"

    def test_the_means_of_reply_need_where_it_goes(self, page):
        form = person(reply_channel="email")
        assert not form.validate()
        assert set(form.errors) == {"email"}
        assert person(reply_channel="email", email="n@example.com").validate()
        assert not person(reply_channel=None).validate()

    def test_a_guardian_says_for_whom(self, page):
        form = person(relation="guardian")
        assert not form.validate()
        assert set(form.errors) == {"beneficiary_name", "beneficiary_national_id"}

    def test_what_was_typed_for_another_is_not_kept_for_oneself(self, page):
        form = person(beneficiary_name="سالم")
        assert form.validate()
        assert "beneficiary_name" not in form.answers()

    def test_members_of_the_general_assembly_give_their_number(self, page):
        assert "member_number" not in person()
        form = person("samtah-cooperative", member_number="١٢٣")
        assert form.validate(), form.errors
        assert form.answers()["member_number"] == "123"

    def test_staff_who_take_a_call_need_a_name_and_the_means(self, page):
        form = person(national_id=None, mobile=None, reply_channel="phone", strict=False)
        assert not form.validate()
        assert set(form.errors) == {"mobile"}
        assert person(national_id=None, strict=False).validate()
