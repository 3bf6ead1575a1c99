"""How many cases are open under each version, and which channels are in use: right, and found by an index."""

from typing import Any

import pytest
from psycopg2.sql import SQL, Identifier
from sqlalchemy import event, text

from silah.cases.states import State
from silah.policies import service
from tenants import provisioning
from tenants.database import db, installation
from tests.benchmarks.bulk import multiply
from tests.cases.conftest import bare_case


def plan(ask: Any) -> str:
    """How the server answers a question."""
    asked: list[tuple[str, Any]] = []

    def note(conn: Any, cursor: Any, sql: str, values: Any, *rest: Any) -> None:
        asked.append((sql, values))

    db.session.execute(text("SELECT 1"))
    event.listen(db.engine, "after_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(db.engine, "after_cursor_execute", note)
    ((sql, values),) = asked
    with db.session.connection().connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + sql, values)
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.fixture
def crowded(chancery: Any) -> Any:
    """An association with so many cases that reading them all is the dearer way."""
    place = chancery()
    with place.serve():
        bare_case()
        multiply(3_000)
        db.session.execute(text("SET LOCAL synchronous_commit = on"))  # what is not written yet, VACUUM leaves alone
        bare_case()
        db.session.commit()
        with provisioning.owner_connection(installation()) as owner, owner.cursor() as cursor:
            cursor.execute(SQL('VACUUM ANALYZE {}."case"').format(Identifier(place.tenant.role)))
    return place


class TestOpenCases:
    def test_are_counted_under_their_version_until_they_end(self, chancery: Any) -> None:
        place = chancery()
        with place.serve():
            for state in State:
                bare_case(state=state)
            db.session.commit()
        standing = place.in_force()
        with place.serve():
            assert service.open_cases() == {standing: len(State) - 2}
        page = place.desk().get("/admin/policy?lang=en").text
        assert f"{len(State) - 2} open cases are handled under it" in page

    def test_are_counted_from_an_index_alone(self, crowded: Any) -> None:
        with crowded.serve():
            assert "Index Only Scan using ix_case_version_state" in plan(service.open_cases)


class TestChannelsInUse:
    def test_are_those_that_a_case_came_by_or_is_answered_by(self, chancery: Any) -> None:
        with chancery().serve():
            bare_case(channel="fax", reply_channel="letter")
            assert service.channels_in_use(["fax", "letter", "phone"]) == {"fax", "letter"}
            assert service.channels_in_use([]) == set()

    def test_are_found_by_indexes(self, crowded: Any) -> None:
        with crowded.serve():
            told = plan(lambda: service.channels_in_use(["fax"]))
        assert "ix_case_channel" in told
        assert "ix_case_reply_channel" in told
