"""What an association may not reach: nobody's data without a place, tables elsewhere, other roles."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import ProgrammingError

from tenants.context import PLATFORM, current_tenant, serving
from tenants.database import db
from tenants.errors import NoTenant
from tenants.versions import Holiday
from tests.tenants.conftest import Pair, run, whose


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
