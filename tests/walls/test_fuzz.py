"""No request breaks the server: a walk over every route with hostile values ends without an error of ours.

It walks with one connection to the database in all: a request that took a second one would fail.

`python -m tests.fuzz --requests N --seed S` walks further.
"""

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from silah import clock
from silah.config import Settings
from silah.demo import people
from silah.organisation.models import Membership
from silah.staff import second_factor, service
from tenants.context import Tenant, serving
from tenants.database import db
from tests.conftest import BASE
from tests.fuzz.walk import Actor, Walk
from tests.one_connection import app_with_one_connection
from tests.walls.conftest import EVERYTHING, Browser, Town, raise_towns
from tests.walls.conftest import PASSWORD as TOWN_PASSWORD

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "700"))
SEED = int(os.environ.get("FUZZ_SEED", "9"))
OFFICER, ADMINISTRATOR = "relations_officer", "administrator"
OPERATOR, PASSWORD = "fuzz-operator@silah.test", "operator password 1"


@pytest.fixture(scope="module")
def narrow(app: Flask, settings: Settings) -> Iterator[Flask]:
    """A process of the application with one connection, which answers errors rather than raising them."""
    with app_with_one_connection(settings) as made:
        yield made


@pytest.fixture(scope="module")
def town(app: Flask, narrow: Flask, make_association: Callable[..., Tenant]) -> Town:
    """An association of this walk alone, which may leave anything behind in it."""
    (town,) = raise_towns(app, make_association, "hayat-arar")
    return replace(town, app=narrow)


@pytest.fixture(scope="module")
def actors(app: Flask, narrow: Flask, town: Town, make_association: Callable[..., Tenant]) -> list[Actor]:
    """Who walks: a visitor, an officer, an administrator, somebody who may do everything, the operator."""
    other = Town(app, make_association())  # which the operator may suspend
    with app.app_context():
        service.choose_password(service.ensure(OPERATOR, "مشغل", operator=True).id, PASSWORD)

    def operator() -> Any:
        browser = Browser(narrow, narrow.response_class, use_cookies=True)
        assert browser.post("/sign-in", data={"email": OPERATOR, "password": PASSWORD}).status_code == 302
        return browser

    def kept(place: Town) -> Callable[[Any], list[Any]]:
        known: dict[Any, list[Any]] = {}

        def ids(model: Any) -> list[Any]:
            if model not in known:
                known[model] = [place.tenant.id] if model.__name__ == "Association" else place.ids(model, most=8)
            return known[model]

        return ids

    def seat(role: str) -> Callable[[], Any]:
        return lambda: (restore(app, town, role), town.newcomer(role))[1]

    def everything() -> Any:
        restore(app, town, EVERYTHING)
        return town.insider()

    return [
        Actor("visitor", town.visitor, kept(town)),
        Actor("officer", seat(OFFICER), kept(town)),
        Actor("administrator", seat(ADMINISTRATOR), kept(town)),
        Actor("everything", everything, kept(town)),
        Actor(f"operator at {BASE}", operator, kept(other)),
    ]


def restore(app: Flask, town: Town, role: str) -> None:
    """Give a member of staff their place and password again, which others on the walk may have taken."""
    email = people.address(role, town.tenant.slug)
    with app.app_context():
        person = service.ensure(email, role)
        service.resume(person.id)
        service.choose_password(person.id, TOWN_PASSWORD)
        second_factor.remove(person.id)
        with serving(town.tenant):
            member = db.session.scalars(select(Membership).where(Membership.account_id == person.id)).one()
            member.state, member.accepted_at = "active", member.accepted_at or clock.now()
            db.session.commit()


def test_no_request_breaks_the_server(narrow: Flask, actors: list[Actor], caplog: pytest.LogCaptureFixture) -> None:
    walk = Walk(narrow, actors, random.Random(SEED))  # noqa: S311 - no secret
    if report := os.environ.get("FUZZ_REPORT"):
        walk.report = Path(report).write_text
    walk.run(REQUESTS)
    if walk.report:
        walk.report(walk.summary())
    assert not walk.faults, walk.summary()
    assert walk.told[200], "some requests were answered with a page"
    assert [one for one in caplog.records if one.exc_info] == []
