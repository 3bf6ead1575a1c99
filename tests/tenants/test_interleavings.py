"""Any order of work, errors, commits and rollbacks of two associations and the platform on one connection."""

import re
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from tenants.context import PLATFORM, Place, serving
from tenants.database import db
from tests.tenants.conftest import Pair, run, whose

ACTS = ("read", "write", "commit", "rollback", "error", "savepoint", "undo", "stream", "escape", "killed")


def act(what: str, name: str, superuser: Engine) -> None:
    """One piece of an association's work; whatever it is, only its own rows may be seen or changed."""
    match what:
        case "read":
            assert whose() == name
        case "write":
            run("UPDATE holiday SET name_ar = :name", name=name)
        case "commit":
            db.session.commit()
        case "rollback":
            db.session.rollback()
        case "error":
            with pytest.raises(DBAPIError):
                run("SELECT 1 / 0")
        case "savepoint":
            with db.session.begin_nested():
                run("UPDATE holiday SET name_ar = :name", name=name)
        case "undo":
            inner = db.session.begin_nested()
            run("DELETE FROM holiday")
            inner.rollback()
        case "stream":
            seen = db.session.execute(text("SELECT name_en FROM holiday").execution_options(yield_per=1))
            assert list(seen.scalars()) == [name]
        case "escape":
            run("RESET ROLE")  # what a stacked statement could send
        case "killed":
            pid = run("SELECT pg_backend_pid()").scalar_one()
            with superuser.connect() as conn:
                conn.execute(text("SELECT pg_terminate_backend(:pid, 2000)"), {"pid": pid})


REFUSALS = re.compile("aborted|permission denied|does not exist|terminat|closed|reconnect|rolled back")


def attempt(what: str, name: str, superuser: Engine) -> None:
    """What an earlier act broke, or who escaped from their role, is refused; nothing else may go wrong."""
    try:
        act(what, name, superuser)
    except SQLAlchemyError as error:
        refused = str(error)
        db.session.rollback()
        if not REFUSALS.search(refused):
            raise


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(work=st.lists(st.tuples(st.sampled_from(["red", "blue", "platform"]), st.sampled_from(ACTS)), max_size=12))
def test_nobody_ever_meets_anothers_rows(pair: Pair, superuser: Engine, work: list[tuple[str, str]]) -> None:
    places: dict[str, Place] = {"red": pair.red, "blue": pair.blue, "platform": PLATFORM}
    for who, what in work:
        with serving(places[who]):
            if who == "platform":
                with suppress(DBAPIError):
                    assert run("SELECT current_user").scalar_one() == "silah_app"
            else:
                attempt(what, who, superuser)
                attempt("read", who, superuser)
    for name in ("red", "blue"):
        with serving(places[name]):
            assert whose() == name
            assert run("SELECT name_ar FROM holiday").scalar_one() in {"red", "blue"} & {name}
            assert run("SELECT current_user").scalar_one() == places[name].role  # type: ignore[union-attr]
