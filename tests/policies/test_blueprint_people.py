"""Who decides about the blueprint: two administrators at once, those who may not, and the operator who sees it."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from silah import clock
from silah.jobs import handlers
from silah.jobs.runner import work
from silah.policies import blueprint
from tenants.context import PLATFORM, serving
from tenants.database import db
from tenants.registry import Association
from tenants.versions import PolicyVersion
from tests.policies.conftest import MONDAY
from tests.policies.offering import (  # fmt: skip
    ELECTRONIC,
    FIRST,
    FORTNIGHT,
    NAME,
    PAGE,
    WEEK,
    Improve,
    improve,
    look,
    mark,
    offered,
    send,
)

__all__ = ["improve"]


@pytest.fixture
def place(chancery: Any) -> Any:
    return chancery(NAME)


class TestTwoAdministrators:
    def test_the_second_is_shown_what_the_first_decided(self, place: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT), (ELECTRONIC, ""))
        page = look(place)
        keys = offered(page)
        (period,) = [where for where in keys if where.startswith("Reply period")]
        send(place, {period: "leave"})
        other = next(key for where, key in keys.items() if where != period)
        answer = place.desk().post(PAGE, data={"seen": mark(page), f"c-{keys[period]}": "take", f"c-{other}": "take"})
        assert answer.status_code == 409
        assert re.search(rf'name="c-{other}" value="take" checked', answer.text), "what was chosen is kept"
        with place.serve():
            assert [one.state for one in db.session.scalars(select(PolicyVersion))] == ["in_force"]

    def test_at_the_same_moment_one_of_them_decides(self, place: Any, improve: Improve, signed_in: Any) -> None:
        improve((WEEK, FORTNIGHT))
        sent = {"deed": "take_all", "seen": mark(look(place))}
        desks = [place.desk(), signed_in(place.tenant, "administrator")]

        def send(desk: Any) -> int:
            with clock.at(MONDAY):  # a thread knows no time but the real one
                return int(desk.post(PAGE, data=sent).status_code)

        with ThreadPoolExecutor(2) as both:
            answers = list(both.map(send, desks))
        assert sorted(answers) == [302, 409]
        with place.serve():
            states = [one.state for one in db.session.scalars(select(PolicyVersion))]
        assert sorted(states) == ["draft", "in_force"]

    def test_a_draft_changed_meanwhile_counts_too(self, place: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT))
        draft = place.draft()
        page = look(place)
        address = f"/admin/policy/{draft}/identity"
        place.save(address, place.form(address) | {"title.en": ["Another"]})
        assert place.desk().post(PAGE, data={"deed": "take_all", "seen": mark(page)}).status_code == 409

    def test_a_place_that_is_not_offered_is_refused(self, place: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT))
        seen = mark(look(place))
        for forged in ("0" * 16, "control", "../identity"):
            answer = place.desk().post(PAGE, data={"seen": seen, f"c-{forged}": "take"})
            assert answer.status_code == 404, forged
        assert len(offered(look(place))) == 1

    def test_nothing_chosen_decides_nothing(self, place: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT))
        page = look(place)
        (key,) = offered(page).values()
        assert place.desk().post(PAGE, data={"seen": mark(page), f"c-{key}": "later"}).status_code == 302
        assert len(offered(look(place))) == 1

    def test_who_may_not_edit_the_policy_sees_nothing_of_it(self, place: Any) -> None:
        assert place.desk("relations_officer").get(PAGE).status_code == 403


class TestTheOperator:
    def version(self, place: Any) -> int:
        with place.app.app_context(), serving(PLATFORM):
            return db.session.get_one(Association, place.tenant.id).blueprint_version

    def test_learns_that_everything_is_decided_by_due_work(self, place: Any, improve: Improve, app: Flask) -> None:
        handlers.load()
        improve((WEEK, FORTNIGHT))
        assert self.version(place) == FIRST
        place.desk().post(PAGE, data={"deed": "leave_all", "seen": mark(look(place))})
        with app.app_context():
            assert work(place.tenant.role, blueprint.STANDING, "standing")
        assert self.version(place) == FIRST + 1

    def test_an_association_made_of_it_begins_with_the_newest(self, chancery: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT))
        place = chancery(NAME)
        assert self.version(place) == FIRST + 1
        assert "There is nothing new" in look(place)
