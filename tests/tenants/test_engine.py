"""The engine itself: the server's time limits, a fork, and what an app makes of its installation."""

import os
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from tenants.context import serving
from tenants.database import db, forked
from tests.tenants.conftest import PID, Pair, run, small_app, whose


class TestLimits:
    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("statement_timeout", "1500ms"),
            ("lock_timeout", "700ms"),
            ("idle_in_transaction_session_timeout", "30s"),
            ("application_name", "silah"),
        ],
    )
    def test_each_connection_carries_the_limits_of_the_settings(
        self, settings: Any, made_pair: Pair, name: str, shown: str
    ) -> None:
        limits = {"statement_timeout_ms": 1500, "lock_timeout_ms": 700, "idle_timeout_ms": 30_000}
        app = small_app(settings.model_copy(update=limits))
        with app.app_context(), serving(made_pair.red):
            assert run("SELECT current_setting(:name)", name=name).scalar_one() == shown
            db.session.remove()
            db.engine.dispose()

    def test_a_lock_is_not_waited_for_without_end(self, settings: Any, made_pair: Pair, superuser: Engine) -> None:
        app = small_app(settings.model_copy(update={"lock_timeout_ms": 100}))
        with superuser.connect() as conn, app.app_context(), serving(made_pair.red):
            conn.exec_driver_sql(f'BEGIN; LOCK TABLE "{made_pair.red.role}".holiday')
            with pytest.raises(OperationalError, match="lock timeout"):
                run("SELECT * FROM holiday")
            conn.exec_driver_sql("ROLLBACK")
            db.session.remove()
            db.engine.dispose()


def test_a_forked_child_has_a_connection_of_its_own(pair: Pair) -> None:
    with serving(pair.red):
        parent = db.session.execute(PID).scalar_one()
        db.session.remove()
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:  # pragma: no cover - another process
            forked()
            os.write(writer, f"{whose()} {db.session.execute(PID).scalar_one()}".encode())
            os._exit(0)
        os.waitpid(child, 0)
        name, pid = os.read(reader, 100).decode().split()
        assert name == "red"
        assert int(pid) != parent
        assert whose() == "red"
        assert db.session.execute(PID).scalar_one() == parent, "the parent's connection is as it was"
        db.session.remove()


def test_an_app_takes_its_address_from_the_installation(settings: Any, made_pair: Pair) -> None:
    app = small_app(settings)
    assert app.config["SQLALCHEMY_DATABASE_URI"] == settings.database_url
    with app.app_context(), serving(made_pair.red):
        assert db.session.execute(text("SELECT session_user")).scalar_one() == "silah_app"
        db.session.remove()
        db.engine.dispose()
