"""Dates in both calendars, in the day of Riyadh."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silah.language.dates import date_words, gregorian_words, hijri, hijri_words, hijri_year, moment_words

RAJAB = date(2026, 12, 10)


class TestWords:
    def test_arabic_names_the_weekday_and_both_dates(self) -> None:
        assert date_words(RAJAB, "ar") == "الخميس 1 رجب 1448هـ، 10 ديسمبر 2026م"

    def test_english_puts_the_hijri_date_in_brackets(self) -> None:
        assert date_words(RAJAB, "en") == "Thursday 10 December 2026 (1 Rajab 1448 AH)"

    def test_each_calendar_alone(self) -> None:
        assert gregorian_words(RAJAB, "ar") == "10 ديسمبر 2026م"
        assert hijri_words(RAJAB, "ar") == "1 رجب 1448هـ"

    def test_outside_the_umm_al_qura_tables_only_the_gregorian_date_is_written(self) -> None:
        assert date_words(date(1900, 1, 1), "ar") == "الاثنين 1 يناير 1900م"
        assert date_words(date(2100, 1, 1), "en") == "Friday 1 January 2100"
        assert hijri_words(date(1900, 1, 1), "ar") == ""

    def test_a_moment_late_in_utc_falls_on_the_next_day_in_riyadh(self) -> None:
        late = datetime(2026, 12, 9, 21, 5, tzinfo=UTC)
        assert moment_words(late, "ar") == "الخميس 1 رجب 1448هـ، 10 ديسمبر 2026م، 12:05 صباحًا"
        assert moment_words(late, "en") == "Thursday 10 December 2026 (1 Rajab 1448 AH), 12:05 am"

    def test_an_instant_without_a_zone_is_refused(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            date_words(datetime(2026, 12, 10, 1, 2), "ar")  # noqa: DTZ001  # the naive instant is the point


class TestHijri:
    def test_a_known_day(self) -> None:
        assert hijri(RAJAB) == (1448, 7, 1)
        assert hijri_year(RAJAB) == 1448

    def test_outside_the_tables_is_an_error(self) -> None:
        with pytest.raises(OverflowError):
            hijri(date(1900, 1, 1))

    @given(st.dates(date(1924, 8, 2), date(2077, 11, 15)))
    def test_the_next_day_follows(self, day: date) -> None:
        (year, month, number), after = hijri(day), hijri(day + timedelta(days=1))
        assert after in {(year, month, number + 1), (year, month + 1, 1), (year + 1, 1, 1)}
