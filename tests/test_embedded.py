"""The servers from wheels: they start, keep what they have, survive being killed, and leave nothing running."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg2
import pytest
import redis

from silah.embedded.servers import Addresses, closed_folders, postgres, servers
from tests.reaper import workers_in
from tests.scratch import scratch_folder
from tests.waiting import PATIENCE, wait_until


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path that an ordinary user may enter, as PostgreSQL does when root starts it."""
    with scratch_folder("embedded-") as made:
        yield made


def asked(url: str, sql: str) -> object:
    conn = psycopg2.connect(url.replace("+psycopg2", ""))
    try:
        with conn, conn.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        conn.close()


class TestServers:
    def test_they_start_keep_what_they_have_and_leave_nothing_running(self, folder: Path) -> None:
        with servers(folder, durable=False) as first:
            assert first.database_url.startswith("postgresql+psycopg2://silah_app:")
            asked(first.owner_url, "CREATE TABLE kept (x int)")
            redis.Redis.from_url(first.redis_url).set("kept", "yes")
            assert workers_in(folder)
        assert workers_in(folder) == []
        with servers(folder, durable=False) as second:
            assert second == first
            assert asked(second.owner_url, "SELECT count(*) FROM kept") == 0
            assert redis.Redis.from_url(second.redis_url).get("kept") == b"yes"
        assert workers_in(folder) == []

    def test_the_logins_are_what_they_should_be(self, cluster: Addresses) -> None:
        owner = "SELECT rolcreaterole AND NOT rolsuper FROM pg_roles WHERE rolname = current_user"
        assert asked(cluster.owner_url, owner) is True
        app = "SELECT NOT (rolinherit OR rolsuper OR rolcreaterole) FROM pg_roles WHERE rolname = current_user"
        assert asked(cluster.database_url, app) is True
        for right in ("'TEMP'", "'CREATE'"):
            assert asked(cluster.database_url, f"SELECT has_database_privilege(current_database(), {right})") is False
        revoked = "SELECT has_function_privilege('pg_catalog.set_config(text,text,boolean)', 'EXECUTE')"
        assert asked(cluster.database_url, revoked) is False
        assert asked(cluster.owner_url, revoked) is True

    def test_passwords_are_made_once_and_for_the_owner_of_the_folder_only(self, data: Path, cluster: Addresses) -> None:
        kept = data / "logins.json"
        assert kept.stat().st_mode & 0o077 == 0
        assert len(set(kept.read_text().split('"'))) > 4

    def test_after_being_killed_outright_they_start_again_with_what_was_committed(self, folder: Path) -> None:
        script = f"""
import os, signal
from pathlib import Path
from silah.embedded.servers import servers
with servers(Path({str(folder)!r})) as addresses:
    import psycopg2, redis
    conn = psycopg2.connect(addresses.owner_url.replace("+psycopg2", ""))
    with conn, conn.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS kept (x int); INSERT INTO kept VALUES (1)")
    redis.Redis.from_url(addresses.redis_url).set("kept", "yes")
    os.kill(os.getpid(), signal.SIGKILL)
"""  # noqa: S608 - a script, whose SQL is whole
        assert subprocess.run([sys.executable, "-c", script], timeout=PATIENCE).returncode == -signal.SIGKILL
        for process in workers_in(folder):
            process.kill()
        wait_until(lambda: not workers_in(folder), "the end of all")
        with servers(folder) as addresses:
            assert asked(addresses.owner_url, "SELECT count(*) FROM kept") == 1
        assert workers_in(folder) == []

    def test_a_lock_whose_number_went_to_a_stranger_is_no_hindrance(self, folder: Path) -> None:
        with servers(folder, durable=False):
            lock = (folder / "pg" / "postmaster.pid").read_text()
        left = folder / "pg" / "postmaster.pid"
        left.write_text("\n".join([str(os.getpid()), *lock.splitlines()[1:], ""]))
        with servers(folder, durable=False) as addresses:
            assert asked(addresses.owner_url, "SELECT 1") == 1
            assert psutil.pid_exists(os.getpid())
        assert workers_in(folder) == []

    def test_a_server_that_was_killed_and_is_still_ending_is_waited_for(self, folder: Path) -> None:
        """Its number and its processes live on for a moment, and nobody waits for them before the next start."""
        for _ in range(5):
            with servers(folder, durable=False) as addresses:
                asked(addresses.owner_url, "SELECT 1")
                killed = int((folder / "pg" / "postmaster.pid").read_text().split("\n", 1)[0])
                os.kill(killed, signal.SIGKILL)
                wait_until(lambda pid=killed: all(one.pid != pid for one in workers_in(folder)), every=0.001)
                with postgres(folder, durable=False) as again:
                    assert asked(again, "SELECT 1") == 1
        assert workers_in(folder) == []

    def test_servers_that_a_killed_start_left_running_are_taken_over(self, folder: Path) -> None:
        script = f"""
import os, signal
from pathlib import Path
from silah.embedded.servers import servers
with servers(Path({str(folder)!r}), durable=False):
    os.kill(os.getpid(), signal.SIGKILL)
"""
        assert subprocess.run([sys.executable, "-c", script], timeout=PATIENCE).returncode == -signal.SIGKILL
        assert workers_in(folder)
        with servers(folder, durable=False) as addresses:
            assert asked(addresses.database_url, "SELECT 1") == 1
        assert workers_in(folder) == []

    @pytest.mark.parametrize("name", ["long" * 30, "بيانات الجمعيات 100%"], ids=["long", "Arabic, spaces and a sign"])
    def test_a_path_that_is_no_place_for_a_socket_is_no_hindrance(self, folder: Path, name: str) -> None:
        with servers(folder / name, durable=False) as first:
            assert asked(first.owner_url, "SELECT 1") == 1
            assert redis.Redis.from_url(first.redis_url).ping()
            socket = Path(first.redis_url.removeprefix("unix://"))
            assert socket.parent.stat().st_mode & 0o077 == 0
        with servers(folder / name, durable=False) as second:
            assert second == first


def test_folders_that_a_start_as_root_would_open_are_named(folder: Path) -> None:
    shut = folder / "shut"
    shut.mkdir(mode=0o700)
    expected = [shut] if os.geteuid() == 0 else []
    assert [one for one in closed_folders(shut / "data") if one.is_relative_to(folder)] == expected
