"""The wall is attacked: one connection, two associations, and whatever can go wrong in between."""

import threading
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DataError, DBAPIError, OperationalError, ProgrammingError

from tenants.context import place, serving
from tenants.database import db
from tenants.errors import CannotPin, WrongTenant
from tenants.versions import Holiday
from tests.tenants.conftest import DAY, PID, Pair, run, small_app, whose
from tests.waiting import PATIENCE


class TestOneConnectionTwoAssociations:
    def test_interleaved_each_sees_its_own_rows(self, pair: Pair) -> None:
        pids = set()
        for _ in range(3):
            with serving(pair.red):
                assert whose() == "red"
                pids.add(db.session.execute(PID).scalar_one())
            with serving(pair.blue):
                assert whose() == "blue"
                pids.add(db.session.execute(PID).scalar_one())
        assert len(pids) == 1, "the test is about one connection"

    def test_the_same_primary_key_gives_each_its_own_object(self, pair: Pair) -> None:
        with serving(pair.red):
            red = db.session.get_one(Holiday, DAY)
        with serving(pair.blue):
            blue = db.session.get_one(Holiday, DAY)
        assert (red.name_en, blue.name_en) == ("red", "blue")

    def test_the_transaction_runs_as_the_associations_role(self, pair: Pair) -> None:
        with serving(pair.red):
            user, login, path = run("SELECT current_user, session_user, current_schemas(false)").one()
        assert (user, login, path) == (pair.red.role, "silah_app", [pair.red.role])

    def test_it_is_sent_in_one_packet_with_the_first_statement(self, pair: Pair, superuser: Engine) -> None:
        with serving(pair.red):
            assert whose() == "red"
            db.session.commit()
            pid = run("SELECT pg_backend_pid()").scalar_one()
            with superuser.connect() as conn:
                seen = conn.execute(
                    text("SELECT query FROM pg_stat_activity WHERE pid = :pid"), {"pid": pid}
                ).scalar_one()
        assert seen == (
            f'SET LOCAL search_path TO "{pair.red.role}"; SET LOCAL ROLE "{pair.red.role}"; SELECT pg_backend_pid()'
        )

    def test_after_a_commit_the_next_transaction_is_pinned_again(self, pair: Pair) -> None:
        with serving(pair.red):
            for _ in range(2):
                assert whose() == "red"
                db.session.commit()
        with serving(pair.blue):
            assert whose() == "blue"


class TestAfterThingsGoWrong:
    def test_after_an_error(self, pair: Pair) -> None:
        with serving(pair.red), pytest.raises(DBAPIError):
            run("SELECT 1 / 0")
        with serving(pair.blue):
            assert whose() == "blue"

    def test_after_an_error_and_a_rollback_in_the_same_place(self, pair: Pair) -> None:
        with serving(pair.red):
            with pytest.raises(DataError):
                run("SELECT 1 / 0")
            db.session.rollback()
            assert whose() == "red"

    def test_after_a_rollback(self, pair: Pair) -> None:
        with serving(pair.red):
            run("DELETE FROM holiday")
            db.session.rollback()
            assert whose() == "red"
        with serving(pair.blue):
            assert whose() == "blue"

    def test_leaving_a_place_rolls_back_what_was_not_committed(self, pair: Pair) -> None:
        with serving(pair.red):
            run("DELETE FROM holiday")
        with serving(pair.red):
            assert whose() == "red"

    def test_after_a_savepoints_rollback_the_pin_holds(self, pair: Pair) -> None:
        with serving(pair.red):
            with pytest.raises(DataError), db.session.begin_nested():
                run("SELECT 1 / 0")
            assert whose() == "red"
            assert run("SELECT current_user").scalar_one() == pair.red.role
        with serving(pair.blue):
            assert whose() == "blue"

    def test_after_a_savepoint_later_in_the_transaction(self, pair: Pair) -> None:
        with serving(pair.red):
            assert whose() == "red"
            inner = db.session.begin_nested()
            run("DELETE FROM holiday")
            inner.rollback()
            assert whose() == "red"

    def test_after_a_statement_timeout(self, pair: Pair) -> None:
        with serving(pair.red):
            run("SET LOCAL statement_timeout = 50")
            with pytest.raises(OperationalError, match="statement timeout"):
                run("SELECT pg_sleep(5)")
        with serving(pair.blue):
            assert whose() == "blue"

    def test_after_a_timeout_of_the_very_first_statement(self, pair: Pair) -> None:
        with serving(pair.red):
            with pytest.raises(OperationalError, match="statement timeout"):
                run("SET LOCAL statement_timeout = 50; SELECT pg_sleep(5)")
            db.session.rollback()
            assert whose() == "red"

    def test_after_the_backend_was_killed(self, pair: Pair, superuser: Engine) -> None:
        with serving(pair.red):
            pid = db.session.execute(PID).scalar_one()
            with superuser.connect() as conn:
                conn.execute(text("SELECT pg_terminate_backend(:pid, 2000)"), {"pid": pid})
            with pytest.raises(OperationalError):
                whose()
            db.session.rollback()
            assert whose() == "red"
            assert db.session.execute(PID).scalar_one() != pid
        with serving(pair.blue):
            assert whose() == "blue"

    def test_a_parameter_that_the_driver_refuses_does_not_count_as_pinned(self, pair: Pair) -> None:
        with serving(pair.red):
            with pytest.raises(ProgrammingError, match="can't adapt"):
                run("SELECT :thing", thing=object())
            assert run("SELECT current_user").scalar_one() == pair.red.role
            assert whose() == "red"


class TestOtherWaysToTheDatabase:
    def test_many_rows_at_once(self, pair: Pair) -> None:
        rows = [{"day": DAY.replace(day=day), "name": f"day {day}"} for day in range(1, 11)]
        insert = text(
            "INSERT INTO holiday (date, name_ar, name_en, kind, estimated, working) "
            "VALUES (:day, :name, :name, 'own', false, false)"
        )
        with serving(pair.red):
            db.session.execute(insert, rows)
            assert run("SELECT count(*) FROM holiday").scalar_one() == 11
            db.session.rollback()
        with serving(pair.blue):
            assert whose() == "blue"

    def test_many_objects_in_one_flush(self, pair: Pair) -> None:
        with serving(pair.red):
            db.session.add_all([Holiday(date=DAY.replace(day=day), name_ar="", name_en="") for day in range(1, 11)])
            db.session.flush()
            assert run("SELECT count(*) FROM holiday").scalar_one() == 11
            db.session.rollback()
        with serving(pair.blue):
            assert whose() == "blue"

    def test_a_server_side_cursor(self, pair: Pair) -> None:
        for tenant, name in ((pair.red, "red"), (pair.blue, "blue")):
            with serving(tenant):
                found = db.session.scalars(select(Holiday.name_en).execution_options(yield_per=10))
                assert list(found) == [name]

    def test_returning(self, pair: Pair) -> None:
        with serving(pair.red):
            assert run("UPDATE holiday SET name_ar = 'x' RETURNING name_en").scalar_one() == "red"

    def test_autocommit_is_refused(self, pair: Pair) -> None:
        conn = db.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        with serving(pair.red), pytest.raises(CannotPin):
            conn.execute(text("SELECT 1"))
        conn.invalidate()
        conn.close()

    def test_a_raw_connection_sees_no_table_of_anybody(self, pair: Pair) -> None:
        raw = db.engine.raw_connection()
        try:
            with raw.cursor() as cursor, pytest.raises(Exception, match="does not exist"):
                cursor.execute("SELECT * FROM holiday")
        finally:
            raw.close()

    def test_a_statement_without_parameters_is_held_too(self, pair: Pair) -> None:
        plain = text("SELECT name_en FROM holiday WHERE name_en LIKE '%'").execution_options(no_parameters=True)
        for tenant, name in ((pair.red, "red"), (pair.blue, "blue")):
            with serving(tenant):
                assert db.session.execute(plain).scalar_one() == name

    def test_a_transaction_that_a_bare_cursor_began_has_nobodys_rights(self, pair: Pair) -> None:
        for tenant in (pair.red, pair.blue):
            with serving(tenant):
                whose()
                db.session.commit()
                with db.session.connection().connection.cursor() as bare:
                    bare.execute("SELECT 1")
                with pytest.raises((ProgrammingError, WrongTenant)):
                    whose()

    def test_threads_keep_their_own_place(self, settings: Any, made_pair: Pair) -> None:
        app = small_app(settings, pool_size=4, pool_timeout=int(PATIENCE))
        wrong: list[str] = []
        barrier = threading.Barrier(8)

        def work(tenant: Any) -> None:
            barrier.wait()
            for _ in range(25):
                with app.app_context(), serving(tenant):
                    user, path = run("SELECT current_user, current_schemas(false)").one()
                    if user != tenant.role or path != [tenant.role]:
                        wrong.append(user)

        threads = [threading.Thread(target=work, args=(tenant,)) for tenant in (made_pair.red, made_pair.blue) * 4]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with app.app_context():
            db.engine.dispose()
        assert wrong == []

    def test_a_new_thread_serves_nobody(self, pair: Pair) -> None:
        seen: list[Any] = []
        with serving(pair.red):
            thread = threading.Thread(target=lambda: seen.append(place.get()))
            thread.start()
            thread.join()
        assert seen == [None]
