"""A blueprint that changes gets its next version, so that associations are offered what changed."""

import pytest

from tenants.blueprints import Blueprint, load, names
from tenants.blueprints.recording import mark, recorded, used, wrong
from tenants.texts import Text


@pytest.fixture
def one() -> Blueprint:
    return load("madinah-centers").model_copy(update={"version": 1})


def reworded(one: Blueprint) -> Blueprint:
    policy = one.policy.model_copy(update={"title": Text(ar="سياسة أخرى", en="Another policy")})
    return one.model_copy(update={"policy": policy})


@pytest.mark.parametrize("name", names())
def test_what_each_version_held_is_on_record(name: str) -> None:
    assert wrong(load(name), recorded()) is None


class TestTheGuard:
    def test_finds_a_change_without_a_new_version_and_says_what_to_do(self, one: Blueprint) -> None:
        said = wrong(reworded(one), {one.name: {"1": mark(one)}})
        assert said
        assert "version = 2" in said
        assert "python -m tenants.blueprints.recording" in said

    def test_asks_for_a_new_version_to_be_recorded(self, one: Blueprint) -> None:
        newer = reworded(one).model_copy(update={"version": 2})
        marks = {one.name: {"1": mark(one)}}
        said = wrong(newer, marks)
        assert said
        assert "not on record yet" in said
        assert not used(newer, marks)

    def test_takes_no_version_that_is_older_than_the_newest(self, one: Blueprint) -> None:
        assert used(reworded(one), {one.name: {"1": mark(reworded(one)) + "0", "2": "other"}})

    def test_counts_all_that_an_association_is_furnished_with(self, one: Blueprint) -> None:
        assert mark(one.model_copy(update={"roles": one.roles[:-1]})) != mark(one)
        assert mark(one.model_copy(update={"version": 7})) == mark(one)
