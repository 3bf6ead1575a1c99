"""The timeline of a case cannot be rewritten by those who serve the association, and whoever else does is found out."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.exc import ProgrammingError

from silah.cases import timeline
from silah.cases.models import Case
from silah.config import Settings
from tenants.context import serving
from tenants.database import db
from tests.walls.conftest import Town

TOUCHES = (
    "UPDATE timeline_entry SET note = 'x'",
    "DELETE FROM timeline_entry",
    "TRUNCATE timeline_entry",
    "INSERT INTO timeline_entry SELECT * FROM timeline_entry ON CONFLICT (case_id, seq) DO UPDATE SET verb = 'x'",
)


@pytest.fixture
def owner(settings: Settings) -> Iterator[Engine]:
    """Somebody with the keys of the database itself."""
    assert settings.owner_url
    engine = create_engine(settings.owner_url)
    yield engine
    engine.dispose()


@pytest.fixture
def case_id(a: Town) -> Any:
    return a.ids(Case, Case.head_seq > 5)[0]


class TestTheTimeline:
    @pytest.mark.parametrize("sql", TOUCHES)
    def test_takes_entries_and_nothing_else(self, app: Flask, a: Town, sql: str) -> None:
        with app.app_context(), serving(a.tenant), pytest.raises(ProgrammingError, match="permission denied"):
            db.session.execute(text(sql))

    def test_cannot_be_locked_away_or_guarded_by_a_trigger(self, app: Flask, a: Town) -> None:
        for sql in (
            "ALTER TABLE timeline_entry DISABLE TRIGGER ALL",
            "CREATE RULE x AS ON INSERT TO timeline_entry DO NOTHING",
        ):
            with app.app_context(), serving(a.tenant), pytest.raises(ProgrammingError, match=r"must be owner"):
                db.session.execute(text(sql))

    @pytest.mark.parametrize(
        ("tampering", "said"),
        [
            (
                'DELETE FROM timeline_entry t USING "case" c WHERE c.id = :id AND case_id = c.id AND seq = head_seq',
                "the last 1 entries are missing",
            ),
            ("DELETE FROM timeline_entry WHERE case_id = :id AND seq = 2", "entry 2 is missing"),
            ("UPDATE timeline_entry SET verb = 'decided' WHERE case_id = :id AND seq = 3", "entry 3 was altered"),
            (
                "UPDATE timeline_entry SET at = at - interval '9 days' WHERE case_id = :id AND seq = 1",
                "entry 1 was altered",
            ),
            (
                "UPDATE timeline_entry SET data = '{}', actor_id = NULL WHERE case_id = :id AND seq = 3",
                "entry 3 was altered",
            ),
        ],
    )
    def test_betrays_whoever_has_the_keys(
        self, app: Flask, a: Town, owner: Engine, case_id: Any, tampering: str, said: str
    ) -> None:
        def found() -> list[str]:
            with app.app_context(), serving(a.tenant):
                return timeline.verify(db.session.get_one(Case, case_id))

        assert found() == []
        role = a.tenant.role
        with owner.begin() as conn:
            conn.execute(text(f"SET LOCAL search_path TO {role}"))
            conn.execute(text("CREATE TABLE kept AS SELECT * FROM timeline_entry"))
            conn.execute(text(tampering), {"id": case_id})
        try:
            assert said in found()
        finally:
            with owner.begin() as conn:
                conn.execute(text(f"SET LOCAL search_path TO {role}"))
                conn.execute(text("DELETE FROM timeline_entry"))
                conn.execute(text("INSERT INTO timeline_entry SELECT * FROM kept"))
                conn.execute(text("DROP TABLE kept"))
        assert found() == []

    def test_of_every_case_is_whole(self, app: Flask, a: Town, b: Town) -> None:
        for town in (a, b):
            with app.app_context(), serving(town.tenant):
                faults = {case.reference: timeline.verify(case) for case in db.session.scalars(select(Case))}
            assert set(map(len, faults.values())) == {0}, faults
