"""Nothing was forgotten about a table: its key, its grant, its migration, and the rules that bind the schema."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Engine, Enum, Table, Uuid, create_engine, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.pool import NullPool

import silah.models  # noqa: F401  # the metadata are to be whole
from silah.embedded.servers import Addresses
from tenants import rendering
from tenants.context import Tenant
from tenants.database import Base, Shared

TENANT_TABLES = sorted(Base.metadata.tables.values(), key=lambda table: table.name)
ALL_TABLES = [*TENANT_TABLES, *sorted(Shared.metadata.tables.values(), key=lambda table: table.name)]

MOST_TABLES = 77


@pytest.fixture(scope="module")
def owner(cluster: Addresses) -> Iterator[Engine]:
    engine = create_engine(cluster.owner_url, poolclass=NullPool)
    yield engine
    engine.dispose()


@pytest.fixture
def migrated(association: Tenant) -> Tenant:
    return association


def unquoted(check: CheckConstraint) -> str:
    """The name that the naming convention gives a constraint."""
    return str(postgresql.dialect().identifier_preparer.format_constraint(check)).strip('"')


def granted(owner: Engine, schema: str, role: str) -> dict[str, set[str]]:
    asked = text("""SELECT c.relname, array_agg(p) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
        unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p
        WHERE n.nspname = :schema AND c.relkind IN ('r', 'p') AND (has_table_privilege(:role, c.oid, p)
          OR (p IN ('SELECT', 'INSERT', 'UPDATE') AND has_any_column_privilege(:role, c.oid, p)))
        GROUP BY c.relname""")
    with owner.connect() as conn:
        return {name: set(rights) for name, rights in conn.execute(asked, {"schema": schema, "role": role})}


def wanted(tables: list[Table]) -> dict[str, set[str]]:
    everything = "SELECT, INSERT, UPDATE, DELETE"
    return {
        table.name: {right.split("(")[0].strip() for right in rights_of(table.info.get("grant", everything))}
        for table in tables
    }


def rights_of(grant: str) -> list[str]:
    """A grant's rights; the columns in parentheses stay with theirs."""
    return re.findall(r"[A-Z]+(?: \([^)]*\))?", grant)


class TestKeysAndGrants:
    @pytest.mark.parametrize("table", ALL_TABLES, ids=str)
    def test_every_table_has_a_primary_key(self, table: Table) -> None:
        assert table.primary_key.columns

    def test_an_associations_role_has_the_rights_that_each_model_names_and_no_other(
        self, migrated: Tenant, owner: Engine
    ) -> None:
        found = granted(owner, migrated.role, migrated.role)
        assert found == wanted(TENANT_TABLES)
        assert set(found) == set(Base.metadata.tables), "each table has a grant"

    def test_the_applications_login_has_what_shared_models_name_and_nothing_of_associations(
        self, migrated: Tenant, owner: Engine
    ) -> None:
        assert granted(owner, "shared", "silah_app") == wanted(list(Shared.metadata.tables.values()))
        assert granted(owner, migrated.role, "silah_app") == {}

    def test_associations_reach_only_the_shared_tables_that_say_so(self, migrated: Tenant, owner: Engine) -> None:
        said = {table.name for table in Shared.metadata.tables.values() if table.info.get("tenant_grant")}
        assert set(granted(owner, "shared", migrated.role)) == said == {"due_work"}

    def test_tables_are_few_since_each_costs_memory_for_every_association(self) -> None:
        assert len(TENANT_TABLES) <= MOST_TABLES


class TestRulesOfTheSchema:
    """What keeps the road to several machines open: see the design's part on isolation."""

    @pytest.mark.parametrize("table", TENANT_TABLES, ids=str)
    def test_no_foreign_key_leaves_the_associations_schema(self, table: Table) -> None:
        for key in table.foreign_keys:
            assert key.target_fullname.count(".") == 1, "schema.table.column leaves"

    @pytest.mark.parametrize("table", ALL_TABLES, ids=str)
    def test_no_enum_type_and_no_number_that_the_database_counts(self, table: Table) -> None:
        for column in table.columns:
            assert not (isinstance(column.type, Enum) and column.type.native_enum), column
            assert column.identity is None, column
            assert not (column.primary_key and column.autoincrement is True), column

    @pytest.mark.parametrize("table", ALL_TABLES, ids=str)
    def test_an_id_is_a_uuid_made_in_python(self, table: Table) -> None:
        if "id" in table.columns:
            assert isinstance(table.columns["id"].type, Uuid)
            assert table.columns["id"].server_default is None

    def test_no_trigger_no_inheritance_no_view(self, migrated: Tenant, owner: Engine) -> None:
        odd = text("""SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname IN (:schema, 'shared') AND (c.relkind NOT IN ('r', 'i') OR c.relhassubclass
              OR EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal))""")
        with owner.connect() as conn:
            assert conn.execute(odd, {"schema": migrated.role}).scalar_one() == 0


class TestMigrations:
    @pytest.mark.parametrize("history", ["shared", "tenant"])
    def test_each_history_has_one_head_and_one_base(self, history: Any) -> None:
        script = ScriptDirectory.from_config(rendering.config(history))
        assert len(script.get_heads()) == 1
        assert len(script.get_bases()) == 1

    def test_the_shared_models_are_what_the_head_makes(self, cluster: Addresses, owner: Engine) -> None:
        def ours(name: str | None, kind: str, parents: Any) -> bool:
            return kind != "schema" or name == "shared"

        options = {"include_schemas": True, "include_name": ours, "version_table_schema": "shared"}
        with owner.connect() as conn:
            context = MigrationContext.configure(conn, opts=options | {"compare_server_default": True})
            assert compare_metadata(context, Shared.metadata) == []

    @pytest.mark.filterwarnings("ignore:Computed default")  # PostgreSQL writes the expression its own way
    def test_the_associations_models_are_what_the_head_makes(self, migrated: Tenant, owner: Engine) -> None:
        with owner.connect() as conn:
            conn.exec_driver_sql(f'SET search_path TO "{migrated.role}"')
            context = MigrationContext.configure(conn, opts={"compare_server_default": True})
            assert compare_metadata(context, Base.metadata) == []

    def test_checks_are_what_the_models_say(self, migrated: Tenant, owner: Engine) -> None:
        """Autogenerate does not look at CHECK constraints, so their names are compared here."""
        asked = text("""SELECT conname FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
            WHERE n.nspname = :schema AND contype = 'c'""")
        with owner.connect() as conn:
            for schema, metadata in ((migrated.role, Base.metadata), ("shared", Shared.metadata)):
                made = set(conn.execute(asked, {"schema": schema}).scalars())
                modelled = {
                    unquoted(check)
                    for table in metadata.tables.values()
                    for check in table.constraints
                    if isinstance(check, CheckConstraint)
                }
                assert made == modelled
