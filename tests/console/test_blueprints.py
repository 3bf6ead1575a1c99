"""Which associations have not decided about the newest version of their blueprint, as the operator sees it."""

from typing import Any

import pytest

from tests.policies.offering import FIRST, FORTNIGHT, NAME, WEEK, Improve, improve

__all__ = ["improve"]


@pytest.fixture
def association(make_association: Any) -> Any:
    return make_association(blueprint=NAME)


class TestTheOperator:
    def test_sees_in_the_console_who_is_behind(self, association: Any, improve: Improve, operator: Any) -> None:
        slug = association.slug
        page = operator.get(f"/console/associations?lang=en&undecided=1&q={slug}").text
        assert "No association matches" in page
        improve((WEEK, FORTNIGHT))
        page = operator.get(f"/console/associations?lang=en&undecided=1&q={slug}").text
        assert slug in page
        behind = f"Version {FIRST}, {FIRST + 1} is not decided"
        assert behind in page
        assert behind in operator.get(f"/console/associations/{association.id}").text
