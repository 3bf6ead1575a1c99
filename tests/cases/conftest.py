"""Bare cases for the tests of what every case shares: an association, members, and cases without a module's row."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from silah import clock as time
from silah.cases import clocks, parties, receipts, references, timeline
from silah.cases.models import Case
from silah.organisation.models import Membership, Role
from silah.web.access import Member, Permission
from tenants import versions
from tenants.context import Tenant
from tenants.database import db

MONDAY = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
CODE = "K7QF-M2ZD-9RXW"
PERSON = {"name": "نورة", "mobile": "+966550000001", "email": "noura@example.com"}


def member(role: str, *, branch_id: Any = None) -> Member:
    """A fresh member of staff with this role."""
    held = db.session.scalars(select(Role).where(Role.key == role)).one()
    name = f"{role} {uuid4().hex[:6]}"
    person = Membership(account_id=uuid4(), name=name, email=f"{uuid4().hex}@silah.test", state="active")
    person.roles, person.branch_id = [held], branch_id
    db.session.add(person)
    db.session.flush()
    permissions = frozenset(Permission(value) for value in held.permissions)
    return Member(person.id, person.account_id, name, None, permissions, frozenset({role}), branch_id)


def bare_case(**fields: Any) -> Case:
    """A case received today by the website, from somebody with a mobile and an e-mail."""
    case = Case(
        kind="request",
        reference=references.next_reference("request", time.today()),
        receipt_digest=receipts.digest(CODE),
        version=1,
        title_ar="طلب",
        title_en="Request",
        channel="website",
        reply_channel="email",
        reply_address="noura@example.com",
        locale="ar",
        relation="self",
        received_at=time.now(),
        head_seq=0,
        head_hash="",
    )
    case.policy_version = versions.in_force(time.today())
    case.beneficiary = parties.make("beneficiary", PERSON)
    for key, value in fields.items():
        setattr(case, key, value)
    db.session.add(case)
    db.session.flush()
    timeline.record(case, "received")
    clocks.set_clock(case)
    return case


@pytest.fixture(scope="session")
def tenants_of_cases(make_association: Callable[..., Tenant]) -> dict[str, Tenant]:
    class Made(dict[str, Tenant]):
        def __missing__(self, name: str) -> Tenant:
            self[name] = make_association(blueprint=name)
            return self[name]

    return Made()


@pytest.fixture
def at(serve: Any, tenants_of_cases: dict[str, Tenant]) -> Any:
    """`with at("samtah-cooperative") as tenant:` serves the association on a Monday."""

    @contextmanager
    def served(blueprint: str = "madinah-centers", when: datetime = MONDAY) -> Iterator[Tenant]:
        with serve(tenants_of_cases[blueprint]), time.at(when):
            yield tenants_of_cases[blueprint]

    return served


@pytest.fixture
def here(at: Any) -> Iterator[Tenant]:
    with at() as tenant:
        yield tenant


@pytest.fixture
def new_member() -> Callable[..., Member]:
    return member


@pytest.fixture
def new_case() -> Callable[..., Case]:
    return bare_case
