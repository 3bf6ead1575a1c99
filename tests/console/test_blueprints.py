"""Which associations have not decided about the newest version of their blueprint, as the operator sees it."""

from typing import Any

import pytest

from tests.policies.offering import FORTNIGHT, NAME, WEEK, Improve, improve

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
        assert "Version 1, 2 is not decided" in page
        assert "Version 1, 2 is not decided" in operator.get(f"/console/associations/{association.id}").text
