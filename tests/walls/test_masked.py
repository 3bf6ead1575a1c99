"""Who may not see sensitive fields sees none in full, on any page of the desk, and looking leaves a trace."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from silah.beneficiaries.models import Beneficiary
from silah.cases.models import Case
from silah.cases.party_models import CaseParty
from silah.intake.definition import Definition
from silah.intake.models import ServiceRequest
from silah.intake.providing import CHANGEABLE
from silah.intake.workflow import MAIN
from silah.web.access import Permission
from tenants.context import serving
from tenants.database import db
from tests.walls.conftest import EVERYTHING, Browser, Town

DEEDS = ("attest", "refer", "take", "assign", "confirm", "message", "note")


@pytest.fixture(scope="module")
def sensitive(app: Flask, a: Town) -> set[str]:
    """Every national ID, mobile, IBAN and answer marked as sensitive, in each way of writing it."""
    found: set[str] = set()
    with app.app_context(), serving(a.tenant):
        for person in [*db.session.scalars(select(Beneficiary)), *db.session.scalars(select(CaseParty))]:
            found |= {one for one in (person.national_id, person.mobile) if one}
        for request in db.session.scalars(select(ServiceRequest)):
            kept = json.loads(request.answers)
            form = Definition.read(request.revision.definition)
            found |= {str(kept["fields"][f.key]) for f in form.fields if f.is_sensitive and kept["fields"].get(f.key)}
    return {re.sub(r"^\+966", "", one) for one in found if len(one) > 5}


class TestASensitiveField:
    def test_is_masked_on_every_page_to_who_may_not_see_it(
        self, app: Flask, a: Town, probe: Callable[[set[Permission]], Browser], sensitive: set[str]
    ) -> None:
        assert len(sensitive) > 10
        browser, shown = probe(set(Permission) - {Permission.SEE_SENSITIVE_FIELDS}), {}
        for path in pages_of(a):
            answer = browser.get(path)
            assert answer.status_code in (200, 403, 404, 409), path
            plain = re.sub(r"[\s\u200e\u2066-\u2069-]", "", answer.text)
            if seen := {one[:4] for one in sensitive if one in plain}:
                shown[path] = seen
        assert shown == {}

    def test_is_shown_in_full_at_a_wish_that_is_on_record(
        self, app: Flask, a: Town, probe: Callable[[set[Permission]], Browser], sensitive: set[str]
    ) -> None:
        browser, case_id = probe(set(Permission)), a.ids(Case, most=1)[0]

        def looked() -> Any:
            with app.app_context(), serving(a.tenant):
                return db.session.get_one(Case, case_id).head_seq

        before = looked()
        page = browser.post(f"/desk/cases/{case_id}/reveal").text
        assert any(one in page for one in sensitive)
        assert looked() == before + 1

    def test_stays_as_it_is_when_staff_change_what_stands_beside_it(self, app: Flask, a: Town) -> None:
        def kept() -> Any:
            with app.app_context(), serving(a.tenant):
                return json.loads(db.session.get_one(ServiceRequest, case_id).answers)["fields"]

        case_id, key, other = changeable(app, a)
        before, page = kept(), f"/desk/cases/{case_id}/provide"
        browser = a.member(EVERYTHING)
        sent = form_of(browser.get(page).text)
        assert not sent.get(key)
        assert browser.post(page, data={**sent, other: "نص آخر كتبه الموظف"}).status_code == 302
        assert kept() == {**before, other: "نص آخر كتبه الموظف"}
        assert before[key]

    def test_of_a_persons_file_is_on_record_though_the_reader_sees_none_of_their_cases(
        self, app: Flask, a: Town, probe: Callable[[set[Permission]], Browser]
    ) -> None:
        with app.app_context(), serving(a.tenant):
            case = db.session.scalars(select(Case).where(Case.beneficiary_id.is_not(None)).limit(1)).one()
            person, case_id, before = case.beneficiary_id, case.id, case.head_seq
        browser = probe({Permission.SEE_BENEFICIARIES, Permission.SEE_SENSITIVE_FIELDS})
        assert browser.post(f"/desk/beneficiaries/{person}/reveal").status_code == 200
        with app.app_context(), serving(a.tenant):
            assert db.session.get_one(Case, case_id).head_seq == before + 1


def changeable(app: Flask, a: Town) -> tuple[Any, str, str]:
    """A request that may still be changed: its case, a sensitive answer of it, and a text beside that."""
    with app.app_context(), serving(a.tenant):
        for one in db.session.scalars(
            select(ServiceRequest).join(Case).where(Case.state.in_(CHANGEABLE)).order_by(Case.reference)
        ):
            kept, form = json.loads(one.answers)["fields"], Definition.read(one.revision.definition)
            keys = [field.key for field in form.fields if field.is_sensitive and kept.get(field.key)]
            texts = [field.key for field in form.fields if field.kind in ("text", "long_text") and kept.get(field.key)]
            if keys and texts:
                return one.case_id, keys[0], texts[0]
    raise AssertionError("no request of the month can be changed and holds something sensitive")


def form_of(page: str) -> dict[str, str]:
    """What a browser would send of a page without a change."""
    from html import unescape
    from html.parser import HTMLParser

    class Fields(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.sent: dict[str, str] = {}
            self.area = self.select = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = {key: value if value is not None else key for key, value in attrs}
            name, kind = given.get("name", ""), given.get("type", "text")
            if tag == "input" and kind != "file" and (kind not in ("radio", "checkbox") or "checked" in given):
                self.sent[name] = given.get("value", "")
            elif tag == "option" and "selected" in given:
                self.sent[self.select] = given.get("value", "")
            self.area = name if tag == "textarea" else ""
            self.select = name if tag == "select" else self.select

        def handle_endtag(self, tag: str) -> None:
            self.area = "" if tag == "textarea" else self.area

        def handle_data(self, data: str) -> None:
            if self.area:
                self.sent[self.area] = unescape(data).strip()

    fields = Fields()
    fields.feed(page)
    return fields.sent


def pages_of(a: Town) -> list[str]:
    """Every page of the desk about a case or a person; whoever carries a message by telephone needs the number."""
    cases, people = a.ids(Case, most=100), a.ids(Beneficiary, most=100)
    paths = ["/desk/", "/desk/cases?view=all", "/desk/drafts", "/desk/beneficiaries?q=محمد"]
    paths += [f"/desk/cases/{id_}{rest}" for id_ in cases for rest in ("", "/provide")]
    paths += [f"/desk/cases/{cases[0]}/moves/{key}" for key in (*(move.key for move in MAIN), *DEEDS)]
    paths += [f"/desk/beneficiaries/{id_}" for id_ in people]
    return paths
