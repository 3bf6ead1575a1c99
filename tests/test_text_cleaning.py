"""Text from outside is cleaned by one piece of code: signs that no text has, and marks that are pasted along unseen."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from silah.cases import one_time_codes, receipts, references
from silah.forms import parsers
from silah.forms.texts import clean
from silah.language.text_cleaning import clean_text, clean_value, normalize_typed, remove_marks, remove_unkeepable
from silah.staff import service
from silah.surveys import answers
from silah.web.fields import DateField, IntegerField

MARKS = {
    "left-to-right mark": "\u200e",
    "right-to-left mark": "\u200f",
    "Arabic letter mark": "\u061c",
    "left-to-right embedding": "\u202a",
    "right-to-left embedding": "\u202b",
    "pop of an embedding": "\u202c",
    "left-to-right override": "\u202d",
    "right-to-left override": "\u202e",
    "left-to-right isolate": "\u2066",
    "right-to-left isolate": "\u2067",
    "first strong isolate": "\u2068",
    "pop of an isolate": "\u2069",
    "byte order mark": "\ufeff",
    "zero-width space": "\u200b",
    "zero-width non-joiner": "\u200c",
    "zero-width joiner": "\u200d",
    "word joiner": "\u2060",
    "soft hyphen": "\u00ad",
}
SPACES = {
    "no-break space": "\u00a0",
    "narrow no-break space": "\u202f",
    "thin space": "\u2009",
    "ideographic": "\u3000",
}
EACH = pytest.mark.parametrize("mark", [*MARKS.values(), *SPACES.values()], ids=[*MARKS, *SPACES])
READERS: list[tuple[Any, str, Any]] = [
    (parsers.national_id, "1000000008", "1000000008"),
    (parsers.national_id, "١٠٠٠٠٠٠٠٠٨", "1000000008"),
    (parsers.mobile, "0551234567", "+966551234567"),
    (parsers.mobile, "٠٥٥١٢٣٤٥٦٧", "+966551234567"),
    (parsers.iban_number, "SA0380000000608010167519", "SA0380000000608010167519"),
    (parsers.day, "18/2/2026", date(2026, 2, 18)),
    (parsers.day, "1/9/1447هـ", date(2026, 2, 18)),
    (parsers.number, "1250.5", Decimal("1250.5")),
    (parsers.number, "١٢٥٠٫٥", Decimal("1250.5")),
    (receipts.plain, "K7QF-M2ZD-9RXW", "K7QFM2ZD9RXW"),
    (normalize_typed, "٢٠٢٦-٠٢-١٨", "2026-02-18"),
]


def beside(text: str, mark: str) -> list[str]:
    """The text with the mark before it, behind it and around it."""
    return [mark + text, text + mark, mark * 2 + text + mark]


def within(text: str, mark: str) -> str:
    """The text with the mark between its first and its second sign, as a table or a message may break it."""
    return text[:1] + mark + text[1:]


class TestReaders:
    @EACH
    @pytest.mark.parametrize(("read", "text", "meant"), READERS)
    def test_take_out_marks_around(self, app: Any, mark: str, read: Any, text: str, meant: Any) -> None:
        with app.test_request_context():
            assert [read(one) for one in beside(text, mark)] == [meant] * 3

    @pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
    @pytest.mark.parametrize(("read", "text", "meant"), READERS)
    def test_take_out_marks_within(self, app: Any, mark: str, read: Any, text: str, meant: Any) -> None:
        with app.test_request_context():
            assert read(within(text, mark)) == meant

    @EACH
    def test_read_addresses_of_mail(self, app: Any, mark: str) -> None:
        with app.test_request_context():
            assert [parsers.email(one) for one in beside("noura@example.com", mark)] == ["noura@example.com"] * 3
        assert [service.address(one) for one in beside("Noura@Example.com", mark)] == ["noura@example.com"] * 3

    @EACH
    def test_read_references(self, app: Any, mark: str) -> None:
        with app.test_request_context():
            assert references.read(f"{mark}R{mark}-1448-000001{mark}") == "R-1448-000001"

    @pytest.mark.parametrize("space", SPACES.values(), ids=SPACES)
    def test_take_narrow_spaces_between_thousands(self, app: Any, space: str) -> None:
        with app.test_request_context():
            assert parsers.number(f"1{space}250{space}000.5") == Decimal("1250000.5")
            with pytest.raises(parsers.BadAnswer):
                parsers.number(f"12{space}5")

    def test_of_survey_answers_too(self) -> None:
        assert answers.normalize_typed("\u200f٣\u200f") == "3"
        assert one_time_codes.western is not None

    def test_of_marks_alone_read_nothing(self, app: Any) -> None:
        with app.test_request_context():
            for read in (parsers.national_id, parsers.mobile, parsers.iban_number, parsers.day, parsers.number):
                with pytest.raises(parsers.BadAnswer):
                    read("\u200f\u200b\ufeff\u00a0")


class Asking(Form):  # type: ignore[misc]  # wtforms has no types
    """A form with a day and a number."""

    on = DateField()
    count = IntegerField()


class TestFields:
    def filled(self, **sent: str) -> Asking:
        form = Asking(MultiDict(sent))
        form.validate()
        return form

    @EACH
    def test_take_marks_and_any_digits(self, app: Any, mark: str) -> None:
        with app.test_request_context():
            form = self.filled(on=f"{mark}٢٠٢٦-٠٢-١٨{mark}", count=f"{mark}١٢{mark}")
        assert (form.on.data, form.count.data, form.errors) == (date(2026, 2, 18), 12, {})

    @pytest.mark.parametrize("day", ["9999-12-31", "9998-12-31", "2201-01-01", "1899-12-31", "0001-01-01"])
    def test_refuse_days_that_nothing_can_be_reckoned_with(self, app: Any, day: str) -> None:
        with app.test_request_context():
            form = self.filled(on=day, count="1")
        assert form.on.data is None
        assert "1900" in str(form.errors["on"])

    @pytest.mark.parametrize("number", ["2147483648", "-2147483649", "9" * 5000, "1.5", "x"])
    def test_refuse_numbers_that_cannot_be_kept(self, app: Any, number: str) -> None:
        with app.test_request_context():
            form = self.filled(on="2026-02-18", count=number)
        assert form.count.data is None
        assert form.errors["count"]


class TestWhatCannotBeKept:
    @given(st.text(st.characters(), max_size=40))
    def test_is_taken_out_and_nothing_else_is(self, text: str) -> None:
        kept = remove_unkeepable(text)
        kept.encode("utf-8")
        assert "\0" not in kept
        assert remove_unkeepable(kept) == kept

    @pytest.mark.parametrize("code", [0, 0x1B, 0x7F, 0xD800, 0xDFFF, 0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFE])
    def test_goes_from_every_text(self, code: int) -> None:
        sign = chr(code)
        assert [clean(f"a{sign}b{sign}"), clean_value(f"{sign}a{sign}b"), remove_marks(f"a{sign}b")] == ["ab"] * 3

    @pytest.mark.parametrize("text", ["سطر\nآخر", "a\tb", "👨\u200d👩\u200d👧", "عبد\u200cالله", "e\u0301", "ﷺ"])
    def test_but_what_carries_meaning_stays(self, text: str) -> None:
        assert clean_text(text) == clean_value(text) == text


class TestValues:
    @EACH
    def test_of_marks_alone_are_empty(self, mark: str) -> None:
        assert clean_value(mark * 3).strip() == clean(f" {mark}\n{mark} ") == ""

    @EACH
    def test_in_words_only_what_stands_around_goes(self, mark: str) -> None:
        assert clean(f"{mark} نورة بنت\u200cسعد {mark}") == "نورة بنت\u200cسعد"

    @pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
    def test_that_are_numbers_or_codes_hold_no_mark(self, mark: str) -> None:
        assert clean_value(within("٢٠٢٦-٠٢-١٨", mark)) == "٢٠٢٦-٠٢-١٨"
        assert clean_value(within("K7QF-M2ZD", mark)) == "K7QF-M2ZD"

    def test_end_their_lines_as_browsers_count_them(self) -> None:
        assert clean_value("أ\r\nب\rج\nد") == "أ\nب\nج\nد"

    @given(st.text(st.characters(), max_size=40))
    def test_are_cleaned_once_for_all(self, text: str) -> None:
        assert clean_value(clean_value(text)) == clean_value(text)
        assert clean_text(clean_text(text)) == clean_text(text)
