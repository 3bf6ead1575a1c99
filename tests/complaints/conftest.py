"""Complaints in a real association: members by their roles, a complainant, and complaints as they come."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from silah import clock as time
from silah.cases import timeline
from silah.cases.models import Case
from silah.cases.receipts import ReceivedCase
from silah.cases.workflow import perform
from silah.complaints import receiving
from silah.complaints.receiving import Told
from silah.organisation.models import Membership, Role
from silah.web.access import Member, Permission
from tenants.context import Tenant
from tenants.database import db

MONDAY = datetime(2026, 9, 7, 9, 30, tzinfo=UTC)
PERSON = {
    "relation": "self",
    "name": "هيا بنت منصور العتيبي",
    "national_id": None,
    "mobile": "+966550000077",
    "email": "haya@example.com",
    "reply_channel": "email",
    "locale": "ar",
}


class Office:
    """The association under test, with people in it."""

    def __init__(self, tenant: Tenant) -> None:
        self.tenant = tenant

    def person(self, role: str, name: str = "") -> Membership:
        """A fresh member of staff with this role."""
        held = db.session.scalars(select(Role).where(Role.key == role)).one()
        made = Membership(
            account_id=uuid4(), name=name or f"{role} {uuid4().hex[:6]}", email=f"{uuid4().hex}@silah.test"
        )
        made.state, made.roles = "active", [held]
        db.session.add(made)
        db.session.flush()
        return made

    def member(self, role: str | Membership, name: str = "") -> Member:
        """The same as the session knows them."""
        made = role if isinstance(role, Membership) else self.person(role, name)
        permissions = frozenset(Permission(value) for one in made.roles for value in one.permissions)
        keys = frozenset(one.key for one in made.roles)
        return Member(made.id, made.account_id, made.name, None, permissions, keys, made.branch_id)

    def complain(self, **told: Any) -> ReceivedCase:
        """A complaint about a service, by the website, unless told otherwise."""
        by, channel = told.pop("by", None), told.pop("channel", "website")
        given = {"about": "service", "text": "تأخر تسليم السلة الغذائية", "person": PERSON, **told}
        if given.get("anonymous"):
            given["person"] = {}
        return receiving.submit(Told(**given), by=by, channel=channel)

    def handled(self, by: Member, **told: Any) -> Case:
        """A complaint that was classified."""
        case = self.complain(**told).case
        perform(case, "classify", by, {"topic": "delay", "severity": "medium"})
        return case

    def answered(self, by: Member, finding: str = "upheld", **told: Any) -> Case:
        """A complaint that was answered."""
        case = self.handled(by, **told)
        perform(case, "find", by, {"finding": finding, "findings": "تبيّن التأخر", "answer": "نعتذر، وستصلكم السلة غدًا"})
        perform(case, "answer", by)
        return case

    def verbs(self, case: Case) -> list[str]:
        return [line.verb for line in reversed(timeline.entries(case, for_applicant=False))]


@pytest.fixture(scope="session")
def town(make_association: Any) -> Tenant:
    found: Tenant = make_association(blueprint="samtah-cooperative")
    return found


@pytest.fixture
def office(serve: Any, town: Tenant) -> Iterator[Office]:
    """The association on a Monday; nothing is committed."""
    with serve(town), time.at(MONDAY):
        yield Office(town)
        db.session.rollback()
