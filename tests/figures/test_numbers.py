"""The figures: what they count, who sees what in them, and what the public is not shown."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silah import clock as time
from silah.cases.models import Case
from silah.complaints import receiving
from silah.complaints.models import Complaint
from silah.complaints.receiving import Told
from silah.figures import charts, presenters, public_statistics, statistics
from silah.figures.report_filter import Sight
from silah.figures.suppression import rounded, suppressed
from silah.web.access import Member, Permission
from tenants.database import db

START = datetime(2026, 9, 7, 9, tzinfo=UTC)
PERSON = {"relation": "self", "name": "نوف بنت سعد", "mobile": "+966550000055", "reply_channel": "phone"}
EYES = Member(
    id=__import__("uuid").uuid4(),
    account_id=__import__("uuid").uuid4(),
    name="x",
    permissions=frozenset({Permission.SEE_ALL_CASES, Permission.ANSWER_COMPLAINTS}),
)
BLIND = Member(id=EYES.id, account_id=EYES.account_id, name="x", permissions=frozenset({Permission.SEE_ALL_CASES}))


@pytest.fixture
def told(serve, association):
    """Four complaints: two answered, in two and in ten days, one late, one fresh."""
    with serve(association), time.at(START):
        cases = [
            receiving.submit(Told(about="service", text="x", person=PERSON), channel="website").case for _ in range(4)
        ]
        for case, days in zip(cases, (2, 10), strict=False):
            case.replied_at, case.state = START + timedelta(days=days), "replied"
        cases[0].latest = cases[1].latest = date(2026, 9, 14)
        cases[2].latest = date(2026, 9, 8)
        db.session.flush()
        with time.at(START + timedelta(days=12)):
            yield cases
        db.session.rollback()


class TestNumbers:
    def test_counts_what_is_open_late_and_how_long_answers_took(self, told):
        line = statistics.total(Sight.read({}), EYES)
        assert (line.received, line.open, line.overdue, line.answered) == (4, 2, 1, 2)
        assert (line.in_time, line.median, line.slowest) == (0.5, 6.0, 9.2)

    def test_counts_only_what_the_reader_may_see(self, told):
        assert statistics.total(Sight.read({}), BLIND).received == 0

    def test_counts_what_the_reader_holds_where_that_is_asked(self, told):
        told[0].holder_id = None
        assert statistics.total(Sight.read({"mine": "yes"}), EYES).received == 0
        assert Sight.read({"mine": "yes"}).query()["mine"] == "yes"
        assert "mine" not in Sight.read({}).query()

    def test_of_complaints_are_by_their_kind(self, told):
        for case, key in zip(told, ("delay", "delay", "conduct"), strict=False):
            db.session.get_one(Complaint, case.id).topic = key
        db.session.flush()
        lines = statistics.by(presenters.topic(), Sight.read({"kind": "complaint"}), EYES)
        assert [(line.key, line.received) for line in lines] == [("delay", 2), ("conduct", 1), (None, 1)]

    def test_by_kind_and_by_month(self, told):
        (line,) = statistics.by(Case.kind, Sight.read({}), EYES)
        assert (line.key, line.received) == ("complaint", 4)
        months = statistics.by_month(Sight.read({"span": "own", "since": "2026-07-15", "until": "2026-09-30"}), EYES)
        assert months == [(date(2026, 7, 1), 0, 0), (date(2026, 8, 1), 0, 0), (date(2026, 9, 1), 4, 2)]

    def test_narrows(self, told):
        assert statistics.total(Sight.read({"kind": "inquiry"}), EYES).received == 0
        assert statistics.total(Sight.read({"channel": "website"}), EYES).received == 4
        assert (
            statistics.total(Sight.read({"span": "own", "since": "2026-09-08", "until": "2026-09-30"}), EYES).received
            == 0
        )

    @pytest.mark.parametrize(
        "odd", [{"span": "x"}, {"branch": "x"}, {"since": "x", "span": "own"}, {"channel": "'; --"}]
    )
    def test_an_odd_address_is_understood_as_far_as_it_can_be(self, told, odd):
        assert statistics.total(Sight.read(odd), EYES).received == 4


class TestSmallNumbers:
    @given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 40), max_size=8), st.integers(5, 12))
    def test_cannot_be_found_out_by_subtraction(self, cells, least):
        shown = suppressed(cells, least)
        hidden = [key for key, count in shown.items() if count is None]
        assert all(count is None or count >= least for count in shown.values())
        assert all(shown[key] in (None, cells[key]) for key in cells)
        if hidden and any(count is not None for count in shown.values()):
            assert len(hidden) > 1
            assert sum(cells[key] for key in hidden) >= least

    def test_what_is_large_everywhere_is_shown_whole(self):
        assert suppressed({"a": 10, "b": 7}, 5) == {"a": 10, "b": 7}

    @given(st.integers(0, 10**6), st.floats(0, 1, exclude_max=True))
    def test_are_rounded_to_fives_near_them(self, count, luck):
        shown = rounded(count, luck)
        assert shown % 5 == 0
        assert abs(shown - count) < 5

    def test_are_rounded_so_that_one_more_is_never_told_for_sure(self):
        every = [n / 1000 for n in range(1000)]
        for count in range(1, 60):
            same, more = ({rounded(n, luck) for luck in every} for n in (count, count + 1))
            assert same & more, f"{count} and {count + 1} are told apart whatever the luck"
        assert sum(rounded(12, luck) for luck in every) / 1000 == pytest.approx(12, abs=0.05)

    @pytest.mark.parametrize(
        ("day", "since", "until"),
        [("2026-03-31", "2025-03-01", "2026-02-28"), ("2027-01-01", "2026-01-01", "2026-12-31")],
    )
    def test_are_those_of_whole_months_that_are_over(self, day, since, until):
        found = public_statistics.year(date.fromisoformat(day))
        assert (found.since.isoformat(), found.until.isoformat()) == (since, until)


class TestCharts:
    @given(st.lists(st.tuples(st.text(max_size=40), st.integers(0, 10**6)), max_size=10), st.booleans())
    def test_bars_stay_within_and_are_mirrored(self, cells, rtl):
        chart, other = charts.bars(cells, rtl=rtl), charts.bars(cells, rtl=not rtl)
        for bar, mirrored in zip(chart.bars, other.bars, strict=True):
            assert bar.x >= 0
            assert bar.x + bar.length <= charts.WIDTH + 0.2
            assert abs(bar.x + mirrored.x + bar.length - charts.WIDTH) < 0.3

    def test_time_runs_from_the_right_in_arabic(self):
        points = [("محرم", 1, 2), ("صفر", 3, 0), ("ربيع", 2, 2)]
        assert charts.trend(points, rtl=True).marks[0][0] > charts.trend(points, rtl=True).marks[-1][0]
        assert charts.trend(points, rtl=False).marks[0][0] < charts.trend(points, rtl=False).marks[-1][0]
