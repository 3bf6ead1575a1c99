"""An association whose administrators edit its policy through pages."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tenants.context import Tenant, serving
from tenants.database import db
from tenants.policy import Policy
from tenants.versions import PolicyVersion

MONDAY = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
Sent = dict[str, list[str]]


class Form(HTMLParser):
    """Reads what the form with the id "edit" would send, and its buttons."""

    def read(self, page: str) -> Sent:
        self.sent: Sent = {}
        self.deeds: list[str] = []
        self.inside, self.area, self.select = False, "", ""
        self.feed(page)
        return self.sent

    def put(self, name: str, value: str) -> None:
        self.sent.setdefault(name, []).append(value)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        given = dict(pairs)
        name = given.get("name") or ""
        if tag == "form":
            self.inside = given.get("id") == "edit"
        if not self.inside:
            return
        if tag == "input" and name and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self.put(name, given.get("value") or "")
        elif tag == "textarea":
            self.area = name
            self.put(name, "")
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given:
            self.put(self.select, given.get("value") or "")
        elif tag == "button" and name == "deed":
            self.deeds.append(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.inside and self.area:
            self.sent[self.area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "form":
            self.inside = False


class Chancery:
    """Where an association's policy is kept: its pages, in the browsers of those who hold roles."""

    def __init__(self, app: Flask, tenant: Tenant, signed_in: Any) -> None:
        self.app, self.tenant, self._signed_in = app, tenant, signed_in
        self._desks: dict[str, Any] = {}

    def desk(self, role: str = "administrator") -> Any:
        if role not in self._desks:
            self._desks[role] = self._signed_in(self.tenant, role)
            self._desks[role].get("/?lang=en")
        return self._desks[role]

    def serve(self) -> Any:
        from contextlib import ExitStack

        stack = ExitStack()
        stack.enter_context(self.app.app_context())
        stack.enter_context(serving(self.tenant))
        return stack

    def draft(self) -> UUID:
        """A draft that has just begun."""
        answer = self.desk().post("/admin/policy/drafts")
        return UUID(answer.headers["Location"].rsplit("/", 1)[-1])

    def policy(self, version: UUID) -> Policy:
        with self.serve():
            return db.session.get_one(PolicyVersion, version).policy

    def state(self, version: UUID) -> str:
        with self.serve():
            return db.session.get_one(PolicyVersion, version).state

    def in_force(self) -> UUID:
        with self.serve():
            found = db.session.scalars(select(PolicyVersion.id).where(PolicyVersion.state == "in_force")).one()
            return found

    def form(self, address: str) -> Sent:
        answer = self.desk().get(address)
        assert answer.status_code == 200, answer.text
        return Form().read(answer.text)

    def press(self, address: str, sent: Sent, deed: str) -> Sent:
        """Press a button that changes the page only, and give what the page would send then."""
        answer = self.desk().post(address, data={**sent, "deed": deed})
        assert answer.status_code == 200, answer.text
        return Form().read(answer.text)

    def save(self, address: str, sent: Sent, status: int = 302) -> Any:
        answer = self.desk().post(address, data={**sent, "deed": "save"})
        assert answer.status_code == status, re.sub(r"<[^>]+>", " ", answer.text)[:3000]
        return answer


@pytest.fixture
def monday(clock: Callable[[datetime], None]) -> datetime:
    clock(MONDAY)
    return MONDAY


@pytest.fixture
def chancery(app: Flask, make_association: Any, signed_in: Any, monday: datetime) -> Callable[..., Chancery]:
    def make(blueprint: str = "madinah-centers") -> Chancery:
        return Chancery(app, make_association(blueprint=blueprint), signed_in)

    return make
