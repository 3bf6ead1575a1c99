"""`silah check` and `silah prepare`, and what the command says of settings that are missing."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from click.testing import CliRunner, Result
from rq.serializers import JSONSerializer
from sqlalchemy.engine import make_url

from silah.cli import COMMANDS, check_database, main
from silah.config import Settings
from silah.documents import sandbox
from silah.embedded.servers import Addresses
from silah.jobs.transport import connect, queue
from silah.jobs.worker import ForkingWorker
from tenants.preparing import connect as to_postgres

Silah = Callable[..., Result]


@pytest.fixture
def silah(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Silah:
    """Run a command as an installation would; keywords change a setting."""

    def run(*words: str, **changed: Any) -> Result:
        given = settings.model_copy(update={"scheme": "https", "development": False, **changed})
        for name, value in given.environment().items():
            monkeypatch.setenv(name, value)
        return CliRunner().invoke(main, list(words), catch_exceptions=False)

    return run


@pytest.fixture
def worker(settings: Settings) -> Iterator[None]:
    """A worker that is known to Redis."""
    with connect(settings) as connection:
        one = ForkingWorker([queue(settings, connection)], connection=connection, serializer=JSONSerializer)
        one.register_birth()
        yield
        one.register_death()


@pytest.fixture(autouse=True)
def nothing_late(cluster: Addresses) -> None:
    """What other tests of this database still owe is no fault of the installation."""
    conn = to_postgres(make_url(cluster.superuser_url).set(database="silah_test"))
    with conn, conn.cursor() as cursor:
        cursor.execute("UPDATE shared.due_work SET done_at = now() WHERE done_at IS NULL")
    conn.close()


@pytest.fixture
def superuser(cluster: Addresses) -> Iterator[Any]:
    conn = to_postgres(make_url(cluster.superuser_url).set(database="silah_test"))
    conn.autocommit = True
    with conn.cursor() as cursor:
        yield cursor.execute
    conn.close()


@pytest.mark.usefixtures("worker", "app")
class TestCheck:
    def test_a_sound_installation_has_nothing_wrong(self, silah: Silah) -> None:
        found = silah("check")
        assert (found.exit_code, found.stdout.splitlines()[-1]) == (0, "Nothing is wrong."), found.output

    @pytest.mark.parametrize(
        ("changed", "line"),
        [
            ({"database_url": "postgresql+psycopg2://silah_app:x@127.0.0.1:1/silah"}, "The database does not answer"),
            ({"redis_url": "redis://127.0.0.1:1/0"}, "Redis does not answer"),
            ({"limits_url": "redis://127.0.0.1:1/0"}, "The Redis for limits does not answer"),
            ({"storage_url": "/proc/nowhere"}, "Documents cannot be kept"),
            ({"smtp_host": "127.0.0.1", "smtp_port": 1}, "The mail server does not take us"),
            ({"development": True}, "SILAH_DEVELOPMENT is on"),
            ({"scheme": "http"}, "SILAH_SCHEME is http"),
            ({"mailbox_dir": None}, "No mail goes out"),
            ({"sms_url": "json://localhost/"}, "SILAH_SMS_URL has no {to}"),
        ],
    )
    def test_what_is_wrong_is_one_plain_line(self, silah: Silah, changed: dict[str, Any], line: str) -> None:
        found = silah("check", **changed)
        assert found.exit_code == 1
        wrong = [one for one in found.stdout.splitlines() if one.startswith("wrong") and "No worker" not in one]
        assert len(wrong) == 1
        assert line in wrong[0]

    def test_no_worker_is_told(self, silah: Silah, settings: Settings) -> None:
        with connect(settings) as connection:
            connection.flushall()
        assert "No worker listens" in silah("check").stdout

    def test_rights_that_lead_past_the_wall_are_told(self, silah: Silah, superuser: Any) -> None:
        superuser("GRANT EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) TO PUBLIC")
        superuser("ALTER ROLE silah_app INHERIT CREATEROLE")
        try:
            found = silah("check").stdout
        finally:
            superuser("ALTER ROLE silah_app NOINHERIT NOCREATEROLE")
            superuser("REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC")
        for line in ("set_config may be executed", "may create roles", "inherits its associations' rights"):
            assert line in found

    def test_files_that_cannot_be_opened_are_told(self, silah: Silah, monkeypatch: Any) -> None:
        sandbox._servers.drop()
        monkeypatch.setattr(sandbox, "MODULE", "silah.documents.no_such_module")
        assert "Files cannot be opened" in silah("check").stdout
        monkeypatch.undo()
        sandbox._servers.drop()

    def test_a_server_that_was_not_prepared_is_told_to_prepare(self, silah: Silah, settings: Settings) -> None:
        missing = {
            name: make_url(getattr(settings, name)).set(database="silah_never").render_as_string(False)
            for name in ("database_url", "owner_url")
        }
        found = silah("check", **missing)
        assert found.exit_code == 1
        assert "run: silah prepare" in found.stdout
        unknown = make_url(settings.database_url).set(username="silah_nobody").render_as_string(False)
        assert "run: silah prepare" in silah("check", database_url=unknown).stdout

    def test_the_readme_and_the_check_ask_for_the_same_postgresql(self, silah: Silah, monkeypatch: Any) -> None:
        readme = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
        asked = re.search(r"PostgreSQL (\d+) or later", readme)
        assert asked
        assert int(asked[1]) * 10_000 == check_database.OLDEST
        monkeypatch.setattr(check_database, "OLDEST", 990_000)
        assert "PostgreSQL is too old: 99 or later is needed" in silah("check").stdout

    def test_an_empty_database_is_told_to_migrate(self, silah: Silah, superuser: Any, settings: Settings) -> None:
        superuser("CREATE DATABASE silah_empty OWNER silah_owner")
        try:
            empty = {
                name: make_url(getattr(settings, name)).set(database="silah_empty").render_as_string(False)
                for name in ("database_url", "owner_url")
            }
            assert "run: silah migrate" in silah("check", **empty).stdout
        finally:
            superuser("DROP DATABASE silah_empty WITH (FORCE)")


class TestPrepare:
    def test_it_makes_the_database_and_its_logins(self, silah: Silah, cluster: Addresses, superuser: Any) -> None:
        fresh = {
            "database_url": make_url(cluster.database_url).set(database="silah_fresh").render_as_string(False),
            "owner_url": make_url(cluster.owner_url).set(database="silah_fresh").render_as_string(False),
        }
        try:
            for _ in range(2):
                made = silah("prepare", cluster.superuser_url, **fresh)
                assert (made.exit_code, made.stdout) == (0, "The database silah_fresh is ready; next: silah migrate\n")
            with pytest.raises(psycopg2.Error), to_postgres(make_url(fresh["database_url"])) as conn:
                conn.cursor().execute("CREATE TABLE public.intruder ()")
        finally:
            superuser("DROP DATABASE silah_fresh WITH (FORCE)")


class TestCommand:
    def test_missing_settings_are_a_line_each(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in Settings.model_fields:
            monkeypatch.delenv(f"SILAH_{name.upper()}", raising=False)
        found = CliRunner().invoke(main, ["check"])
        assert found.exit_code == 78
        assert "SILAH_DATABASE_URL is not set (the application's login on PostgreSQL)" in found.stderr
        assert len(found.stderr.splitlines()) == 6

    def test_made_up_secrets_are_refused(self, silah: Silah) -> None:
        found = silah("worker", secret_key="changeme-changeme-changeme-changeme")
        assert (found.exit_code, found.stderr.count("\n")) == (78, 1)
        assert found.stderr.startswith("SILAH_SECRET_KEY is not a real secret")

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_explains_itself(self, name: str) -> None:
        shown = CliRunner().invoke(main, [name, "--help"], catch_exceptions=False)
        assert shown.exit_code == 0
        assert f"{name} [OPTIONS]" in shown.stdout
