"""How many must attend: whatever the rule and whoever comes, left, or no longer sits."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silah.committees import quorum
from silah.committees.quorum import ABSENT, LEFT, PRESENT, REPRESENTED, Attendance
from tenants.policy_parts import Committee
from tenants.texts import Text


def rule(kind: Any = None, value: float | None = None, **more: Any) -> Committee:
    return Committee(key="body", name=Text(ar="لجنة", en="Body"), quorum=kind, quorum_value=value, **more)


rules = st.one_of(
    st.just(rule()),
    st.just(rule("all")),
    st.integers(1, 12).map(lambda n: rule("number", n)),
    st.floats(0.01, 1).map(lambda share: rule("share", share)),
)
members = st.sets(st.integers(0, 12), max_size=10)
states = st.dictionaries(
    st.integers(0, 12),
    st.builds(Attendance, st.sampled_from([PRESENT, ABSENT, LEFT, REPRESENTED]), st.integers(0, 12) | st.none()),
)


class TestNeeded:
    @pytest.mark.parametrize(
        ("committee", "of", "needed"),
        [
            (rule("all"), 5, 5),
            (rule(), 5, 5),
            (rule("number", 3), 5, 3),
            (rule("number", 3), 2, 3),
            (rule("share", 0.5), 5, 3),
            (rule("share", 0.5), 4, 2),
            (rule("share", 0.6), 5, 3),
            (rule("share", 2 / 3), 6, 4),
            (rule("share", 1), 7, 7),
            (rule("share"), 4, 4),
        ],
    )
    def test_as_each_rule_says(self, committee: Committee, of: int, needed: int) -> None:
        assert quorum.needed(committee, of) == needed

    @given(rules, st.integers(0, 40))
    def test_is_never_nobody(self, committee: Committee, of: int) -> None:
        assert quorum.needed(committee, of) >= 1

    @given(st.floats(0.01, 1), st.integers(1, 40))
    def test_a_share_is_reached_and_not_overshot_by_one(self, share: float, of: int) -> None:
        needed = quorum.needed(rule("share", share), of)
        assert math.floor(share * of) <= needed <= min(of, math.floor(share * of) + 1)


class TestReckoning:
    @given(rules, members, states)
    def test_only_those_who_sit_count(self, committee: Committee, sitting: set[int], came: Any) -> None:
        assert quorum.taking_part(came, sitting, committee) <= sitting

    @given(rules, members, states)
    def test_whoever_comes_never_loses_it(self, committee: Committee, sitting: set[int], came: Any) -> None:
        before = quorum.reckon(came, sitting, committee)
        for one in sitting:
            after = quorum.reckon({**came, one: Attendance(PRESENT)}, sitting, committee)
            assert after.reached or not before.reached

    @given(rules, members)
    def test_all_together_reach_it_unless_it_is_impossible(self, committee: Committee, sitting: set[int]) -> None:
        whole = quorum.reckon({one: Attendance(PRESENT) for one in sitting}, sitting, committee)
        assert whole.reached is (bool(sitting) and not whole.impossible)

    @given(rules, members, states)
    def test_without_proxies_only_presence_in_person_counts(
        self, committee: Committee, sitting: set[int], came: Any
    ) -> None:
        counted = quorum.taking_part(came, sitting, committee)
        assert counted == {one for one in sitting if one in came and came[one].state == PRESENT}

    def test_a_committee_of_nobody_never_decides(self) -> None:
        assert not quorum.reckon({}, frozenset(), rule("number", 1)).reached

    def test_one_who_leaves_may_take_the_quorum_along(self) -> None:
        came = {1: Attendance(PRESENT), 2: Attendance(PRESENT), 3: Attendance(ABSENT)}
        committee = rule("number", 2)
        assert quorum.reckon(came, {1, 2, 3}, committee).reached
        assert not quorum.reckon({**came, 2: Attendance(LEFT)}, {1, 2, 3}, committee).reached
        assert not quorum.reckon(came, {1, 3}, committee).reached, "who no longer sits does not count"


class TestProxies:
    def test_count_only_where_the_policy_allows_them(self) -> None:
        came = {1: Attendance(PRESENT), 2: Attendance(REPRESENTED, 1)}
        assert quorum.reckon(came, {1, 2}, rule("all")).attending == 1
        assert quorum.reckon(came, {1, 2}, rule("all", proxies=True)).attending == 2

    def test_need_a_holder_who_is_there(self) -> None:
        committee = rule("all", proxies=True)
        for holder in (None, 2, 3):
            came = {1: Attendance(PRESENT), 2: Attendance(REPRESENTED, holder), 3: Attendance(LEFT)}
            assert quorum.taking_part(came, {1, 2, 3}, committee) == {1}
