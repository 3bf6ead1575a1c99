"""Within one association: who sees the cases of their own branch finds nothing of another's, by any address."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from silah.cases.models import Case, CaseDocument, Referral
from silah.notifications.models import OutboxMessage
from silah.organisation.models import BranchOffice
from silah.web.access import Permission
from tenants.context import serving
from tenants.database import db
from tests.walls import catalogue
from tests.walls.conftest import Browser, Town


@pytest.fixture
def elsewhere(app: Flask, a: Town) -> Iterator[dict[Any, list[UUID]]]:
    """Every case of A belongs to a branch office in which the attacker does not work; ids of what hangs on them."""
    with app.app_context(), serving(a.tenant):
        office = BranchOffice(name_ar="فرع بعيد", name_en="Elsewhere")
        db.session.add(office)
        db.session.flush()
        before = {row.id: row.branch_id for row in db.session.execute(select(Case.id, Case.branch_id))}
        db.session.execute(update(Case).values(branch_id=office.id))
        db.session.commit()
    yield {model: a.ids(model, most=3) for model in (Case, Referral, OutboxMessage)}
    with app.app_context(), serving(a.tenant):
        for case_id, branch_id in before.items():
            db.session.execute(update(Case).where(Case.id == case_id).values(branch_id=branch_id))
        db.session.commit()


@pytest.fixture
def clerk(probe: Callable[[set[Permission]], Browser]) -> Browser:
    """Somebody who may do everything, to the cases of their own branch."""
    everywhere = {
        Permission.SEE_ALL_CASES,
        Permission.ANSWER_INQUIRIES,
        Permission.ANSWER_COMPLAINTS,
        Permission.OVERSEE_COMPLAINTS,
        Permission.BIND_ASSOCIATION,
    }
    return probe(set(Permission) - everywhere)


class TestAnotherBranch:
    def test_is_out_of_reach_of_every_route_about_a_case(
        self, app: Flask, clerk: Browser, elsewhere: dict[Any, list[UUID]]
    ) -> None:
        opened = []
        for rule in catalogue.rules(app):
            named = catalogue.ids(rule)
            if not rule.rule.startswith("/desk/") or not set(named.values()) & set(elsewhere):
                continue
            for words in catalogue.words(rule):
                values = {name: elsewhere[model][0] for name, model in named.items()}
                for method, path in catalogue.calls(app, rule, {**words, **values}):
                    if (status := clerk.open(path, method=method).status_code) != 404:
                        opened.append(f"{method} {path}: {status}")
        assert opened == []

    def test_keeps_its_papers(self, a: Town, clerk: Browser, elsewhere: dict[Any, list[UUID]]) -> None:
        with a.app.app_context(), serving(a.tenant):
            files = db.session.scalars(select(CaseDocument.file_id).limit(20)).all()
        assert {clerk.get(f"/documents/{one}").status_code for one in files} == {404}

    def test_is_in_no_list(self, a: Town, clerk: Browser, elsewhere: dict[Any, list[UUID]]) -> None:
        with a.app.app_context(), serving(a.tenant):
            rows = db.session.execute(
                select(Case.id, Case.reference, Case.beneficiary_id).where(Case.beneficiary_id.is_not(None))
            ).all()
        paths = [
            "/desk/",
            "/desk/cases?view=all",
            "/desk/cases?view=ended",
            "/desk/letters",
            f"/desk/cases?q={rows[0].reference}",
        ]
        paths += [f"/desk/beneficiaries/{row.beneficiary_id}" for row in rows[:5]]
        for path in paths:
            answer = clerk.get(path)
            assert answer.status_code == 200, path
            listed = [row.id for row in rows if f"/desk/cases/{row.id}" in answer.text]
            assert (path, listed) == (path, [])

    def test_is_not_counted(self, a: Town, clerk: Browser, elsewhere: dict[Any, list[UUID]]) -> None:
        page = clerk.get("/desk/cases?view=all").text
        assert "R-14" not in page
