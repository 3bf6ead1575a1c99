"""A date is read in one way everywhere, in either calendar; a Hijri one is never kept as a Gregorian one."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

import silah
from silah import clock
from silah.desk.recording_forms import CameOnForm
from silah.forms import parsers
from silah.intake import answer_values, form_assembly, form_draft
from silah.intake.definition import Definition, Field
from silah.language.dates import gregorian_words, hijri, hijri_words
from silah.language.digits import arabic_indic
from silah.language.numbers import BadAnswer
from silah.language.typed_days import BIRTH, FUTURE, PAST, pack_month_lengths, parse_day, read_day
from silah.policies.field_schema import of_policy
from silah.policies.form_data import _value
from silah.surveys import answers
from silah.surveys.definition import Question
from silah.web.fields import DateField
from tenants.policy_parts import BoardSession
from tests.forms.day_cases import DAYS, NAMED, NO_DAY, NO_FORM, NO_YEAR, NUMERIC, OTHER_CALENDAR, REFUSED, SHORT_YEAR

STATIC = Path(silah.__file__).parent / "shell/static/field"
NOON = datetime(2026, 12, 1, 9, tzinfo=UTC)
EASTERN = st.dates(date(1924, 8, 1), date(2077, 11, 16))


class TestReading:
    @pytest.mark.parametrize(("typed", "meant"), DAYS.items(), ids=[*NUMERIC, *NAMED])
    def test_takes_either_calendar_however_it_is_written(self, typed: str, meant: date) -> None:
        assert read_day(typed) == parsers.day(typed) == meant

    @pytest.mark.parametrize("typed", REFUSED)
    def test_refuses_what_is_no_day(self, app: Any, typed: str) -> None:
        with app.test_request_context(), pytest.raises(BadAnswer):
            read_day(typed)

    @pytest.mark.parametrize("lang", ["ar", "en"])
    def test_says_what_is_wrong_in_the_language_of_the_page(self, app: Any, lang: str) -> None:
        said: dict[str, set[str]] = {}
        with app.test_request_context(f"/?lang={lang}"):
            kinds = {"form": NO_FORM, "short": SHORT_YEAR, "day": NO_DAY, "year": NO_YEAR, "other": OTHER_CALENDAR}
            for kind, several in kinds.items():
                for typed in several:
                    with pytest.raises(BadAnswer) as refused:
                        read_day(typed)
                    said.setdefault(kind, set()).add(str(refused.value))
        assert [len(words) for words in said.values()] == [1] * 5
        everything = set.union(*said.values())
        assert len(everything) == 5
        assert all(any("\u0600" <= sign <= "\u06ff" for sign in words) == (lang == "ar") for words in everything)

    @given(EASTERN)
    def test_takes_each_way_in_which_dates_are_shown(self, on: date) -> None:
        year, month, day = hijri(on)
        ways = {on.isoformat(), f"{on.day}/{on.month}/{on.year}", f"{on:%Y/%m/%d}", f"{on:%d-%m-%Y}م", f"{on:%d.%m.%Y}"}
        ways |= {f"{day}/{month}/{year}", f"{year:04}/{month:02}/{day:02}", f"{day:02}-{month:02}-{year}هـ"}
        ways |= {words(on, locale) for words in (gregorian_words, hijri_words) for locale in ("ar", "en")}
        for typed in ways | {arabic_indic(way) for way in ways}:
            assert read_day(typed) == on, typed

    @given(st.text(max_size=30) | st.text(alphabet="0123456789٠١٢/-. هم", max_size=12))
    def test_is_a_day_or_words_for_anything(self, typed: str) -> None:
        try:
            found = read_day(typed)
        except BadAnswer:
            return
        assert 1900 <= found.year <= 2200

    @pytest.mark.parametrize("year", range(1343, 1501, 7))
    def test_never_keeps_a_hijri_year_as_a_gregorian_one(self, year: int) -> None:
        assert parse_day(f"{year}-01-01").is_hijri
        assert read_day(f"{year}-01-01").year >= 1924


class TestBounds:
    @pytest.mark.parametrize(
        ("bounds", "typed", "taken"),
        [
            (BIRTH, "1/12/2026", True),
            (BIRTH, "2/12/2026", False),
            (BIRTH, "1/1/1449", False),
            (BIRTH, "1/1/1990", True),
            (BIRTH, "1/1/1400", True),
            (BIRTH, "1/1/1900", True),
            (PAST, "2/12/2026", False),
            (PAST, "30/11/2026", True),
            (FUTURE, "1/12/2026", True),
            (FUTURE, "30/11/2026", False),
            (FUTURE, "1/1/2126", True),
            (FUTURE, "2/12/2126", False),
        ],
    )
    def test_are_those_of_the_field(self, app: Any, bounds: Any, typed: str, taken: bool) -> None:
        with clock.at(NOON), app.test_request_context():
            if taken:
                assert read_day(typed, bounds) == read_day(typed)
            else:
                with pytest.raises(BadAnswer):
                    read_day(typed, bounds)

    def test_of_a_birth_end_130_years_ago(self, app: Any) -> None:
        with clock.at(datetime(2050, 3, 1, 9, tzinfo=UTC)), app.test_request_context():
            assert read_day("1/3/1920", BIRTH) == date(1920, 3, 1)
            with pytest.raises(BadAnswer):
                read_day("28/2/1920", BIRTH)

    @pytest.mark.parametrize(
        ("more", "typed", "taken"),
        [
            ({"within": "birth"}, "2/12/2026", False),
            ({"within": "birth"}, "1/9/1447", True),
            ({"within": "past"}, "2/12/2026", False),
            ({"within": "future"}, "30/11/2026", False),
            ({"within": "future"}, "2/12/2026", True),
            ({}, "2/12/2026", True),
            ({}, "30/11/2026", True),
            ({"key": "birth_date"}, "2/12/2026", False),
            ({"key": "date_of_birth"}, "2/12/2026", False),
            ({"key": "birth_date"}, "1/9/1420", True),
        ],
    )
    def test_hold_for_questions_of_a_form(self, app: Any, more: dict[str, str], typed: str, taken: bool) -> None:
        field = Field.model_validate({"key": "one", "kind": "date", "label": {"en": "One"}} | more)
        with clock.at(NOON), app.test_request_context():
            if taken:
                assert answer_values.read(field, typed) == read_day(typed).isoformat()
            else:
                with pytest.raises(BadAnswer):
                    answer_values.read(field, typed)

    def test_are_kept_with_a_form_only_where_they_are_set(self) -> None:
        plain = {"key": "one", "kind": "date", "label": {"en": "One"}}
        form = {"title": {"en": "F"}, "steps": [{"key": "s", "title": {"en": "S"}, "fields": [plain]}]}
        assert "within" not in Definition.read(form).document()["steps"][0]["fields"][0]
        plain["within"] = "past"
        assert Definition.read(form).document()["steps"][0]["fields"][0]["within"] == "past"

    def test_are_chosen_where_a_form_is_written(self) -> None:
        place = "steps.0.fields.0"
        sent = {"title.en": "F", "steps.0.title.en": "S", f"{place}.kind": "date", f"{place}.label.en": "Day"}
        for chosen, kept in (("past", "past"), ("", None)):
            draft = form_draft.read([*sent.items(), (f"{place}.within", chosen)])
            assert [one.within for one in form_assembly.definition(draft).fields] == [kept]


class Asking(Form):  # type: ignore[misc]  # wtforms has no types
    """A day that is planned, and one on a paper."""

    on = DateField()
    dated = DateField(bounds=PAST)


class TestTheSameReader:
    """Every place that takes a date."""

    @pytest.mark.parametrize(("typed", "meant"), DAYS.items(), ids=[*NUMERIC, *NAMED])
    def test_reads_answers_and_fields(self, app: Any, typed: str, meant: date) -> None:
        question = Question.model_validate({"key": "q", "kind": "date", "text": {"en": "Q"}})
        field = Field.model_validate({"key": "one", "kind": "date", "label": {"en": "One"}})
        with app.test_request_context():
            form = Asking(MultiDict({"on": typed}))
            assert (form.validate(), form.on.data) == (True, meant)
            assert answers.answer(question, typed) == (meant.isoformat(), "")
            assert answer_values.read(field, typed) == meant.isoformat()
            assert (
                _value(of_policy("control"), "control", {"control.issued": [typed]}, {})["issued"] == meant.isoformat()
            )

    @pytest.mark.parametrize("typed", [one for one in REFUSED if one.strip()])
    def test_refuses_the_same_everywhere_and_keeps_what_was_typed(self, app: Any, typed: str) -> None:
        question = Question.model_validate({"key": "q", "kind": "date", "text": {"en": "Q"}})
        with app.test_request_context():
            value, words = answers.answer(question, typed)
            assert (value, bool(words)) == (None, True)
            form = Asking(MultiDict({"on": typed, "dated": typed}))
            assert not form.validate()
            assert [form[name].errors for name in ("on", "dated")] == [[words], [words]]
            page = form.on(type="date")
            assert 'type="text"' in page
            assert f'value="{typed}"' in page
            kept = _value(of_policy("control"), "control", {"control.issued": [typed]}, {})["issued"]
            assert kept == typed
        with pytest.raises(ValueError, match="on"):
            BoardSession.model_validate({"on": kept})

    @pytest.mark.parametrize("typed", ["1447-09-01", "0001-01-01", "1739836800", "2026-02-18T00:00:00", "20260218"])
    def test_keeps_no_other_day_in_a_policy(self, typed: str) -> None:
        with pytest.raises(ValueError, match="on"):
            BoardSession.model_validate({"on": typed})
        assert BoardSession.model_validate({"on": "2026-02-18"}).on == date(2026, 2, 18)

    def test_takes_the_day_on_which_paper_came_in_either_calendar(self, app: Any) -> None:
        with clock.at(NOON), app.test_request_context():
            for typed in ("15/6/1448", "25/11/2026", "٢٥/١١/٢٠٢٦", "2026-11-25"):
                form = CameOnForm(MultiDict({"came_on": typed}))
                assert (form.validate(), form.came_on.data) == (True, date(2026, 11, 25))
            for typed in ("2/12/2026", "1/1/2020", "31/2/2026", "x"):
                form = CameOnForm(MultiDict({"came_on": typed}))
                assert not form.validate()
                assert form.came_on.errors
                assert f'value="{typed}"' in form.came_on()

    def test_offers_a_picker_for_plans_and_a_line_for_papers(self, app: Any) -> None:
        with app.test_request_context():
            form = Asking(data={"on": date(2026, 2, 18), "dated": date(2026, 2, 18)})
            assert 'type="date"' in form.on()
            assert 'value="2026-02-18"' in form.on()
            assert 'type="text"' in form.dated()


class TestOffline:
    @pytest.fixture
    def read(self, chromium: Any) -> Any:
        page = chromium.new_page()
        source = "".join((STATIC / name).read_text("utf-8") for name in ("15-numbers.js", "17-days.js"))

        def read_there(texts: list[str]) -> list[str | None]:
            told: list[str | None] = page.evaluate(
                "([texts, lengths]) => {" + source + "return texts.map((text) => read_day(text, lengths)); }",
                [texts, pack_month_lengths()],
            )
            return told

        yield read_there
        page.close()

    @staticmethod
    def here(typed: str) -> str | None:
        try:
            return read_day(typed).isoformat()
        except BadAnswer:
            return None

    def test_reads_the_whole_table_alike(self, app: Any, read: Any) -> None:
        texts = [*NUMERIC, *REFUSED]
        with app.test_request_context():
            assert dict(zip(texts, read(texts), strict=True)) == {typed: self.here(typed) for typed in texts}

    def test_knows_the_length_of_each_hijri_month(self, app: Any, read: Any) -> None:
        texts = [f"{day}/{month}/{year}" for year in range(1343, 1501) for month in range(1, 13) for day in (1, 29, 30)]
        with app.test_request_context():
            assert dict(zip(texts, read(texts), strict=True)) == {typed: self.here(typed) for typed in texts}

    def test_reads_whatever_may_be_typed_alike(self, app: Any, read: Any) -> None:
        drawn = random.Random(1448)  # noqa: S311  # a sample, no secret
        days = [date(1900, 1, 1) + timedelta(drawn.randrange(110_000)) for _ in range(500)]
        texts = [f"{on:{form}}" for on in days for form in ("%d/%m/%Y", "%Y-%m-%d", "%m/%d/%Y", "%d.%m.%y")]
        texts += ["".join(drawn.choices("0123456789١٢٣٤/-. هم", k=drawn.randint(1, 11))) for _ in range(2000)]
        with app.test_request_context():
            assert dict(zip(texts, read(texts), strict=True)) == {typed: self.here(typed) for typed in texts}
