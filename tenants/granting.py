"""Explicit grants for migrations: which rights an association's role and the application's login get, by table.

`GRANT … ON ALL TABLES IN SCHEMA` would take five times as long as the catalogue grows.
"""

from alembic import op

from tenants.preparing import APP, GROUP

NIL_ROLE = "t_" + "0" * 32
"""Stands in rendered SQL for the role of the association that it will be replayed for."""


def grant(rights: str, *tables: str) -> None:
    """Give the association's role these rights on its tables."""
    grantee = op.get_context().opts.get("grantee", NIL_ROLE)
    op.execute(f'GRANT {rights} ON {_quoted(tables)} TO "{grantee}"')


def grant_shared(rights: str, *tables: str) -> None:
    """Give the application's login rights on tables of the schema `shared`."""
    for table in tables:
        op.execute(f'GRANT {rights} ON shared."{table}" TO {APP}')


def grant_own_rows(rights: str, table: str, column: str) -> None:
    """Give associations rights on their own rows of a shared table: `column` names the association's role."""
    op.execute(f'GRANT {rights} ON shared."{table}" TO {GROUP}')
    op.execute(f'ALTER TABLE shared."{table}" ENABLE ROW LEVEL SECURITY')
    op.execute(
        f'CREATE POLICY own ON shared."{table}" TO {GROUP} '
        f'USING ("{column}" = current_user) WITH CHECK ("{column}" = current_user)'
    )
    op.execute(f'CREATE POLICY app ON shared."{table}" TO {APP} USING (true) WITH CHECK (true)')


def _quoted(tables: tuple[str, ...]) -> str:
    return ", ".join(f'"{table}"' for table in tables)
