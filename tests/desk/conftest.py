"""Offices under test: each blueprint's association, staff who are signed in, and requests recorded through pages."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import insert, select
from stdnum import luhn

from silah import clock as time
from silah.beneficiaries.models import Beneficiary
from silah.cases.models import Case
from silah.cases.party_models import CaseParty
from silah.documents.sealing import fingerprint
from silah.intake import request_catalogue
from silah.intake.definition import Definition
from silah.language.tokenizer import VERSION, list_tokens, make_name_key
from tenants.context import Tenant, serving
from tenants.database import db
from tenants.versions import PolicyVersion

MONDAY = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
DRAWN = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
ANSWERS: dict[str, Any] = {
    "text": "نص للتجربة",
    "long_text": "شرح الحالة كما رواها مقدم الطلب.",
    "date": "١/٩/١٤٤٧",
    "national_id": "1000000008",
    "mobile": "0551234567",
    "iban": "SA0380000000608010167519",
    "email": "noura@example.com",
    "yes_no": "yes",
}


def national_id(number: int = 1) -> str:
    """A national ID that passes its check digit."""
    body = f"1{number:08d}"
    return body + luhn.calc_check_digit(body)


def png() -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, "PNG")
    return BytesIO(out.getvalue())


def filled(definition: Definition) -> dict[str, Any]:
    """An answer to every question, and a file for every document, as the page sends them."""
    sent: dict[str, Any] = {}
    for field in definition.fields:
        if field.kind in ("number", "money"):
            sent[field.key] = str(field.minimum or field.maximum or 100)
        elif field.kind in ("choice", "choices"):
            sent[field.key] = field.choices[0].value
        else:
            sent[field.key] = ANSWERS[field.kind]
    for document in definition.documents:
        sent[f"{document.key}-file"] = (png(), "صورة.png")
        sent[f"{document.key}-valid_until"] = "1/1/2030"
    return sent


class Sent(HTMLParser):
    """Reads what the form with the id "edit" would send."""

    def read(self, page: str) -> dict[str, str]:
        self.sent: dict[str, str] = {}
        self.inside, self.area, self.select = False, "", ""
        self.feed(page)
        return self.sent

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        given = dict(pairs)
        name = given.get("name") or ""
        if tag == "form":
            self.inside = given.get("id") == "edit"
        elif self.inside and tag == "input" and name:
            if given.get("type") != "checkbox" or "checked" in given:
                self.sent[name] = given.get("value") or ""
        elif self.inside and tag == "textarea":
            self.area, self.sent[name] = name, ""
        elif self.inside and tag == "select":
            self.select, self.sent[name] = name, ""
        elif self.inside and tag == "option" and "selected" in given:
            self.sent[self.select] = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.inside and self.area:
            self.sent[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""


class Office:
    """One association and its staff at their desks."""

    DRAWN = DRAWN

    def __init__(self, app: Flask, tenant: Tenant, staff: Any, client: Any) -> None:
        self.app, self.tenant, self._staff, self._client = app, tenant, staff, client
        self._people: dict[str, tuple[str, str]] = {}
        self._desks: dict[tuple[str, Any], Any] = {}

    def desk(self, role: str) -> Any:
        """The browser of somebody with this role, signed in on the day that it is; the same one all day."""
        key = (role, time.today())
        if key not in self._desks:
            if role not in self._people:
                self._people[role] = self._staff(self.tenant, role)
            email, password = self._people[role]
            browser = self._desks[key] = self._client(self.tenant)
            answer = browser.post("/sign-in", data={"email": email, "password": password})
            assert answer.status_code == 302, answer.text
        return self._desks[key]

    def serve(self) -> Any:
        stack = ExitStack()
        stack.enter_context(self.app.app_context())
        stack.enter_context(serving(self.tenant))
        return stack

    def type(self, index: int = 0) -> tuple[UUID, Definition]:
        with self.serve():
            revision = request_catalogue.offered()[index]
            return revision.id, request_catalogue.definition(revision)

    def person(self, number: int = 1, **changes: str) -> dict[str, str]:
        """The person's part of the form, who is answered by e-mail where the policy allows it."""
        with self.serve():
            means = {one.kind: one.key for one in self.policy.outbound_channels}
        sent = {
            "relation": "self",
            "name": "نورة بنت سعد الحربي",
            "national_id": national_id(number),
            "mobile": f"05512{number:05d}",
            "email": "noura@example.com",
            "reply_channel": means.get("email") or means.get("sms") or next(iter(means.values())),
            "reply_address": "المدينة",
            "locale": "ar",
            "branch": "",
            "identity": "original",
            "identity_paper": "national_id",
        }
        return sent | changes

    @property
    def policy(self) -> Any:
        return db.session.scalars(select(PolicyVersion).where(PolicyVersion.state == "in_force")).one().policy

    @property
    def channel(self) -> str:
        """A channel by which a request comes to a person of the staff."""
        with self.serve():
            return next(one.key for one in self.policy.inbound_channels if one.kind not in ("website", "app"))

    def answers(self) -> dict[str, Any]:
        """An answer to every question of the first type, and its documents."""
        return filled(self.type()[1])

    def printed(self, page: str) -> tuple[str, str]:
        """The reference and the receipt code that a page shows."""
        reference, code = re.findall(r'class="ref" dir="ltr">([A-Z0-9-]+)<', page)[:2]
        return str(reference), str(code)

    def count(self) -> int:
        with self.serve():
            return len(db.session.scalars(select(Case.id)).all())

    def sent_by(self, page: str) -> dict[str, str]:
        """What the form of a page would send as it stands."""
        return Sent().read(page)

    def draft(self, role: str = "relations_officer", index: int = 0) -> str:
        """The address of a draft that has just begun."""
        revision, _definition = self.type(index)
        return str(self.desk(role).post(f"/desk/record/{revision}/start").headers["Location"])

    def record(self, number: int = 1, role: str = "relations_officer", **changes: Any) -> str:
        """A request recorded through the pages; gives the address of its case."""
        _revision, definition = self.type()
        sent = {**self.person(number), **filled(definition), "channel": self.channel, "deed": "send_anyway"} | changes
        post = self.desk(role).post
        answer = post(self.draft(role), data=sent, content_type="multipart/form-data", follow_redirects=True)
        assert answer.status_code == 200, answer.text
        found = re.search(r"/desk/cases/[0-9a-f-]{36}", answer.text)
        assert found, answer.text
        return found[0]

    def case(self, address: str) -> Case:
        found = db.session.get(Case, UUID(address.rsplit("/", 1)[1]))
        assert found is not None
        return found

    def version(self, address: str) -> int:
        with self.serve():
            return int(self.case(address).version)

    def state(self, address: str) -> str:
        with self.serve():
            return str(self.case(address).state)

    def done(self, address: str, role: str, key: str, **data: Any) -> None:
        """A move that must succeed."""
        answer = self.move(address, role, key, **data)
        assert answer.status_code == 302, answer.text
        assert answer.headers["Location"] == address

    def move(self, address: str, role: str, key: str, seen: int | None = None, **data: Any) -> Any:
        """One move through its page, as somebody who has just looked at the case."""
        sent = {"seen": str(self.version(address) if seen is None else seen), **data}
        return self.desk(role).post(f"{address}/moves/{key}", data=sent, content_type="multipart/form-data")


@pytest.fixture(scope="session")
def _offices() -> dict[str, Office]:
    return {}


@pytest.fixture
def office(
    app: Flask, make_association: Callable[..., Tenant], staff: Any, client: Any, _offices: dict[str, Office]
) -> Callable[..., Office]:
    """`office("hayat-arar")` is an association of that blueprint; the same one in every test."""

    def opened(blueprint: str = "madinah-centers") -> Office:
        if blueprint not in _offices:
            _offices[blueprint] = Office(app, make_association(blueprint=blueprint), staff, client)
        return _offices[blueprint]

    return opened


@pytest.fixture
def own_office(app: Flask, association: Tenant, staff: Any, client: Any) -> Office:
    """An association that nobody else uses."""
    return Office(app, association, staff, client)


@pytest.fixture
def monday() -> Iterator[datetime]:
    with time.at(MONDAY):
        yield MONDAY


def people_and_cases(count: int, **given: Any) -> list[UUID]:
    """Insert cases straight into the served association, each of a person of its own; gives their ids."""
    version = db.session.scalars(select(PolicyVersion.id)).first()
    ids = [uuid4() for _ in range(count)]
    named = [{"name": f"سعد {n}", "name_folded": make_name_key(f"سعد {n}")} for n in range(count)]
    db.session.execute(insert(Beneficiary), people := [{"id": uuid4(), **one} for one in named])
    rows = [
        {
            "id": id_,
            "kind": "request",
            "reference": f"R-1448-{n + 500:06d}",
            "receipt_digest": fingerprint(str(n), "receipt"),
            "state": "received",
            "version": 1,
            "title_ar": "طلب",
            "title_en": "Request",
            "channel": "phone",
            "policy_version_id": version,
            "beneficiary_id": person["id"],
            "relation": "self",
            "locale": "ar",
            "reply_channel": "sms",
            "received_at": MONDAY - timedelta(hours=n),
            "head_seq": 0,
            "head_hash": "",
            "search": list_tokens(str(person["name"]), joined=True),
            "search_version": VERSION,
            **{key: value(n) if callable(value) else value for key, value in given.items()},
        }
        for n, (id_, person) in enumerate(zip(ids, people, strict=True))
    ]
    db.session.execute(insert(Case), rows)
    sides = [{**one, "side": "beneficiary", "locale": "ar", "case_id": ids[n]} for n, one in enumerate(named)]
    db.session.execute(insert(CaseParty), sides)
    db.session.commit()
    return ids


@pytest.fixture
def many() -> Callable[..., list[UUID]]:
    """`many(100, state="closed")` puts cases straight into the association that is served."""
    return people_and_cases
