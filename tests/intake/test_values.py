"""What is typed, and what is kept of it."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban, luhn

from silah.forms import parsers
from silah.intake import answer_values
from silah.intake.definition import Field
from silah.language.dates import hijri
from silah.language.digits import arabic_indic

MOBILES = ["0551234567", "٠٥٥١٢٣٤٥٦٧", "+966 55 123 4567", "00966551234567", "966551234567", "551234567"]
NO_DATES = ["31/2/2026", "30/13/1447", "tomorrow", "1/1/1", "7/9", "1/1/3000", "2026/2026/2026"]
KINDS = ["text", "long_text", "number", "money", "date", "national_id", "mobile", "iban", "email"]


def one_field(kind: str, **more: Any) -> Field:
    return Field.model_validate({"key": "one", "kind": kind, "label": {"en": "One"}, **more})


class TestValues:
    @given(st.integers(10_000_000, 99_999_999), st.sampled_from("12"))
    def test_a_national_id_needs_its_check_digit(self, number, kind):
        body = f"{kind}{number}"
        right = body + luhn.calc_check_digit(body)
        assert parsers.national_id(arabic_indic(right)) == right
        wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
        with pytest.raises(parsers.BadAnswer):
            parsers.national_id(wrong)

    @pytest.mark.parametrize(
        "typed", ["0551234567", "٠٥٥١٢٣٤٥٦٧", "+966 55 123 4567", "00966551234567", "966551234567", "551234567"]
    )
    def test_a_mobile_is_kept_in_one_way(self, typed):
        assert parsers.mobile(typed) == "+966551234567"

    @pytest.mark.parametrize("typed", ["0112345678", "05512345", "+201001234567", "أ", "", "٠" * 30])
    def test_what_is_no_saudi_mobile_is_refused(self, typed):
        with pytest.raises(parsers.BadAnswer):
            parsers.mobile(typed)

    @given(st.integers(0, 10**20 - 1))
    def test_an_iban_needs_its_check_digits(self, number):
        body = f"{number:020d}"
        right = f"SA{iban.calc_check_digits('SA00' + body)}{body}"
        if iban.is_valid(right):
            spaced = " ".join(right[i : i + 4] for i in range(0, 24, 4))
            assert parsers.iban_number(arabic_indic(spaced)) == right
        with pytest.raises(parsers.BadAnswer):
            parsers.iban_number(right[:-1] + ("1" if right[-1] != "1" else "2"))

    @given(st.dates(date(1925, 1, 1), date(2070, 1, 1)))
    def test_a_date_is_taken_in_either_calendar_and_order(self, day):
        year, month, of_month = hijri(day)
        for typed in (
            f"{of_month}/{month}/{year}",
            f"{year}-{month:02d}-{of_month:02d}",
            f"{day.day}/{day.month}/{day.year}",
            day.isoformat(),
            arabic_indic(f"{of_month}/{month}/{year}"),
        ):
            assert parsers.day(typed) == day

    @pytest.mark.parametrize(
        "typed", ["31/2/2026", "30/13/1447", "tomorrow", "1/1/1", "7/9", "1/1/3000", "2026/2026/2026"]
    )
    def test_what_is_no_date_is_refused(self, typed):
        with pytest.raises(parsers.BadAnswer):
            parsers.day(typed)

    @given(st.decimals(min_value=0, max_value=10**9, places=2))
    def test_money_is_exact(self, amount):
        money = one_field("money")
        for typed in (f"{amount:,}", arabic_indic(f"{amount:f}").replace(".", "٫")):
            assert Decimal(answer_values.read(money, typed)) == amount

    @given(
        st.sampled_from(KINDS),
        st.text(max_size=40),
    )
    def test_whatever_is_typed_is_taken_or_refused_in_words(self, kind, typed):
        one = one_field(kind)
        with suppress(parsers.BadAnswer):
            answer_values.read(one, typed)

    def test_a_choice_is_one_of_those_offered(self):
        second = one_field("choice", choices=[{"value": "x", "label": {"en": "X"}}])
        assert answer_values.read(second, "x") == "x"
        with pytest.raises(parsers.BadAnswer):
            answer_values.read(second, "z")
