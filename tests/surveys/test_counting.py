"""Aggregates that grow with each answer equal a full count, whatever was answered and in whatever batches."""

from collections import Counter
from datetime import date
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from silah.jobs import handlers, runner
from silah.surveys import aggregates, counting, results_presenters, rounds, scores
from silah.surveys.answers import parted, read
from silah.surveys.errors import NotOpen
from silah.surveys.models import SurveyResponse
from tenants.database import db
from tests.surveys.conftest import EVERY_KIND, opened, served, take

KEYS = ("north", "south", "west")
POINT = st.sampled_from(["1", "2", "3", "4", "5"])
ANSWERS = st.fixed_dictionaries(
    {"happy": POINT, "office": st.sampled_from(KEYS)},
    optional={
        "recommend": st.integers(0, 10).map(str),
        "got": st.lists(st.sampled_from(KEYS), unique=True, min_size=1),
        "lines": st.dictionaries(st.sampled_from(KEYS), POINT, min_size=1),
        "order": st.permutations(["1", "2", "3"]).map(lambda places: dict(zip(KEYS, places, strict=True))),
        "times": st.decimals(0, 100, places=2).map(str),
        "day": st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(str),
        "why": st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20),
        "name": st.just("سعاد"),
    },
)
PEOPLE = st.lists(st.tuples(ANSWERS, st.sampled_from(["", "a", "b"])), max_size=12)


def in_full(people):
    counts = {}
    for answers, segment in people:
        held, words = parted(EVERY_KIND, answers)
        counting.add(counts, EVERY_KIND, held, words, segment)
    return counts


class TestAggregates:
    @settings(max_examples=25)
    @given(PEOPLE, PEOPLE)
    def test_of_two_batches_are_those_of_all(self, some, others):
        assert counting.together(in_full(some), in_full(others)) == in_full(some + others)

    @settings(max_examples=25)
    @given(PEOPLE)
    def test_hold_each_answer_once_for_everybody_and_once_for_its_part(self, people):
        counts = in_full(people)
        assert counting.taken_part(counts) == len(people)
        for question, options in counts.items():
            for cells in options.values():
                parts = sum(n for segment, n in cells.items() if segment)
                assert parts <= cells[""], question

    @settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        people=st.lists(st.tuples(ANSWERS, st.sampled_from(["open", "kiosk", "field"])), min_size=1, max_size=9),
        cuts=st.sets(st.integers(0, 8)),
        piece=st.integers(1, 4),
        nameless=st.booleans(),
    )
    def test_in_the_database_equal_a_full_count(self, at_home, people, cuts, piece, nameless):
        """However they came, in whatever pieces they are counted, and though one comes too late or fails midway."""
        found = opened(anonymous=nameless)
        for number, (typed, way) in enumerate(people):
            answers, wrong = read(EVERY_KIND, typed | {"got": typed.get("got", [])})
            assert wrong == {}
            take(found, answers, way=way)
            if number in cuts:
                aggregates.count(found, piece)
                with db.session.begin_nested() as part:
                    aggregates.count(found)
                    part.rollback()
                db.session.refresh(found)
        found.state = "closed"
        while aggregates.finish(found, piece):
            assert aggregates.unfinished(found)
        with pytest.raises(NotOpen):
            take(found, answers)
        assert found.counted == aggregates.in_full(found)
        rows = db.session.scalar(select(func.count()).where(SurveyResponse.round_id == found.id))
        assert counting.taken_part(found.counted) == len(people) == aggregates.responses(found) == rows
        ways = Counter({} if nameless else [way for _typed, way in people])
        assert counting.ways(found.counted) == ways

    def test_of_very_many_are_counted_piece_by_piece(self, serve, home, app, monkeypatch):
        """Each piece is committed: a worker that is killed goes on where it was, and no piece outlasts its time."""
        handlers.load()
        monkeypatch.setattr(aggregates, "AT_ONCE", 2)
        monkeypatch.setattr(aggregates, "finish", partial(aggregates.finish, most=2))
        with serve(home):
            found = opened()
            for _ in range(5):
                take(found, {"happy": "4", "office": "north"})
            rounds.close(found)
            db.session.commit()
            key = str(found.id)
        seen = []
        for _ in range(3):
            with app.app_context():
                assert runner.work(home.role, rounds.COUNT, key)
            with serve(home):
                found = rounds.get(key)
                seen.append((counting.taken_part(found.counted), results_presenters.waits(found)))
                assert aggregates.responses(found) == 5
        assert seen == [(2, True), (4, True), (5, False)]
        with serve(home):
            assert rounds.get(key).counted == aggregates.in_full(rounds.get(key))

    def test_of_an_anonymous_round_are_told_apart_by_nothing(self, at_home):
        found = opened(rule=served(), split="branch")
        assert found.split == ""
        counts = {}
        counting.add(counts, EVERY_KIND, {"happy": "4", "office": "north"}, [], "")
        assert {segment for options in counts.values() for cells in options.values() for segment in cells} == {""}


CELLS = {"*": 10, "1": 1, "2": 1, "3": 2, "4": 3, "5": 3}


class TestScores:
    def test_csat_is_the_share_of_four_and_five(self):
        assert scores.score("csat", CELLS, "12345").value == pytest.approx(0.6)

    def test_ces_is_the_mean(self):
        assert scores.score("ces", CELLS, "12345").value == pytest.approx(3.6)

    def test_nps_is_promoters_less_detractors(self):
        cells = {"10": 3, "9": 2, "8": 2, "7": 1, "6": 1, "0": 1}
        found = scores.score("nps", cells, [str(n) for n in range(11)])
        assert (found.value, found.n) == (pytest.approx(30), 10)

    @given(st.dictionaries(st.sampled_from("12345"), st.integers(0, 50)))
    def test_stay_within_their_bounds(self, cells):
        found = scores.score("csat", cells, "12345")
        assert (found is None) == (not sum(cells.values()))
        assert found is None or 0 <= found.value <= 1

    def test_of_nobody_there_is_none(self):
        assert scores.score("nps", {}, ["0", "10"]) is None
        assert scores.mean({}, "12345") is None
