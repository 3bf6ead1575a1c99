"""Between which bounds figures lie: worked cases from the literature and by hand, and what always holds."""

from collections import Counter
from math import sqrt
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silah.surveys import scores
from silah.surveys.scores import Interval

FIVE, ELEVEN = "12345", [str(point) for point in range(11)]
OF_FIVE = st.lists(st.integers(0, 60), min_size=5, max_size=5).filter(any)
OF_ELEVEN = st.lists(st.integers(0, 60), min_size=11, max_size=11).filter(any)


def near(low, high):
    return pytest.approx((low, high), abs=0.0005)


def ends(found):
    return found.low, found.high


def cells(amounts, scale):
    return dict(zip(scale, amounts, strict=True))


class TestWilson:
    @pytest.mark.parametrize(
        ("chosen", "n", "bounds"),
        [
            (81, 263, (0.2553, 0.3662)),  # Newcombe 1998, table I
            (15, 148, (0.0624, 0.1605)),  # the same
            (0, 20, (0.0, 0.1611)),  # the same
            (1, 29, (0.0061, 0.1718)),  # the same
            (4, 5, (0.3755, 0.9638)),
            (5, 5, (0.5655, 1.0)),
        ],
    )
    def test_gives_what_is_published(self, chosen, n, bounds):
        assert ends(scores.share_interval(chosen, n)) == near(*bounds)

    @given(st.integers(1, 5000), st.data())
    def test_holds_the_share_within_0_and_1(self, n, data):
        chosen = data.draw(st.integers(0, n))
        found = scores.share_interval(chosen, n)
        assert 0 <= found.low <= chosen / n <= found.high <= 1
        assert found.low < found.high, "no number of answers makes a share certain"

    @given(st.integers(1, 500), st.integers(2, 20), st.data())
    def test_is_narrower_of_more_answers(self, n, times, data):
        chosen = data.draw(st.integers(0, n))
        few, many = scores.share_interval(chosen, n), scores.share_interval(times * chosen, times * n)
        assert many.high - many.low < few.high - few.low

    @given(st.integers(1, 500), st.data())
    def test_of_the_others_is_its_mirror(self, n, data):
        chosen = data.draw(st.integers(0, n))
        one, other = scores.share_interval(chosen, n), scores.share_interval(n - chosen, n)
        assert ends(one) == pytest.approx((1 - other.high, 1 - other.low))


class TestOfNps:
    def test_is_the_adjusted_wald_interval(self):
        up, down, n = (19 + 0.75) / 39, (8 + 0.75) / 39, 39
        half = 1.959964 * sqrt((up + down - (up - down) ** 2) / n)
        assert ends(scores.nps_interval(19, 8, 36)) == near(100 * (up - down - half), 100 * (up - down + half))
        assert ends(scores.nps_interval(19, 8, 36)) == near(2.8784, 53.5318)

    @given(OF_ELEVEN)
    def test_holds_the_figure_within_its_ends(self, amounts):
        found = scores.score("nps", cells(amounts, ELEVEN), ELEVEN)
        if found.n >= 5:
            assert -100 <= found.within.low <= found.value <= found.within.high <= 100
            assert found.within.low < found.within.high


class TestOfAMean:
    def test_is_students(self):
        """5 answers 3, 4, 4, 5, 4: mean 4, deviation √0.5, t of 4 degrees 2.7764."""
        half = 2.7764 * sqrt(0.5 / 5)
        assert ends(scores.points_interval({"3": 1, "4": 3, "5": 1}, FIVE)) == near(4 - half, 4 + half)
        assert ends(scores.mean_interval(20, 82, 5)) == near(4 - half, 4 + half)

    @pytest.mark.parametrize(
        ("freedom", "value"),
        [(1, 12.7062), (4, 2.7764), (5, 2.5706), (9, 2.2622), (20, 2.0860), (60, 2.0003), (1000, 1.9623)],
    )
    def test_takes_the_value_that_the_tables_give(self, freedom, value):
        assert scores.student(freedom) == pytest.approx(value, abs=0.0005)

    @pytest.mark.parametrize("amounts", [{"5": 12}, {"3": 1}, {}])
    def test_is_not_told_where_nothing_spreads(self, amounts):
        assert scores.points_interval(amounts, FIVE) is None

    @given(OF_FIVE)
    def test_holds_the_mean_within_the_scale(self, amounts):
        held = cells(amounts, FIVE)
        found = scores.points_interval(held, FIVE)
        if found is not None:
            assert 1 <= found.low <= scores.mean(held, FIVE) <= found.high <= 5

    @given(OF_FIVE)
    def test_mirrors_with_the_scale(self, amounts):
        one, other = (
            scores.points_interval(cells(amounts, FIVE), FIVE),
            scores.points_interval(cells(amounts[::-1], FIVE), FIVE),
        )
        assert (one is None) == (other is None)
        if one is not None:
            assert ends(one) == pytest.approx((6 - other.high, 6 - other.low))


def test_every_figure_carries_its_bounds():
    held = {"1": 1, "2": 1, "3": 2, "4": 3, "5": 3}
    assert ends(scores.score("csat", held, FIVE).within) == near(0.3127, 0.8318)
    assert scores.score("ces", held, FIVE).within == scores.points_interval(held, FIVE)
    assert isinstance(scores.score("nps", {"10": 5}, ELEVEN).within, Interval)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60))
def test_of_raw_answers_nps_and_its_bounds_are_those_of_the_sample_with_three_answers_more(points):
    """Worked out once more from the answers themselves: each counts 1, 0 or −1, and three more spread the sample."""
    found = scores.score("nps", Counter(map(str, points)), ELEVEN)
    worth = [1 if point >= 9 else -1 if point <= 6 else 0 for point in points]
    assert found.value == pytest.approx(100 * sum(worth) / len(worth))
    whole = len(worth) + 3
    middle = sum(worth) / whole
    spread = (sum(one * one for one in worth) + 1.5) / whole - middle**2
    half = 1.959964 * sqrt(spread / whole)
    assert ends(found.within) == near(100 * max(middle - half, -1), 100 * min(middle + half, 1))


@given(st.lists(st.integers(1, 5), min_size=2, max_size=5))
def test_of_raw_answers_csat_and_ces_are_those_of_the_books(points):
    held = Counter(map(str, points))
    csat, ces = scores.score("csat", held, FIVE), scores.score("ces", held, FIVE)
    assert csat.value == pytest.approx(sum(point >= 4 for point in points) / len(points))
    p, n, squared = csat.value, len(points), 1.959964**2
    for bound in {csat.within.low, csat.within.high} - {0.0, 1.0}:
        assert (p - bound) ** 2 == pytest.approx(squared * bound * (1 - bound) / n), "Wilson's equation"
    assert ces.value == pytest.approx(fmean(points))
    if len(held) > 1:
        half = {2: 12.7062, 3: 4.3027, 4: 3.1824, 5: 2.7764}[n] * stdev(points) / sqrt(n)
        assert ends(ces.within) == near(max(ces.value - half, 1), min(ces.value + half, 5))
