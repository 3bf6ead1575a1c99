"""Folding and digits: every way of writing a name finds it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silah.language.digits import arabic_indic
from silah.language.localization import fold, western


class TestFold:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("أحمد", "احمد"),
            ("إبراهيم", "ابراهيم"),
            ("آمنة", "امنه"),
            ("ٱلرحمن", "الرحمن"),
            ("فاطمة", "فاطمه"),
            ("مصطفى", "مصطفي"),
            ("مُحَمَّدٌ", "محمد"),
            ("عبـــدالله", "عبدالله"),
            ("هدىٰ", "هدي"),
            ("١٤٤٨", "1448"),
            ("۱۴۴۸", "1448"),
            ("ﻣﺤﻤﺪ", "محمد"),
            ("  علي   حسن ", "علي حسن"),
            ("José", "JOSE"),
            ("R-١٤٤٨", "r-1448"),
        ],
    )
    def test_two_ways_of_writing_are_one(self, one: str, other: str) -> None:
        assert fold(one) == fold(other)

    def test_different_names_stay_different(self) -> None:
        assert len({fold(name) for name in ("سالم", "سليم", "سلام", "أسلم")}) == 4

    def test_an_invisible_mark_pasted_from_a_phone_is_dropped(self) -> None:
        assert fold("\u202b0501234567\u202c\u200f") == "0501234567"

    @given(st.text())
    def test_folding_twice_changes_nothing_more(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)

    @given(st.text())
    def test_the_form_of_unicode_does_not_matter(self, text: str) -> None:
        assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))

    @given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي ", max_size=30))
    def test_bare_letters_fold_to_themselves(self, text: str) -> None:
        assert fold(text) == " ".join(text.split())


class TestWestern:
    def test_three_sets_of_digits_are_one(self) -> None:
        assert western("٠١٢٣٤٥٦٧٨٩") == western("۰۱۲۳۴۵۶۷۸۹") == "0123456789"

    def test_the_arabic_decimal_and_thousands_marks_follow(self) -> None:
        assert western("١٬٢٥٠٫٥٠") == "1,250.50"

    @given(st.integers())
    def test_a_number_comes_back_from_arabic_indic(self, number: int) -> None:
        assert int(western(arabic_indic(str(number)))) == number

    @given(st.text())
    def test_length_and_everything_else_stay(self, text: str) -> None:
        changed = western(text)
        assert len(changed) == len(text)
        assert all(a == b or a in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬" for a, b in zip(text, changed, strict=True))
