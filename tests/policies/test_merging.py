"""Three policies side by side: what a blueprint changed, what the association has, and what taking makes of it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from silah.policies.diff_trees import plain, tree
from silah.policies.merging import Offer, applied, compared, offers, shared
from tenants import blueprints


def laid(base: Any, theirs: Any, ours: Any) -> tuple[Any, list[Offer]]:
    """The association's tree, and what it is offered."""
    first = tree(base)
    own = tree(ours, first)
    return own, offers(first, tree(theirs, first), own)


def merged(base: Any, theirs: Any, ours: Any) -> Any:
    own, offered = laid(base, theirs, ours)
    return plain(applied(own, offered))


def clause(arabic: str, *items: Any) -> Any:
    return {"text": {"ar": arabic, "en": arabic}, "says": {}, "items": list(items)}


def points(*wordings: str) -> Any:
    return {"items": [clause(one) for one in wordings]}


def read(document: Any) -> list[str]:
    return [one["text"]["ar"] for one in document["items"]]


ONE, TWO, THREE = "الترحيب بالمستفيد في مكتب الاستقبال", "الإجابة عن كل سؤال يطرحه", "تسليمه نسخة من السياسة"
LISTS = some.lists(some.sampled_from("abcdefgh"), unique=True)


class TestWhatIsTaken:
    @pytest.mark.parametrize("first", blueprints.NAMES)
    @pytest.mark.parametrize("second", blueprints.NAMES)
    def test_makes_one_blueprint_the_other(self, first: str, second: str) -> None:
        old, new = (shared(blueprints.load(name).policy.document()) for name in (first, second))
        own, offered = laid(old, new, old)
        assert not any(one.conflict for one in offered)
        assert len({one.key for one in offered}) == len(offered)
        assert plain(applied(own, offered)) == new
        assert bool(offered) == (first != second)

    @given(LISTS, LISTS)
    def test_puts_a_list_in_the_blueprints_order(self, old: list[str], new: list[str]) -> None:
        assert merged({"words": old}, {"words": new}, {"words": old}) == {"words": new}

    @given(LISTS, LISTS, LISTS)
    def test_is_not_offered_again(self, old: list[str], new: list[str], own: list[str]) -> None:
        first = tree({"words": old})
        mine, theirs = tree({"words": own}, first), tree({"words": new}, first)
        after = applied(mine, offers(first, theirs, mine))
        moved_on = applied(first, compared(first, theirs, mine))
        assert plain(moved_on) == {"words": new}
        assert offers(moved_on, tree({"words": new}, moved_on), after) == []

    @given(LISTS, LISTS, LISTS)
    def test_leaves_the_associations_own_items(self, old: list[str], new: list[str], own: list[str]) -> None:
        added = set(own) - set(old)
        assert added <= set(merged({"words": old}, {"words": new}, {"words": own})["words"])

    def test_keeps_what_the_association_changed_elsewhere(self) -> None:
        base = {"title": {"ar": "أ", "en": "a"}, "amount": 1, "unit": "weeks"}
        assert merged(base, base | {"amount": 15, "unit": "days"}, base | {"title": {"ar": "ب", "en": "b"}}) == {
            "title": {"ar": "ب", "en": "b"},
            "amount": 15,
            "unit": "days",
        }


class TestClauses:
    def test_a_reworded_one_is_changed_where_it_stands(self) -> None:
        own, (one,) = laid(points(ONE, TWO), points(ONE + " والهاتف", TWO), points(ONE, TWO))
        assert one.how == "changed"
        assert read(plain(applied(own, [one]))) == [ONE + " والهاتف", TWO]

    def test_a_moved_one_is_moved_and_nothing_else(self) -> None:
        own, (one,) = laid(points(ONE, TWO, THREE), points(TWO, THREE, ONE), points(ONE, TWO, THREE))
        assert one.how == "moved"
        assert read(plain(applied(own, [one]))) == [TWO, THREE, ONE]

    def test_one_moved_and_reworded_by_the_association_is_still_itself(self) -> None:
        mine = points(TWO, THREE, ONE + " دائمًا")
        own, (one,) = laid(points(ONE, TWO, THREE), points(ONE + " والهاتف", TWO, THREE), mine)
        assert (one.how, one.conflict) == ("changed", True)
        assert read(plain(applied(own, [one]))) == [TWO, THREE, ONE + " والهاتف"]

    def test_a_removed_one_goes(self) -> None:
        own, (one,) = laid(points(ONE, TWO), points(TWO), points(ONE, TWO, THREE))
        assert (one.how, one.conflict) == ("removed", False)
        assert read(plain(applied(own, [one]))) == [TWO, THREE]

    def test_a_wording_takes_what_it_fixes_along(self) -> None:
        base, theirs = points(ONE), points(ONE + " خلال أسبوع")
        theirs["items"][0]["says"] = {"reply_period.amount": 1}
        own, (one,) = laid(base, theirs, base)
        assert plain(applied(own, [one])) == theirs


class TestConflicts:
    def test_a_place_that_both_changed(self) -> None:
        _own, (one,) = laid({"bound": "floor"}, {"bound": "ceiling"}, {"bound": None})
        assert (one.conflict, one.before, one.ours, one.after) == (
            True,
            {"bound": "floor"},
            {"bound": None},
            {"bound": "ceiling"},
        )

    def test_not_where_both_changed_it_alike(self) -> None:
        assert laid({"bound": "floor"}, {"bound": "ceiling"}, {"bound": "ceiling"})[1] == []

    def test_what_the_blueprint_removes_and_the_association_reworded(self) -> None:
        _own, (one,) = laid(points(ONE, TWO), points(TWO), points(ONE + " دائمًا", TWO))
        assert (one.how, one.conflict) == ("removed", True)

    def test_what_the_association_removed_and_the_blueprint_rewords(self) -> None:
        own, (one,) = laid(points(ONE, TWO), points(ONE + " والهاتف", TWO), points(TWO))
        assert (one.how, one.conflict) == ("added", True)
        assert read(plain(applied(own, [one]))) == [ONE + " والهاتف", TWO]

    def test_what_both_moved(self) -> None:
        _own, offered = laid({"words": list("abc")}, {"words": list("bca")}, {"words": list("bac")})
        assert [(one.how, one.item, one.conflict) for one in offered] == [("moved", "a", True)]

    def test_a_part_that_the_association_dropped_and_the_blueprint_changed(self) -> None:
        base = {"scope": {"exempt": False, "binds": ["staff"]}}
        theirs = {"scope": {"exempt": True, "binds": ["staff"]}}
        own, (one,) = laid(base, theirs, {"scope": None})
        assert one.conflict
        assert plain(applied(own, [one])) == theirs


def test_names_and_dates_of_the_association_are_no_part_of_it() -> None:
    document = blueprints.load("nobough-talents").policy.document()
    kept = shared(document)
    assert document["control"]["board"]
    assert "board" not in kept["control"]
    assert "name" not in kept["identity"]
    assert "chain" in kept["control"]
