"""Grants are written of rights that are known and of names that are quoted."""

import pytest
from sqlalchemy.dialects import postgresql

from tenants.granting import Name, Statement, checked


@pytest.mark.parametrize("rights", ["SELECT", "SELECT, INSERT, UPDATE (state, closed_on), DELETE"])
def test_rights_are_taken_as_they_are(rights: str) -> None:
    assert checked(rights) == rights


@pytest.mark.parametrize("rights", ["", "ALL", "TRUNCATE", "SELECT; DROP TABLE x", "UPDATE (a); --", "SELECT,"])
def test_what_is_no_right_on_a_table_is_refused(rights: str) -> None:
    with pytest.raises(ValueError, match="no rights on tables"):
        checked(rights)


def test_a_name_is_quoted_whatever_stands_in_it() -> None:
    written = Statement("GRANT SELECT ON ", Name('a"b'), " TO ", Name("t_0"))
    assert str(written.compile(dialect=postgresql.dialect())) == 'GRANT SELECT ON "a""b" TO "t_0"'
