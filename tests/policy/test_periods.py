"""Floors and ceilings, working days and holidays: worked cases, and properties that hold for any of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.blueprints import load, names
from tenants.calendars import calendar_of, official
from tenants.period_words import period_words, span_words
from tenants.periods import DayOff, Reckoning, ReplyPeriod, Span, WorkingCalendar, last_day, reckon
from tenants.texts import Text

SAUDI = WorkingCalendar()
COMPLETE = date(2026, 9, 10)
FIFTEEN = ReplyPeriod(bound="ceiling", amount=15, unit="working_days", starts="complete")
TWO_WEEKS = ReplyPeriod(bound="floor", amount=2, unit="weeks")


def skipped(reckoning: Reckoning) -> dict[date, str]:
    """The days that do not count, after day zero, and why."""
    return {day.date: day.why for day in reckoning.days[1:] if not day.counted}


class TestCeiling:
    def test_fifteen_working_days_over_national_day_end_on_4_october_2026(self):
        reckoning = reckon(FIFTEEN, None, COMPLETE, SAUDI)
        assert reckoning.latest == date(2026, 10, 4)
        assert reckoning.earliest is None
        assert reckoning.starts_on == COMPLETE

    def test_the_day_of_completeness_is_day_zero(self):
        first, second = reckon(FIFTEEN, None, COMPLETE, SAUDI).days[:2]
        assert (first.date, first.counted, first.why) == (COMPLETE, False, "start")
        assert second.date == COMPLETE + timedelta(days=1)

    def test_every_skipped_day_says_why(self):
        why = skipped(reckon(FIFTEEN, None, COMPLETE, SAUDI))
        assert why.pop(date(2026, 9, 23)) == "holiday"
        assert set(why.values()) == {"weekend"}
        assert len(why) == 8

    def test_an_incomplete_request_has_no_latest_day_yet(self):
        reckoning = reckon(FIFTEEN, COMPLETE, None, SAUDI)
        assert (reckoning.starts_on, reckoning.latest, reckoning.days) == (None, None, ())
        assert not reckoning.overdue(date(2030, 1, 1))
        assert "not complete yet" in reckoning.why.en

    def test_it_is_overdue_only_past_its_latest_day(self):
        reckoning = reckon(FIFTEEN, None, COMPLETE, SAUDI)
        assert not reckoning.overdue(date(2026, 10, 4))
        assert reckoning.overdue(date(2026, 10, 5))
        assert not reckoning.too_early(COMPLETE)

    def test_a_day_off_added_in_a_hurry_moves_it(self):
        storm = DayOff("holiday", Text(ar="تعليق العمل", en="Storm"))
        calendar = WorkingCalendar(edits={date(2026, 10, 4): storm})
        reckoning = reckon(FIFTEEN, None, COMPLETE, calendar)
        assert reckoning.latest == date(2026, 10, 5)
        assert "Storm" in reckoning.why.en

    def test_a_holiday_on_which_the_association_works_counts(self):
        calendar = WorkingCalendar(edits={date(2026, 9, 23): None})
        assert reckon(FIFTEEN, None, COMPLETE, calendar).latest == date(2026, 10, 1)

    def test_another_weekend_gives_another_day(self):
        calendar = calendar_of(("saturday", "sunday"))
        assert reckon(FIFTEEN, None, COMPLETE, calendar).latest == date(2026, 10, 2)


class TestFloor:
    def test_two_weeks_give_an_earliest_day_and_no_latest(self):
        reckoning = reckon(TWO_WEEKS, COMPLETE, None, SAUDI)
        assert (reckoning.earliest, reckoning.latest) == (date(2026, 9, 24), None)

    def test_weeks_are_calendar_days_whatever_the_holidays(self):
        assert all(day.counted for day in reckon(TWO_WEEKS, COMPLETE, None, SAUDI).days[1:])

    def test_it_is_too_early_before_it_and_while_it_has_not_begun(self):
        reckoning = reckon(TWO_WEEKS, COMPLETE, None, SAUDI)
        assert reckoning.too_early(date(2026, 9, 23))
        assert not reckoning.too_early(date(2026, 9, 24))
        assert reckon(TWO_WEEKS, None, None, SAUDI).too_early(COMPLETE)

    def test_the_start_is_the_administrators_where_the_policy_is_silent(self):
        later = COMPLETE + timedelta(days=5)
        chosen = TWO_WEEKS.model_copy(update={"chosen_start": "complete"})
        assert reckon(TWO_WEEKS, COMPLETE, later, SAUDI).starts_on == COMPLETE
        assert reckon(chosen, COMPLETE, later, SAUDI).starts_on == later

    def test_what_the_policy_says_beats_what_was_chosen(self):
        said = FIFTEEN.model_copy(update={"chosen_start": "received"})
        assert said.counts_from == "complete"

    def test_an_internal_target_stands_beside_it_and_breaks_no_promise(self):
        period = TWO_WEEKS.model_copy(update={"target": Span(amount=20, unit="working_days")})
        reckoning = reckon(period, COMPLETE, None, SAUDI)
        assert reckoning.target == date(2026, 10, 11)
        assert reckoning.past_target(date(2026, 10, 12))
        assert not reckoning.overdue(date(2026, 10, 12))

    def test_the_target_is_never_printed(self):
        period = TWO_WEEKS.model_copy(update={"target": Span(amount=20, unit="working_days")})
        assert period_words(period) == period_words(TWO_WEEKS)


class TestHolidays:
    def test_eid_days_to_come_are_estimates_and_say_so(self):
        reckoning = reckon(FIFTEEN, None, date(2027, 3, 1), SAUDI)
        assert reckoning.estimated
        assert {day.name.en for day in reckoning.days if day.estimated} >= {"Eid al-Fitr"}
        assert "the moon" in reckoning.why.en
        assert "رؤية الهلال" in reckoning.why.ar

    def test_every_day_of_an_estimated_eid_is_an_estimate(self):
        eid = [day for day in official(2027).values() if "Eid" in day.name.en or "Arafah" in day.name.en]
        assert eid
        assert all(day.estimated for day in eid)

    def test_fixed_holidays_are_no_estimates(self):
        fixed = {day.name.en for day in official(2027).values() if not day.estimated}
        assert fixed == {"Founding Day", "National Day"}

    def test_an_estimated_day_right_after_the_end_may_still_move_it(self):
        before_eid = ReplyPeriod(bound="ceiling", amount=1, unit="working_days", starts="complete")
        assert reckon(before_eid, None, date(2027, 3, 7), SAUDI).estimated
        assert not reckon(before_eid, None, date(2027, 3, 1), SAUDI).estimated

    def test_calendar_days_do_not_depend_on_the_moon(self):
        assert not reckon(TWO_WEEKS, date(2027, 3, 1), None, SAUDI).estimated

    def test_a_week_without_a_working_day_is_refused(self):
        with pytest.raises(ValueError, match="leaves at least one"):
            WorkingCalendar(frozenset(range(7)))


class TestWords:
    @pytest.mark.parametrize(
        ("amount", "unit", "arabic", "english"),
        [
            (1, "weeks", "أسبوع واحد", "1 week"),
            (2, "weeks", "أسبوعين", "2 weeks"),
            (3, "days", "3 أيام", "3 days"),
            (11, "days", "11 يومًا", "11 days"),
            (15, "working_days", "15 يوم عمل", "15 working days"),
            (100, "weeks", "100 أسبوع", "100 weeks"),
            (103, "working_days", "103 أيام عمل", "103 working days"),
        ],
    )
    def test_a_span_is_said_as_each_language_counts(self, amount, unit, arabic, english):
        assert span_words(Span(amount=amount, unit=unit)) == Text(ar=arabic, en=english)

    def test_a_floor_and_a_ceiling_are_worded_apart(self):
        assert period_words(TWO_WEEKS).en == "not less than 2 weeks"
        assert period_words(FIFTEEN).en == "not more than 15 working days from completeness of the request"
        assert "لا تقل" in period_words(TWO_WEEKS).ar
        assert "لا تتجاوز" in period_words(FIFTEEN).ar

    def test_the_reckoning_is_told_in_both_languages(self):
        why = reckon(FIFTEEN, None, COMPLETE, SAUDI).why
        assert "The latest reply is Sunday 4 October 2026." in why.en
        assert "آخر موعد للرد الأحد 4 أكتوبر 2026م." in why.ar
        assert "8 weekend days and 1 public holiday (National Day)" in why.en


days = st.dates(date(2001, 1, 1), date(2060, 1, 1))
spans = st.builds(Span, amount=st.integers(1, 60), unit=st.sampled_from(("weeks", "days", "working_days")))
weekends = st.frozensets(st.integers(0, 6), max_size=6)
edits = st.dictionaries(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.sampled_from((None, DayOff("holiday", Text(ar="إجازة", en="Off")))),
    max_size=12,
)
calendars = st.builds(WorkingCalendar, weekend=weekends, public_holidays=st.booleans(), edits=edits)


@st.composite
def periods(draw):
    span = draw(spans)
    return ReplyPeriod(
        bound=draw(st.sampled_from(("floor", "ceiling"))),
        amount=span.amount,
        unit=span.unit,
        starts=draw(st.sampled_from(("received", "complete", None))),
        target=draw(st.none() | spans),
    )


class TestAnyPeriod:
    @given(periods(), days, calendars)
    def test_the_days_are_consecutive_from_day_zero_to_the_end(self, period, start, calendar):
        reckoning = reckon(period, start, start, calendar)
        dates = [day.date for day in reckoning.days]
        assert dates == [start + timedelta(days=n) for n in range(len(dates))]
        assert dates[-1] == (reckoning.earliest or reckoning.latest)

    @given(periods(), days, calendars)
    def test_as_many_days_count_as_the_period_has(self, period, start, calendar):
        counted = sum(day.counted for day in reckon(period, start, start, calendar).days)
        assert counted == period.amount * (7 if period.unit == "weeks" else 1)

    @given(periods(), days, calendars)
    def test_the_last_day_counts_and_day_zero_never_does(self, period, start, calendar):
        days = reckon(period, start, start, calendar).days
        assert days[-1].counted
        assert not days[0].counted

    @given(periods(), days, calendars)
    def test_a_day_counts_in_working_days_exactly_when_it_is_worked(self, period, start, calendar):
        for day in reckon(period, start, start, calendar).days[1:]:
            assert day.counted == (period.unit != "working_days" or calendar.works(day.date))

    @given(periods(), days, calendars, st.dates())
    def test_a_floor_is_never_overdue_and_a_ceiling_never_too_early(self, period, start, calendar, on):
        reckoning = reckon(period, start, start, calendar)
        assert not (reckoning.overdue(on) if period.bound == "floor" else reckoning.too_early(on))

    @given(periods(), days, calendars)
    def test_it_has_an_earliest_or_a_latest_never_both(self, period, start, calendar):
        reckoning = reckon(period, start, start, calendar)
        assert (reckoning.earliest is None) == (period.bound == "ceiling")
        assert (reckoning.latest is None) == (period.bound == "floor")

    @given(spans, days, calendars)
    def test_starting_later_never_ends_earlier(self, span, start, calendar):
        tomorrow = start + timedelta(days=1)
        assert last_day(start, span, calendar) <= last_day(tomorrow, span, calendar)

    @given(spans, days, calendars)
    def test_a_longer_span_ends_later(self, span, start, calendar):
        longer = span.model_copy(update={"amount": span.amount + 1})
        assert last_day(start, span, calendar) < last_day(start, longer, calendar)

    @given(periods(), days, calendars)
    def test_it_is_explained_in_both_languages(self, period, start, calendar):
        why = reckon(period, start, start, calendar).why
        assert not why.missing

    @pytest.mark.parametrize("name", names())
    @given(start=days)
    def test_each_blueprint_is_reckoned_from_any_day(self, name, start):
        policy = load(name).policy
        calendar = calendar_of(policy.calendar.weekend, policy.calendar.holidays == "saudi")
        reckoning = reckon(policy.reply_period, start, start, calendar)
        assert (reckoning.earliest or reckoning.latest or start) > start
