"""People of staff tests: an administrator in a browser, and letters as the outbox holds them."""

import re
import secrets
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from silah import clock as now
from silah.jobs import handlers, runner
from silah.notifications.models import OutboxMessage
from silah.organisation.models import Membership, Role
from silah.staff import service, session_validity
from tenants.context import Tenant
from tenants.database import db
from tenants.registry import DueWork


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    session_validity.forget()


@pytest.fixture
def admin(signed_in: Any, association: Tenant) -> Any:
    """A second administrator of the association, signed in."""
    return signed_in(association, "administrator")


@pytest.fixture
def operator(app: Any, client: Callable[..., Any]) -> Any:
    """A browser at the platform's own host in which a fresh operator has signed in."""
    email, password = f"operator-{secrets.token_hex(6)}@silah.test", "operator password 1"
    with app.app_context():
        service.choose_password(service.ensure(email, "مشغل المنصة", operator=True).id, password)
    browser = client()
    browser.environ_base["REMOTE_ADDR"] = f"10.{secrets.randbelow(250)}.{secrets.randbelow(250)}.2"
    browser.post("/sign-in", data={"email": email, "password": password})
    return browser


@pytest.fixture
def role_id(serve: Any) -> Callable[[Tenant, str], str]:
    def find(tenant: Tenant, key: str) -> str:
        with serve(tenant):
            return str(db.session.scalars(select(Role.id).where(Role.key == key)).one())

    return find


@pytest.fixture
def member_id(serve: Any) -> Callable[[Tenant, str], str]:
    def find(tenant: Tenant, email: str) -> str:
        with serve(tenant):
            return str(db.session.scalars(select(Membership.id).where(Membership.email == email)).one())

    return find


@pytest.fixture
def do_what_is_owed(app: Any, serve: Any) -> Callable[..., int]:
    """Do the association's owed work of one kind, as a worker would, and say how much there was."""

    handlers.load()

    def work(tenant: Tenant, kind: str) -> int:
        with serve():
            due = select(DueWork.key).where(
                DueWork.tenant == tenant.role,
                DueWork.kind == kind,
                DueWork.done_at.is_(None),
                DueWork.due_at <= now.now(),
            )
            keys = db.session.scalars(due).all()
        with app.app_context():
            return sum(runner.work(tenant.role, kind, key) for key in keys)

    return work


@pytest.fixture
def letters(serve: Any) -> Callable[..., list[tuple[str, str]]]:
    """Letters of one template: to whom, and the path of the link in each; the latest last."""

    def read(tenant: Tenant, template: str) -> list[tuple[str, str]]:
        with serve(tenant):
            found = db.session.scalars(
                select(OutboxMessage).where(OutboxMessage.template == template).order_by(OutboxMessage.created_at)
            ).all()
            # The first administrator was invited before anybody else, whichever letter a worker took up first.
            found = sorted(found, key=lambda one: not one.address.startswith("admin-"))
            return [(one.address, _path(one.body)) for one in found]

    return read


def _path(body: str) -> str:
    link = re.search(r"http://[^/\s]+(/(?:invitation|password)/\S+)", body)
    assert link, body
    return link[1]
