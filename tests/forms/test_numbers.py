"""A number is read in one way everywhere; one that can be read in two is asked back."""

import json
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

import silah
from silah.forms import parsers
from silah.intake import answer_values
from silah.intake.definition import Definition, Field
from silah.language.digits import arabic_indic, arabic_indic_number
from silah.language.numbers import BadAnswer, read_number, read_whole_number
from silah.policies.field_schema import of_policy
from silah.policies.form_data import _value
from silah.settlements.forms import amount
from silah.surveys import answers
from silah.surveys.definition import Question
from silah.web.fields import DecimalField, IntegerField
from tests.forms.number_cases import READ, READINGS, REFUSED, UNCLEAR

SCRIPT = Path(silah.__file__).parent / "shell/static/field/15-numbers.js"
WHOLE = {typed: meant for typed, meant in READINGS.items() if meant == meant.to_integral_value()}


class TestReading:
    @pytest.mark.parametrize(("typed", "meant"), READINGS.items(), ids=READ)
    def test_takes_what_can_mean_one_number_only(self, typed: str, meant: Decimal) -> None:
        assert (read_number(typed), str(read_number(typed))) == (meant, READ[typed])

    @pytest.mark.parametrize("typed", REFUSED, ids=lambda one: one[:20])
    @pytest.mark.parametrize("places", [None, 0, 2, 3])
    def test_refuses_what_means_none_or_several(self, app: Any, typed: str, places: int | None) -> None:
        with app.test_request_context(), pytest.raises(BadAnswer, match="12"):
            read_number(typed, places)

    @pytest.mark.parametrize(("typed", "readings"), UNCLEAR.items(), ids=UNCLEAR)
    def test_asks_back_showing_both_readings(self, app: Any, typed: str, readings: tuple[str, str]) -> None:
        with app.test_request_context():
            for places in (0, 2):
                with pytest.raises(BadAnswer) as asked:
                    read_number(typed, places)
                assert all(one in str(asked.value) for one in readings)
            with pytest.raises(BadAnswer):
                read_number(f"{typed} ريال")
        assert read_number(typed) == read_number(typed, 3) == Decimal(readings[1])

    @pytest.mark.parametrize("lang", ["ar", "en"])
    def test_says_what_is_wrong_in_the_language_of_the_page(self, app: Any, lang: str) -> None:
        said = set()
        with app.test_request_context(f"/?lang={lang}"):
            for typed, places in (("x", None), ("x", 0), ("1.234", 2), ("1.255", 2), ("12.3456", 2), ("1.5", 0)):
                with pytest.raises(BadAnswer) as asked:
                    read_number(typed, places)
                said.add(str(asked.value))
        assert all(any("\u0600" <= sign <= "\u06ff" for sign in words) == (lang == "ar") for words in said)

    @pytest.mark.parametrize(("typed", "places"), [("1.25", 1), ("0.001", 2), ("2,75", 1), ("1,234.567", 2)])
    def test_refuses_more_decimals_than_a_field_takes(self, app: Any, typed: str, places: int) -> None:
        with app.test_request_context(), pytest.raises(BadAnswer, match=str(places)):
            read_number(typed, places)

    @pytest.mark.parametrize(("typed", "meant"), WHOLE.items(), ids=str)
    def test_takes_whole_numbers_where_they_are_asked(self, typed: str, meant: Decimal) -> None:
        assert read_whole_number(typed) == meant

    @given(st.decimals(-(10**12), 10**12, places=2))
    def test_takes_each_way_in_which_numbers_are_shown(self, number: Decimal) -> None:
        shown = f"{number:,}"
        ways = {f"{number:f}", shown, shown.replace(",", " "), shown.replace(",", "'")}
        ways |= {shown.translate(str.maketrans(",.", ".,")), shown.replace(",", "\u202f").replace(".", ",")}
        ways |= {arabic_indic_number(shown), arabic_indic(shown), arabic_indic(shown).replace(".", "٫")}
        for typed in ways | {f"{way} ريال" for way in ways} | {f"SAR {way}" for way in ways}:
            assert read_number(typed, 2) == number, typed

    @given(st.integers(-(10**14), 10**14), st.sampled_from([",", " ", "'", "٬", "،", "\u00a0"]))
    def test_takes_thousands_apart(self, number: int, mark: str) -> None:
        assert read_whole_number(f"{number:,}".replace(",", mark)) == number

    @given(st.text(max_size=40) | st.text(alphabet="0123456789٠٣٥.,،٫٬' -−+", max_size=14))
    def test_is_a_number_or_words_for_anything(self, typed: str) -> None:
        for places in (None, 0, 2):
            try:
                found = read_number(typed, places)
            except BadAnswer:
                continue
            assert found.is_finite()
            assert read_number(f"{found:f}", 15) == found


class Asking(Form):  # type: ignore[misc]  # wtforms has no types
    """A whole number, a number with two decimals, and an amount."""

    whole = IntegerField()
    part = DecimalField()
    paid = amount("")


class TestTheSameReader:
    """Every place that takes a number."""

    @pytest.mark.parametrize(("typed", "meant"), READINGS.items(), ids=READ)
    def test_reads_answers_to_questions_and_forms(self, app: Any, typed: str, meant: Decimal) -> None:
        question = Question.model_validate({"key": "q", "kind": "number", "text": {"en": "Q"}})
        field = Field.model_validate({"key": "one", "kind": "number", "label": {"en": "One"}})
        with app.test_request_context():
            if abs(meant) <= answers.LARGEST:
                assert Decimal(answers.answer(question, typed)[0]) == round(meant, 3)
            assert Decimal(answer_values.read(field, typed)) == meant
            assert parsers.number(typed) == meant

    @pytest.mark.parametrize("typed", [one for one in REFUSED if one.strip("\u200f ")], ids=lambda one: one[:20])
    def test_refuses_the_same_everywhere_and_keeps_what_was_typed(self, app: Any, typed: str) -> None:
        question = Question.model_validate({"key": "q", "kind": "number", "text": {"en": "Q"}})
        with app.test_request_context():
            value, words = answers.answer(question, typed)
            assert (value, bool(words)) == (None, True)
            form = Asking(MultiDict({"whole": typed, "part": typed, "paid": typed}))
            assert not form.validate()
            assert set(form.errors) == {"whole", "part", "paid"}
            assert {form[name]._value() for name in ("whole", "part", "paid")} == {typed}

    @pytest.mark.parametrize(("typed", "meant"), READINGS.items(), ids=READ)
    def test_reads_fields_of_the_desk(self, app: Any, typed: str, meant: Decimal) -> None:
        with app.test_request_context():
            form = Asking(MultiDict({"whole": typed, "part": typed, "paid": typed}))
            form.validate()
        if meant == round(meant, 2) and typed not in UNCLEAR:
            assert (form.part.data, [*form.part.errors]) == (meant, [])
            if abs(meant) < 10**11:
                assert form.paid.amount == meant
        if typed in WHOLE and abs(meant) < 2**31:
            assert (form.whole.data, [*form.whole.errors]) == (meant, [])

    @pytest.mark.parametrize("typed", UNCLEAR)
    def test_asks_back_where_three_decimals_are_not_taken(self, app: Any, typed: str) -> None:
        money = Field.model_validate({"key": "one", "kind": "money", "label": {"en": "One"}})
        with app.test_request_context("/?lang=en"):
            form = Asking(MultiDict({"whole": typed, "part": typed, "paid": typed}))
            assert not form.validate()
            assert all("or" in form.errors[name][0] for name in ("whole", "part", "paid"))
            with pytest.raises(BadAnswer, match="or"):
                answer_values.read(money, typed)

    def test_reads_bounds_of_a_question_as_an_administrator_types_them(self) -> None:
        field = {"key": "one", "kind": "money", "label": {"en": "One"}, "minimum": "٢٫٥", "maximum": "1,234,5"}
        form: dict[str, Any] = {"title": {"en": "F"}, "steps": [{"key": "s", "title": {"en": "S"}, "fields": [field]}]}
        with pytest.raises(silah.errors.Invalid) as refused:
            Definition.read(form)
        assert set(refused.value.fields) == {"steps.0.fields.0.maximum"}
        field["maximum"] = "1,234,567"
        read = Definition.read(form)
        (one,) = read.fields
        assert (one.minimum, one.maximum) == (Decimal("2.5"), Decimal(1234567))
        assert Definition.read(json.loads(json.dumps(read.document()))) == read

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [("٥", "5"), ("1,000", "1000"), ("5 ", "5"), ("2,5", "2,5"), ("1.234", "1.234"), ("x", "x"), ("", "")],
    )
    def test_reads_the_numbers_of_a_policy(self, typed: str, kept: str) -> None:
        held = _value(of_policy("reply_period"), "reply_period", {"reply_period.amount": [typed]}, {})
        assert held.get("amount", "") == kept


class TestOffline:
    @pytest.fixture
    def read(self, chromium: Any) -> Any:
        page = chromium.new_page()
        source = SCRIPT.read_text("utf-8")

        def read_there(texts: list[str], places: int | None) -> list[Any]:
            told: list[Any] = page.evaluate(
                "([texts, places]) => {"
                + source
                + "return texts.map((text) => read_number(text, places ?? Infinity)); }",
                [texts, places],
            )
            return told

        yield read_there
        page.close()

    @staticmethod
    def here(typed: str, places: int | None) -> Any:
        """What the server reads, as the script would say it."""
        try:
            return float(read_number(typed, places))
        except BadAnswer as refused:
            return str(refused).split(" or ")[0].rsplit(" ", 1)[1] if "could mean" in str(refused) else None

    @staticmethod
    def there(found: Any, places: int | None) -> Any:
        if found is None or "doubt" in found:
            return found and found["doubt"][0]
        return found["value"] if places is None or found["decimals"] <= places else None

    @pytest.mark.parametrize("places", [None, 0, 2, 3])
    def test_reads_the_whole_table_alike(self, app: Any, read: Any, places: int | None) -> None:
        texts = [*READ, *REFUSED, *UNCLEAR]
        with app.test_request_context("/?lang=en"):
            for typed, found in zip(texts, read(texts, places), strict=True):
                assert self.there(found, places) == self.here(typed, places), typed

    def test_reads_whatever_may_be_typed_alike(self, app: Any, read: Any) -> None:
        drawn = random.Random(1447)  # noqa: S311  # a sample, no secret
        signs = "0011223456789٠١٢٥۵.,،٫٬'’ \u00a0-−+" + "0123456789" * 2
        texts = ["".join(drawn.choices(signs, k=drawn.randint(1, 9))) for _ in range(6000)]
        texts += [f"{one} {money}" for one in texts[:500] for money in ("ريال", "SAR", "ر.س.")]
        with app.test_request_context("/?lang=en"):
            for places in (None, 2, 3):
                for typed, found in zip(texts, read(texts, places), strict=True):
                    assert self.there(found, places) == self.here(typed, places), typed
