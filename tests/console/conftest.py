"""The operator in a browser at the platform's own host."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from silah.console import making
from silah.jobs import handlers, runner
from silah.staff import service, session_validity
from tenants.database import db
from tenants.registry import DueWork
from tests.jobs.settling import settle_owed_work


@pytest.fixture
def operator(app: Any, client: Callable[..., Any]) -> Any:
    """A browser in which a fresh operator has signed in."""
    session_validity.forget()
    email, password = f"operator-{secrets.token_hex(6)}@silah.test", "operator password 1"
    with app.app_context():
        person = service.ensure(email, "مشغل المنصة", operator=True)
        service.choose_password(person.id, password)
    browser = client()
    browser.environ_base["REMOTE_ADDR"] = f"10.{secrets.randbelow(250)}.{secrets.randbelow(250)}.1"
    answer = browser.post("/sign-in", data={"email": email, "password": password})
    assert answer.location == "/console/associations", answer.text
    return browser


@pytest.fixture
def make_what_is_owed(app: Any, serve: Any) -> Callable[[], int]:
    """Do what the platform owes since the test began, as a worker would, and say how much of it came out well."""
    handlers.load()
    settle_owed_work(app)

    def work() -> int:
        with serve():
            open_ = (DueWork.tenant == "platform", DueWork.kind == making.KIND, DueWork.done_at.is_(None))
            keys = db.session.scalars(select(DueWork.key).where(*open_)).all()
        with app.app_context():
            return sum(runner.work("platform", making.KIND, key) for key in keys)

    return work
