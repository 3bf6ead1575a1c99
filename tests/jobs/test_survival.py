"""Nothing that is owed gets lost: a worker killed in the middle, Redis emptied, a handler that fails."""

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from sqlalchemy import create_engine, text

from silah import clock
from silah.embedded.servers import Addresses, redis_server
from silah.jobs import owe
from tenants.context import Tenant
from tenants.database import db
from tests.jobs.conftest import Start, row_of
from tests.waiting import PATIENCE, wait_until

pytestmark = pytest.mark.usefixtures("redis")


def owe_now(kind: str, *keys: str) -> None:
    for key in keys:
        owe(kind, key, clock.now())
    db.session.commit()


def done(*keys: str) -> Any:
    return lambda: all(row_of(key).done_at for key in keys)


def lines(folder: Path, key: str) -> int:
    return len((folder / key).read_text().splitlines())


class TestOwedWork:
    def test_it_is_done_when_it_is_owed_and_not_at_the_next_sweep(
        self, in_tenant: Tenant, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SWEEP_EVERY", "3600")
        start("worker")
        start("scheduler")
        owe_now("test.note", "warm-up")
        wait_until(done("warm-up"))
        owe_now("test.note", "quick")
        wait_until(done("quick"))
        assert lines(tmp_path, "quick") == 1

    def test_a_worker_killed_in_the_middle_loses_nothing(self, in_tenant: Tenant, start: Start, tmp_path: Path) -> None:
        start("scheduler")
        worker = start("worker")
        owe_now("test.slow", "killed")
        pids = tmp_path / "killed.pids"
        wait_until(lambda: pids.exists() and pids.read_text().strip())
        os.kill(int(pids.read_text().split()[0]), signal.SIGKILL)
        worker.kill()
        worker.wait()
        assert row_of("killed").done_at is None
        start("worker")
        wait_until(done("killed"))
        assert lines(tmp_path, "killed") == 1

    def test_an_emptied_redis_loses_nothing(
        self, in_tenant: Tenant, start: Start, redis: Redis, tmp_path: Path
    ) -> None:
        keys = [f"emptied-{number}" for number in range(20)]
        start("scheduler")
        owe_now("test.note", *keys)
        wait_until(lambda: all(row_of(key).handed_at for key in keys))
        redis.flushall()
        start("worker")
        wait_until(done(*keys))
        assert {lines(tmp_path, key) for key in keys} == {1}

    def test_a_worker_outlives_an_emptied_redis(
        self, in_tenant: Tenant, start: Start, redis: Redis, tmp_path: Path
    ) -> None:
        worker = start("worker")
        start("scheduler")
        owe_now("test.note", "before")
        wait_until(done("before"))
        redis.flushall()
        owe_now("test.note", "after")
        wait_until(done("after"))
        assert worker.poll() is None

    def test_what_failed_is_tried_again_later(self, in_tenant: Tenant, start: Start, tmp_path: Path) -> None:
        start("worker")
        start("scheduler")
        owe_now("test.fails-twice", "stubborn")
        wait_until(lambda: row_of("stubborn").attempts == 2)
        assert row_of("stubborn").last_error == "ValueError: try 2"
        wait_until(done("stubborn"))
        assert row_of("stubborn").last_error is None
        assert lines(tmp_path, "stubborn") == 1

    def test_two_schedulers_hand_it_over_once(self, in_tenant: Tenant, start: Start, tmp_path: Path) -> None:
        keys = [f"twice-{number}" for number in range(10)]
        start("scheduler")
        start("scheduler")
        start("worker")
        owe_now("test.note", *keys)
        wait_until(done(*keys))
        assert {lines(tmp_path, key) for key in keys} == {1}


class TestStopping:
    def test_sigterm_lets_the_job_in_hand_finish(self, in_tenant: Tenant, start: Start, tmp_path: Path) -> None:
        (tmp_path / "polite.pids").touch()
        scheduler, worker = start("scheduler"), start("worker")
        owe_now("test.note", "polite")
        wait_until(done("polite"))
        for process in (scheduler, worker):
            process.terminate()
        assert [process.wait(PATIENCE) for process in (scheduler, worker)] == [0, 0]

    def test_sigterm_is_heard_while_redis_is_away(
        self, in_tenant: Tenant, start: Start, data: Path, tmp_path: Path
    ) -> None:
        own = data / "away"
        own.mkdir(exist_ok=True)
        with redis_server(own) as url:
            worker, scheduler = start("worker", redis_url=url), start("scheduler", redis_url=url)
            owe_now("test.note", "last")
            wait_until(done("last"))
        time.sleep(2)
        for process in (worker, scheduler):
            process.terminate()
        assert [process.wait(PATIENCE) for process in (worker, scheduler)] == [0, 0]


class TestLostServers:
    def test_scheduler_and_worker_outlive_a_restart_of_redis(self, in_tenant: Tenant, start: Start, data: Path) -> None:
        own = data / "restarted"
        own.mkdir(exist_ok=True)
        with redis_server(own) as url:
            processes = [start("worker", redis_url=url), start("scheduler", redis_url=url)]
            owe_now("test.note", "first")
            wait_until(done("first"))
        owe_now("test.note", "while-away")
        with redis_server(own):
            wait_until(done("while-away"))
            assert [process.poll() for process in processes] == [None, None]

    def test_the_scheduler_outlives_lost_connections_to_postgresql(
        self, in_tenant: Tenant, start: Start, cluster: Addresses
    ) -> None:
        worker, scheduler = start("worker"), start("scheduler")
        owe_now("test.note", "connected")
        wait_until(done("connected"))
        db.session.rollback()
        with create_engine(cluster.superuser_url).connect() as conn:
            conn.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'silah'")
            )
        db.engine.dispose()
        owe_now("test.note", "connected-again")
        wait_until(done("connected-again"))
        assert [process.poll() for process in (worker, scheduler)] == [None, None]
