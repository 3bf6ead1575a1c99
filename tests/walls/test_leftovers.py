"""What one association's transaction leaves on a connection does not reach the next one that the connection serves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from silah.config import Settings
from tenants.context import serving
from tenants.database import db
from tests.tenants.conftest import Pair, made_pair, make, pair, run, small, small_app, superuser, whose

__all__ = ["made_pair", "make", "pair", "small", "superuser"]

LEAVINGS: dict[str, tuple[str, str, Any]] = {
    "a prepared statement": ("PREPARE trap AS SELECT 1", "SELECT count(*) FROM pg_prepared_statements", 0),
    "a held cursor": (
        "DECLARE trap CURSOR WITH HOLD FOR SELECT name_en FROM holiday",
        "SELECT count(*) FROM pg_cursors",
        0,
    ),
    "a setting": ("SET TIME ZONE 'Pacific/Apia'", "SELECT current_setting('TimeZone') = 'Pacific/Apia'", False),
    "a setting of its own": (
        "SET trap.word TO 'read me'",
        "SELECT coalesce(current_setting('trap.word', true), '')",
        "",
    ),
    "a way of writing dates": ("SET datestyle TO 'German'", "SELECT DATE '2026-09-23'::text", "2026-09-23"),
    "a limit": ("SET statement_timeout TO 12345", "SELECT current_setting('statement_timeout')", "15s"),
    "transactions that only read": (
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
        "SELECT current_setting('transaction_read_only') || current_setting('default_transaction_read_only')",
        "offoff",
    ),
    "a channel that it listens to": ("LISTEN trap", "SELECT count(*) FROM pg_listening_channels()", 0),
    "an advisory lock": (
        "SELECT pg_advisory_lock(4711)",
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()",
        0,
    ),
}
"""What somebody leaves, how one would see it, and what is to be seen."""

every = pytest.mark.parametrize(("leave", "look", "clean"), LEAVINGS.values(), ids=LEAVINGS)


@contextmanager
def statements() -> Iterator[list[str]]:
    """What goes to the server meanwhile."""
    sent: list[str] = []

    def note(conn: Any, cursor: Any, *_: Any) -> None:
        sent.append((cursor.query or b"").decode())

    event.listen(db.engine, "after_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "after_cursor_execute", note)


@pytest.fixture
def clients(settings: Settings) -> Iterator[Callable[..., tuple[Flask, Flask]]]:
    """`clients(pooler)` are two applications whose transactions go by turns over one server connection.

    As a transaction pooler does, it passes no connection options on, and resets nothing.
    """
    made, url = [], settings.database_url.replace("+psycopg2", "")
    server = psycopg2.connect(url)

    def make(pooler: str) -> tuple[Flask, Flask]:
        told = settings.model_copy(update={"pooler": pooler})
        made.extend(small_app(told, creator=lambda: server, pool_pre_ping=False) for _ in range(2))
        return made[0], made[1]

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()
    server.close()


def seen(look: str) -> Any:
    return run(look).scalar_one_or_none()


class TestOneConnection:
    @every
    def test_brings_nothing_from_one_association_to_the_next(
        self, pair: Pair, leave: str, look: str, clean: Any
    ) -> None:
        with serving(pair.red):
            run(leave)
            db.session.commit()
            assert seen(look) != clean, "it was left at all"
            db.session.rollback()
        with serving(pair.blue):
            assert seen(look) == clean
            assert whose() == "blue"

    @every
    def test_brings_nothing_after_a_transaction_that_was_rolled_back_first(
        self, pair: Pair, leave: str, look: str, clean: Any
    ) -> None:
        """The reset counts once it is committed: what undoes the transaction does not undo the reset."""
        with serving(pair.red):
            run(leave)
            db.session.commit()
        with serving(pair.blue):
            seen(look)
            db.session.rollback()
            assert seen(look) == clean
        with serving(pair.blue):
            with pytest.raises(DBAPIError):
                run("SELECT 1 / 0")
            db.session.rollback()
            assert seen(look) == clean

    @every
    def test_brings_nothing_where_the_first_statement_fails(
        self, pair: Pair, leave: str, look: str, clean: Any
    ) -> None:
        with serving(pair.red):
            run(leave)
            db.session.commit()
        with serving(pair.blue):
            with pytest.raises(DBAPIError):
                run("SELECT 1 / 0")
            db.session.rollback()
            assert seen(look) == clean

    def test_resets_nothing_for_an_association_that_it_served_already(self, pair: Pair) -> None:
        with serving(pair.red):
            assert whose() == "red"
            db.session.commit()
            with statements() as sent:
                for _ in range(3):
                    assert whose() == "red"
                    db.session.commit()
        assert len(sent) == 3
        assert not any("RESET" in one for one in sent)

    def test_carries_its_limits_after_a_reset(self, pair: Pair) -> None:
        for tenant in (pair.red, pair.blue, pair.red):
            with serving(tenant):
                assert seen("SELECT current_setting('lock_timeout')") == "5s"
                assert seen("SELECT current_setting('statement_timeout')") == "15s"
                assert seen("SELECT current_setting('application_name')") == "silah"

    def test_is_reset_before_a_server_side_cursor_and_before_many_rows_as_well(self, pair: Pair) -> None:
        with serving(pair.red):
            run("SET trap.word TO 'read me'")
            db.session.commit()
        with serving(pair.blue):
            options = {"stream_results": True}
            rows = db.session.connection().execution_options(**options).exec_driver_sql("SELECT name_en FROM holiday")
            assert rows.scalars().all() == ["blue"]
            assert seen(LEAVINGS["a setting of its own"][1]) == ""


class TestBehindATransactionPooler:
    """Two clients, whose transactions a pooler puts on one server connection by turns."""

    @every
    def test_nothing_goes_from_one_client_to_the_other(
        self, clients: Callable[..., tuple[Flask, Flask]], made_pair: Pair, leave: str, look: str, clean: Any
    ) -> None:
        first, second = clients("transaction")
        with first.app_context(), serving(made_pair.red):
            run(leave)
            db.session.commit()
        with second.app_context(), serving(made_pair.blue):
            assert seen(look) == clean
            assert run("SELECT current_user").scalar_one() == made_pair.blue.role

    def test_it_would_go_without_the_reset(self, clients: Callable[..., tuple[Flask, Flask]], made_pair: Pair) -> None:
        """The pooler of these tests is one: where it is taken for none, what was left arrives."""
        first, second = clients("resetting")
        with first.app_context(), serving(made_pair.red):
            run("SET trap.word TO 'read me'")
            db.session.commit()
        with second.app_context(), serving(made_pair.blue):
            assert seen("SELECT current_setting('trap.word', true)") == "read me"

    def test_the_time_limits_go_with_each_transaction(
        self, clients: Callable[..., tuple[Flask, Flask]], made_pair: Pair
    ) -> None:
        for app in clients("resetting"):
            with app.app_context(), serving(made_pair.red):
                assert seen("SELECT current_setting('statement_timeout')") == "15s"
                assert seen("SELECT current_setting('idle_in_transaction_session_timeout')") == "1min"
                db.session.rollback()
