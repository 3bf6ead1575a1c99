"""What an earlier release linked by a typed number alone is taken apart; what staff recorded stays linked."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from tenants import migrating
from tenants.context import Tenant
from tests.tenants.test_upgrading import old  # noqa: F401  # a fixture

MADE = """
INSERT INTO membership (id, account_id, name, email, state, engagement, created_at)
VALUES ('00000000-0000-0000-0000-0000000000a1', gen_random_uuid(), 'موظف', 'n@x.example', 'active', 'staff', now());
INSERT INTO policy_version (id, number, amendment, state, document, created_at)
VALUES ('00000000-0000-0000-0000-0000000000b1', '01', '', 'draft', '{}', now());
INSERT INTO beneficiary (id, name, name_folded, national_id, national_id_hash, mobile, mobile_hash, email, locale,
    created_at)
VALUES ('00000000-0000-0000-0000-0000000000f1', 'جواهر', 'جواهر', 'sealed', 'hash', 'sealed', 'hash', 'sealed', 'ar',
    now());
"""
CASE = """
INSERT INTO "case" (id, kind, reference, receipt_digest, state, version, title_ar, title_en, channel, policy_version_id,
    beneficiary_id, applicant_id, relation, taken_in_by, locale, reply_channel, received_at, head_seq, head_hash,
    folded, born_of_id)
VALUES (:id, 'inquiry', :id, '', 'received', 1, '', '', 'website', '00000000-0000-0000-0000-0000000000b1',
    '00000000-0000-0000-0000-0000000000f1', '00000000-0000-0000-0000-0000000000f1', 'self', :by, 'ar', 'email',
    :at, 0, '', '', :parent)
"""
OFFICER = "00000000-0000-0000-0000-0000000000a1"


@pytest.fixture
def revision() -> str:
    return "0005"


def case(conn: Connection, number: int, by: str | None = None, parent: int | None = None) -> None:
    """A case of the file, received in the order of its number."""
    ids: list[Any] = [f"00000000-0000-0000-0000-0000000000c{one}" if one else None for one in (number, parent)]
    given = {"id": ids[0], "by": by, "at": f"2026-01-0{number} 09:00+03", "parent": ids[1]}
    conn.execute(text(CASE), given)


def test_portal_links_become_candidates_and_staffs_stay(
    old: Tenant,  # noqa: F811
    settings: Any,
    superuser: Engine,
    make: Callable[..., Tenant],
) -> None:
    with superuser.connect() as conn:
        conn.exec_driver_sql(f'SET search_path TO "{old.role}"')
        conn.exec_driver_sql(MADE)
        case(conn, 1)
        case(conn, 2)
        case(conn, 3, by=OFFICER)
        case(conn, 4, by=OFFICER, parent=2)
        case(conn, 5, parent=3)
        conn.commit()
    migrating.migrate(settings)
    with superuser.connect() as conn:
        conn.exec_driver_sql(f'SET search_path TO "{old.role}"')
        rows = conn.exec_driver_sql(
            "SELECT right(c.reference, 1), p.side, p.name, p.mobile IS NOT NULL, p.candidate_id IS NOT NULL, "
            "p.confirmed_how, c.beneficiary_id IS NOT NULL, c.applicant_id IS NOT NULL "
            'FROM "case" c JOIN case_party p ON p.case_id = c.id ORDER BY 1'
        ).all()
        assert [tuple(row) for row in rows] == [
            ("1", "beneficiary", "جواهر", False, True, None, False, False),  # it opened the file, whose name is its own
            ("2", "beneficiary", "", False, True, None, False, False),
            ("3", "beneficiary", "جواهر", True, True, "recorded", True, True),
            ("4", "beneficiary", "", False, True, None, False, False),  # opened by staff out of the second
            ("5", "beneficiary", "جواهر", True, True, "recorded", True, True),  # out of the third
        ]
        assert conn.exec_driver_sql("SELECT level FROM beneficiary").scalar_one() == "contact_proved"
        counted = text("SELECT count(*) FROM shared.due_work WHERE tenant = :role AND kind = 'parties.restore'")
        assert conn.execute(counted, {"role": old.role}).scalar_one() == 1
