"""The wall is attacked: one connection, two associations, and whatever can go wrong in between."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import stream_with_context
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DataError, DBAPIError, OperationalError, ProgrammingError

from tenants.context import PLATFORM, current_tenant, place, serving, streamed
from tenants.database import db
from tenants.errors import CannotPin, NoTenant, WrongTenant
from tenants.versions import Holiday
from tests.tenants.conftest import DAY, Pair, small_app, whose

PID = text("SELECT pg_backend_pid()")


def run(sql: str, **values: Any) -> Any:
    return db.session.execute(text(sql), values)


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

    def test_threads_keep_their_own_place(self, settings: Any, made_pair: Pair) -> None:
        app = small_app(settings, pool_size=4, pool_timeout=30)
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


class TestNobodyServed:
    def test_a_statement_is_an_error(self, pair: Pair) -> None:
        with pytest.raises(NoTenant):
            run("SELECT 1")

    def test_the_engine_itself_refuses_too(self, pair: Pair) -> None:
        with db.engine.connect() as conn, pytest.raises(NoTenant):
            conn.execute(text("SELECT 1"))

    def test_there_is_no_current_tenant_on_the_platform(self) -> None:
        with serving(PLATFORM), pytest.raises(NoTenant):
            current_tenant()

    def test_the_platform_sees_no_associations_table(self, pair: Pair) -> None:
        with serving(PLATFORM), pytest.raises(ProgrammingError, match="does not exist"):
            run("SELECT * FROM holiday")

    def test_the_platform_may_not_read_an_association_by_its_full_name(self, pair: Pair) -> None:
        with serving(PLATFORM), pytest.raises(ProgrammingError, match="permission denied"):
            db.session.execute(
                select(Holiday)
                .with_only_columns(Holiday.name_en)
                .execution_options(schema_translate_map={None: pair.red.role})
            )


class TestTablesElsewhere:
    @pytest.fixture(params=["public", "shared"])
    def stray(self, request: pytest.FixtureRequest, superuser: Engine) -> Iterator[None]:
        """A table that no association has, in a schema that all could reach."""
        with superuser.connect() as conn:
            conn.exec_driver_sql(
                f"CREATE TABLE {request.param}.stray (x int); GRANT ALL ON {request.param}.stray TO PUBLIC"
            )
            yield
            conn.exec_driver_sql(f"DROP TABLE {request.param}.stray")

    @pytest.mark.usefixtures("stray")
    def test_a_table_missing_here_is_not_found_elsewhere(self, pair: Pair) -> None:
        with serving(pair.red), pytest.raises(ProgrammingError, match="does not exist"):
            run("SELECT * FROM stray")

    def test_no_temporary_table_can_stand_in(self, pair: Pair) -> None:
        with serving(pair.red), pytest.raises(ProgrammingError, match="permission denied"):
            run("CREATE TEMP TABLE holiday (name_en text)")

    def test_the_role_makes_nothing_in_its_own_schema(self, pair: Pair) -> None:
        with serving(pair.red), pytest.raises(ProgrammingError, match="permission denied"):
            run("CREATE TABLE mine (x int)")

    def test_the_role_may_not_empty_or_drop_its_tables(self, pair: Pair) -> None:
        for sql in ("TRUNCATE holiday", "DROP TABLE holiday", "ALTER TABLE holiday ADD x int"):
            with serving(pair.red), pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
                run(sql)

    def test_what_is_append_only_takes_no_update_and_no_delete(self, pair: Pair) -> None:
        for sql in ("UPDATE timeline_entry SET verb = 'x'", "DELETE FROM timeline_entry"):
            with serving(pair.red), pytest.raises(ProgrammingError, match="permission denied"):
                run(sql)

    def test_accounts_are_out_of_an_associations_reach(self, pair: Pair) -> None:
        for table in ("account", "association", "token"):
            with serving(pair.red), pytest.raises(ProgrammingError, match="permission denied"):
                run("SELECT * FROM shared." + table)  # noqa: S608 - the point of the test


class TestInjection:
    """What a text spliced into SQL could do; the lint rule keeps anybody from splicing."""

    def test_a_union_with_another_associations_table(self, pair: Pair) -> None:
        evil = f"' UNION SELECT name_en FROM {pair.blue.role}.holiday --"  # noqa: S608 - the point of the test
        with serving(pair.red), pytest.raises(ProgrammingError, match="permission denied"):
            run("SELECT name_en FROM holiday WHERE name_ar = '" + evil)  # noqa: S608 - likewise

    @pytest.mark.parametrize("call", ["set_config('role', :role, true)", "set_config('search_path', :role, true)"])
    def test_set_config(self, pair: Pair, call: str) -> None:
        with (
            serving(pair.red),
            pytest.raises(ProgrammingError, match="permission denied for function set_config"),
        ):
            run("SELECT " + call, role=pair.blue.role)

    def test_an_update_of_the_settings_view(self, pair: Pair) -> None:
        with (
            serving(pair.red),
            pytest.raises(ProgrammingError, match="permission denied for function set_config"),
        ):
            run("UPDATE pg_settings SET setting = :role WHERE name = 'search_path'", role=pair.blue.role)

    def test_the_other_role_is_not_a_member(self, pair: Pair) -> None:
        with serving(pair.red):
            assert run("SELECT pg_has_role(current_user, :role, 'member')", role=pair.blue.role).scalar_one() is False

    def test_a_session_level_role_that_slipped_in_does_not_outlive_its_transaction(self, pair: Pair) -> None:
        with serving(pair.red):
            run("SET ROLE " + pair.blue.role)
            db.session.commit()
            assert run("SELECT current_user").scalar_one() == pair.red.role
        with serving(PLATFORM):
            assert run("SELECT current_user").scalar_one() == "silah_app"
        with serving(pair.red):
            assert whose() == "red"


class TestObjectsAndSessions:
    def test_a_lazy_load_under_another_association_is_an_error(self, pair: Pair) -> None:
        with serving(pair.red):
            red = db.session.get_one(Holiday, DAY)
            db.session.expire(red)
            with serving(pair.blue), pytest.raises(WrongTenant):
                _ = red.name_en

    def test_also_once_its_transaction_has_ended(self, pair: Pair) -> None:
        with serving(pair.red):
            red = db.session.get_one(Holiday, DAY)
            db.session.commit()
            with serving(pair.blue), pytest.raises(WrongTenant):
                _ = red.name_en

    def test_a_session_carried_across_is_an_error(self, pair: Pair) -> None:
        with serving(pair.red):
            session = db.session()
        with serving(pair.blue), pytest.raises(WrongTenant):
            session.execute(text("SELECT 1"))

    def test_a_connection_carried_across_is_an_error(self, pair: Pair) -> None:
        with db.engine.connect() as conn:
            with serving(pair.red):
                conn.execute(text("SELECT 1"))
            with serving(pair.blue), pytest.raises(WrongTenant):
                conn.execute(text("SELECT 1"))

    @pytest.mark.parametrize("way", ["add", "merge", "delete"])
    def test_an_object_given_to_another_associations_session(self, pair: Pair, way: str) -> None:
        with serving(pair.red):
            red = db.session.get_one(Holiday, DAY)
        with serving(pair.blue), pytest.raises(WrongTenant):
            getattr(db.session, way)(red)

    def test_within_its_own_association_a_detached_object_may_come_back(self, pair: Pair) -> None:
        with serving(pair.red):
            red = db.session.get_one(Holiday, DAY)
        with serving(pair.red):
            db.session.add(red)
            assert red.name_en == "red"

    def test_serving_whom_one_serves_keeps_the_session(self, pair: Pair) -> None:
        with serving(pair.red):
            red = db.session.get_one(Holiday, DAY)
            with serving(pair.red):
                assert db.session.get_one(Holiday, DAY) is red
            assert red in db.session

    def test_a_platform_look_up_nested_in_an_association_has_a_session_of_its_own(
        self, settings: Any, made_pair: Pair
    ) -> None:
        app = small_app(settings, pool_size=2)
        with app.app_context(), serving(made_pair.red):
            whose_user = run("SELECT current_user").scalar_one()
            with serving(PLATFORM):
                assert run("SELECT slug FROM shared.association WHERE id = :id", id=made_pair.red.id).scalar_one()
            assert run("SELECT current_user").scalar_one() == whose_user == made_pair.red.role
            db.session.remove()
            db.engine.dispose()


class TestStreams:
    def test_a_streamed_response_is_made_for_whom_the_view_served(self, settings: Any, made_pair: Pair) -> None:
        app = small_app(settings)

        @app.get("/<who>")
        def stream(who: str) -> Any:
            def chunks() -> Iterator[str]:
                for _ in range(3):
                    yield current_tenant().role + run("SELECT current_user").scalar_one() + "\n"

            with serving(getattr(made_pair, who)):
                return app.response_class(stream_with_context(streamed(chunks())))

        for _ in range(2):
            for name, tenant in (("red", made_pair.red), ("blue", made_pair.blue)):
                answer = app.test_client().get(f"/{name}")
                assert answer.text == (tenant.role + tenant.role + "\n") * 3
                assert place.get() is None
        with app.app_context():
            assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
            db.engine.dispose()

    def test_a_stream_that_is_broken_off_gives_its_connection_back(self, settings: Any, made_pair: Pair) -> None:
        app = small_app(settings)

        @app.get("/")
        def stream() -> Any:
            def chunks() -> Iterator[str]:
                while True:
                    yield run("SELECT current_user").scalar_one()

            with serving(made_pair.red):
                return app.response_class(stream_with_context(streamed(chunks())))

        answer = app.test_client().get("/", buffered=False)
        assert next(iter(answer.response)) == made_pair.red.role.encode()
        answer.close()
        assert place.get() is None
        with app.app_context():
            assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
            db.engine.dispose()

    def test_a_stream_for_nobody_is_an_error(self) -> None:
        with pytest.raises(NoTenant):
            streamed([])


class TestRetirement:
    def test_a_connection_is_replaced_after_a_number_of_associations(self, settings: Any, make: Any) -> None:
        app = small_app(settings.model_copy(update={"retire_after": 3}))
        tenants = [make() for _ in range(3)]

        def pid(tenant: Any) -> int:
            with serving(tenant):
                return int(db.session.execute(PID).scalar_one())

        with app.app_context():
            first = pid(tenants[0])
            assert [pid(tenants[0]) for _ in range(5)] == [first] * 5, "the same association again is nothing new"
            assert pid(tenants[1]) == first
            assert pid(tenants[2]) == first, "it serves the third to the end"
            assert pid(tenants[0]) != first
            db.engine.dispose()


class TestRoleModeNone:
    def test_only_the_path_isolates(self, settings: Any, superuser: Engine) -> None:
        from tenants import provisioning

        app = small_app(settings.model_copy(update={"role_mode": "none"}))
        names = {"blueprint": "madinah-centers", "name_ar": "بلا دور", "name_en": "Without a role"}
        with app.app_context():
            one, two = (provisioning.create(f"none-{which}", **names) for which in ("one", "two"))
            with serving(one):
                db.session.add(Holiday(date=DAY, name_ar="", name_en="one"))
                db.session.commit()
                assert run("SELECT current_user").scalar_one() == "silah_app"
            with serving(two):
                assert run("SELECT count(*) FROM holiday").scalar_one() == 0
            with serving(two):
                db.session.add(Holiday(date=DAY, name_ar="", name_en="two"))
                db.session.flush()
                assert whose() == "two"
            db.engine.dispose()
        with superuser.connect() as conn:
            assert conn.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :r"), {"r": one.role}).scalar() is None
