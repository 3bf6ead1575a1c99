"""`silah policy explain`: the reckoning of a blueprint, as a table and as JSON."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from silah.cli import main


def explain(*arguments):
    return CliRunner().invoke(main, ["policy", "explain", *arguments])


def reckoned(*arguments):
    result = explain(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


class TestJson:
    def test_the_worked_case_of_the_ceiling(self):
        told = reckoned("samtah-cooperative", "--complete", "2026-09-10")
        assert list(told) == ["bound", "starts_on", "earliest", "latest", "days"]
        assert (told["bound"], told["starts_on"]) == ("ceiling", "2026-09-10")
        assert (told["earliest"], told["latest"]) == (None, "2026-10-04")
        assert sum(day["counted"] for day in told["days"]) == 15

    def test_each_day_has_its_date_whether_it_counts_and_why(self):
        days = {
            day["date"]: (day["counted"], day["why"])
            for day in reckoned("samtah-cooperative", "--complete", "2026-09-10")["days"]
        }
        assert days["2026-09-10"] == (False, "start, day zero")
        assert days["2026-09-11"] == (False, "weekend")
        assert days["2026-09-13"] == (True, "working day")
        assert days["2026-09-23"] == (False, "holiday: National Day")

    @pytest.mark.parametrize("written", ["٢٠٢٦-٠٩-١٠", "2026/9/10", "۲۰۲۶/۰۹/۱۰", "\u200f٢٠٢٦/٩/١٠"])
    def test_dates_are_taken_in_any_digits(self, written):
        assert reckoned("samtah-cooperative", "--complete", written)["latest"] == "2026-10-04"

    @pytest.mark.parametrize(
        ("name", "earliest"),
        [
            ("madinah-centers", "2026-09-24"),
            ("tamkeen-qassim", "2026-09-17"),
            ("hayat-arar", "2026-09-24"),
            ("nobough-talents", "2026-09-24"),
        ],
    )
    def test_floors_have_an_earliest_day_only(self, name, earliest):
        told = reckoned(name, "--received", "2026-09-10")
        assert (told["bound"], told["earliest"], told["latest"]) == ("floor", earliest, None)

    def test_a_floor_that_says_no_start_counts_from_the_one_date_given(self):
        assert reckoned("madinah-centers", "--complete", "2026-09-10")["earliest"] == "2026-09-24"

    def test_with_both_dates_such_a_floor_counts_from_receipt(self):
        told = reckoned("madinah-centers", "--received", "2026-09-10", "--complete", "2026-09-20")
        assert told["starts_on"] == "2026-09-10"

    def test_a_request_received_and_not_complete_has_no_latest_day(self):
        told = reckoned("samtah-cooperative", "--received", "2026-09-10")
        assert told == {"bound": "ceiling", "starts_on": None, "earliest": None, "latest": None, "days": []}

    def test_without_dates_everything_came_today(self, clock):
        clock(datetime(2026, 9, 9, 22, 0, tzinfo=UTC))
        assert reckoned("samtah-cooperative")["starts_on"] == "2026-09-10"


class TestTable:
    def test_it_tells_the_promise_the_days_and_the_result(self):
        said = explain("samtah-cooperative", "--complete", "2026-09-10").output
        assert "Samtah" in said
        assert "holiday: National Day" in said
        assert "Sunday 4 October 2026" in said

    def test_a_floor_is_said_never_to_be_overdue(self):
        said = explain("madinah-centers", "--received", "2026-09-10").output
        assert "does not say what starts it" in said
        assert "never overdue" in said


class TestErrors:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("nowhere",), "no blueprint is called 'nowhere'"),
            (("madinah-centers", "--received", "soon"), "--received: 'soon' is not a date"),
            (("madinah-centers", "--received", "2026-02-30"), "is not a date"),
            (("madinah-centers", "--received", "1448-03-01"), "is not a Gregorian date"),
            (("madinah-centers", "--received", "2026-09-10", "--complete", "2026-09-09"), "is before --received"),
        ],
    )
    def test_they_are_one_clear_line(self, arguments, said):
        result = explain(*arguments)
        assert result.exit_code == 2
        assert said in result.output
        assert len(result.output.strip().splitlines()) == 1
