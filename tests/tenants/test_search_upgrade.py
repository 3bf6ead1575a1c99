"""What an earlier release indexed stays found after the upgrade, and is owed to be indexed anew."""

from typing import Any

import pytest
from sqlalchemy import Engine, text

from tenants import migrating
from tenants.context import Tenant
from tests.tenants.test_upgrading import old  # noqa: F401  # a fixture

MADE = """
INSERT INTO beneficiary (id, name, name_folded, locale, created_at)
VALUES ('00000000-0000-0000-0000-0000000000f1', 'عبدالله', 'عبدالله سعد', 'ar', now())
"""


@pytest.fixture
def revision() -> str:
    return "0008"


def test_a_file_is_found_as_before_until_the_owed_work_reaches_it(
    old: Tenant,  # noqa: F811
    settings: Any,
    superuser: Engine,
) -> None:
    with superuser.connect() as conn:
        conn.exec_driver_sql(f'SET search_path TO "{old.role}"')
        conn.exec_driver_sql(MADE)
        conn.commit()
    migrating.migrate(settings)
    with superuser.connect() as conn:
        conn.exec_driver_sql(f'SET search_path TO "{old.role}"')
        found = "SELECT search_version FROM beneficiary WHERE search @@ $$'سعد':*$$::tsquery"
        assert conn.execute(text(found.replace(":*", "\\:*").replace("::", "\\:\\:"))).scalars().all() == [0]
        owed = "SELECT key FROM shared.due_work WHERE tenant = :role AND kind = 'search.reindex' AND done_at IS NULL"
        assert conn.execute(text(owed), {"role": old.role}).scalars().all() == ["version 1"]
