"""Explicit grants for migrations: which rights an association's role and the application's login get, by table.

`GRANT … ON ALL TABLES IN SCHEMA` would take five times as long as the catalogue grows. Names are quoted by SQLAlchemy,
whose dialect also writes what is rendered without a connection.
"""

import re
from typing import Any

from alembic import op
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import ExecutableDDLElement

from tenants.preparing import APP, GROUP

NIL_ROLE = "t_" + "0" * 32
"""Stands in rendered SQL for the role of the association that it will be replayed for."""

RIGHT = r"(?:SELECT|INSERT|UPDATE|DELETE)(?: \(\w+(?:, \w+)*\))?"
RIGHTS = re.compile(rf"{RIGHT}(?:, {RIGHT})*")


class Statement(ExecutableDDLElement):
    """A statement of words that are written here, and of names, which are quoted."""

    inherit_cache = False

    def __init__(self, *parts: "str | Name") -> None:
        self.parts = parts


class Name(str):
    """A table's, column's or role's name."""


@compiles(Statement)
def _written(statement: Statement, compiler: Any, **options: Any) -> str:
    quote = compiler.preparer.quote_identifier
    return "".join(quote(part) if isinstance(part, Name) else part for part in statement.parts)


def grant(rights: str, *tables: str) -> None:
    """Give the association's role these rights on its tables."""
    grantee = op.get_context().opts.get("grantee", NIL_ROLE)
    listed = [part for table in tables for part in (", ", Name(table))][1:]
    op.execute(Statement("GRANT ", checked(rights), " ON ", *listed, " TO ", Name(grantee)))


def grant_shared(rights: str, *tables: str) -> None:
    """Give the application's login rights on tables of the schema `shared`."""
    for table in tables:
        op.execute(Statement("GRANT ", checked(rights), " ON shared.", Name(table), " TO ", Name(APP)))


def grant_own_rows(rights: str, table: str, column: str) -> None:
    """Give associations rights on their own rows of a shared table: `column` names the association's role."""
    on, mine = (" ON shared.", Name(table)), (Name(column), " = current_user")
    op.execute(Statement("GRANT ", checked(rights), *on, " TO ", Name(GROUP)))
    op.execute(Statement("ALTER TABLE shared.", Name(table), " ENABLE ROW LEVEL SECURITY"))
    own = (" USING (", *mine, ") WITH CHECK (", *mine, ")")
    op.execute(Statement("CREATE POLICY own", *on, " TO ", Name(GROUP), *own))
    op.execute(Statement("CREATE POLICY app", *on, " TO ", Name(APP), " USING (true) WITH CHECK (true)"))


def checked(rights: str) -> str:
    """The rights, if they are nothing else; raises ValueError."""
    if not RIGHTS.fullmatch(rights):
        raise ValueError(f"no rights on tables: {rights}")
    return rights
