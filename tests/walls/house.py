"""A fresh association in which somebody tries to widen what they may do."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from silah.organisation.models import Membership, Role
from silah.staff import grants, members
from tenants.context import Tenant
from tenants.database import db
from tests.conftest import Browser


class House:
    """A fresh association: browsers by role, and what its database says."""

    def __init__(self, tenant: Tenant, serve: Any, staff: Any, client: Any) -> None:
        self.tenant, self.serve, self.staff, self.client = tenant, serve, staff, client

    def enter(self, role: str) -> tuple[Browser, str]:
        """A browser of a fresh member with this role, and their id."""
        email, password = self.staff(self.tenant, role)
        browser = self.client(self.tenant)
        assert browser.post("/sign-in", data={"email": email, "password": password}).status_code == 302
        return browser, self.member(email)

    def member(self, email: str) -> str:
        with self.serve(self.tenant):
            return str(db.session.scalars(select(Membership.id).where(Membership.email == email)).one())

    def role(self, key: str) -> str:
        with self.serve(self.tenant):
            return str(db.session.scalars(select(Role.id).where(Role.key == key)).one())

    def held(self, id: str) -> set[str]:
        with self.serve(self.tenant):
            return {role.key for role in members.get(UUID(id)).roles}

    def may(self, key: str) -> set[str]:
        with self.serve(self.tenant):
            return set(db.session.scalars(select(Role.permissions).where(Role.key == key)).one())

    def pending(self) -> list[str]:
        with self.serve(self.tenant):
            return [str(one.id) for one in grants.listing()]

    def said(self, *keys: str, **more: Any) -> dict[str, Any]:
        return {"name": "x", "roles": [self.role(key) for key in keys], "locale": "ar", **more}


@pytest.fixture
def house(association: Tenant, serve: Any, staff: Any, client: Any) -> House:
    return House(association, serve, staff, client)


def form_of(*permissions: str) -> dict[str, Any]:
    return {"name_ar": "دور", "name_en": "Some role", "permissions": list(permissions)}
