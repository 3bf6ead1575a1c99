"""The queue's address and its places: what is written into a link is what is read from it."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silah.cases.states import State
from silah.desk import queue_filters
from silah.desk.cursors import Cursor
from silah.desk.filters import PAST, SORTS, VIEWS, Filters, usual_order
from silah.intake.queue_filters import BY_TYPE

queue_filters.register(BY_TYPE)

FILTERS = st.builds(
    Filters,
    view=st.sampled_from(VIEWS),
    state=st.none() | st.sampled_from(list(State)),
    kind=st.none() | st.sampled_from(["request", "complaint"]),
    channel=st.none() | st.sampled_from(["phone", "fax"]),
    branch=st.none() | st.uuids(),
    added=st.just(()) | st.uuids().map(lambda one: ((BY_TYPE.name, str(one)),)),
    q=st.sampled_from(["", "سعد", "R-1448-000001", "٠٥٥", "a & b=c"]),
    sort=st.sampled_from(SORTS),
    descending=st.booleans(),
)


def from_address(query: str) -> Filters:
    from urllib.parse import parse_qsl

    return Filters.read(dict(parse_qsl(query)))


class TestFilters:
    @given(FILTERS)
    def test_an_address_brings_back_its_filters(self, filters: Filters) -> None:
        if filters.view in PAST and filters.sort == "due":
            filters = filters.having(sort="received")
        assert from_address(filters.query()) == filters

    @given(st.dictionaries(st.sampled_from(["view", "state", "sort", "branch", "type", "q", "from"]), st.text()))
    def test_any_address_opens(self, args: dict[str, str]) -> None:
        assert Filters.read(args).view in VIEWS

    def test_urgent_first_among_open_and_newest_first_among_the_rest(self) -> None:
        assert usual_order("open") == ("due", False)
        assert usual_order("ended") == ("received", True)

    def test_another_view_comes_with_its_own_order(self) -> None:
        assert Filters().having(view="all").sort == "received"

    def test_no_clock_runs_in_what_is_over_so_it_is_not_sorted_by_it(self) -> None:
        assert Filters.read({"view": "ended", "sort": "-due"}).sort == "received"


class TestCursors:
    @pytest.mark.parametrize(
        ("sort", "value"),
        [("due", date(9999, 12, 31)), ("received", datetime(2026, 9, 7, 9, 0, 0, 123, UTC)), ("reference", "R-1448-1")],
    )
    def test_a_word_brings_back_its_place(self, sort: str, value: object) -> None:
        place = Cursor(sort, value, uuid4(), backwards=True)
        assert Cursor.read(place.word(), sort) == place

    def test_a_word_of_another_order_is_no_place(self) -> None:
        assert Cursor.read(Cursor("reference", "R", UUID(int=1)).word(), "due") is None

    @given(st.text(max_size=80))
    def test_a_damaged_word_is_no_place(self, word: str) -> None:
        assert Cursor.read(word, "due") is None or word
