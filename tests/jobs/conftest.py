"""An association that owes work, and worker and scheduler as the real processes."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from redis import Redis
from sqlalchemy import select

from silah.config import Settings
from silah.jobs.transport import connect
from tenants import provisioning
from tenants.context import Tenant, serving
from tenants.database import db
from tenants.registry import DueWork
from tests.jobs.settling import settle_owed_work
from tests.waiting import PATIENCE

HERE = Path(__file__).parent
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def redis(app: Flask, settings: Settings) -> Iterator[Redis]:
    """Redis as the jobs use it, empty, and nothing owed by whatever was tested before."""
    settle_owed_work(app)
    with connect(settings) as connection:
        connection.flushall()
        yield connection


@pytest.fixture(scope="session")
def owing(app: Flask) -> Tenant:
    """An association with nothing but its schema."""
    with app.app_context():
        return provisioning.create("owing", blueprint="madinah-centers", name_ar="جمعية", name_en="Association")


@pytest.fixture
def in_tenant(app: Flask, owing: Tenant) -> Iterator[Tenant]:
    """The test runs serving the association."""
    with app.app_context(), serving(owing):
        yield owing


@pytest.fixture
def start(settings: Settings, tmp_path: Path) -> Iterator[Start]:
    """`start("worker")` and `start("scheduler")` run as separate processes that know the tests' handlers.

    Keywords change a setting.
    """
    running: list[subprocess.Popen[bytes]] = []

    def start(command: str, **changed: Any) -> "subprocess.Popen[bytes]":
        given = settings.model_copy(update=changed).environment()
        environment = {**os.environ, **given, "WORK_LOG": str(tmp_path)}
        with (tmp_path / f"{command}-{len(running)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, str(HERE / "process.py"), command],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        running.append(process)
        return process

    yield start
    for process in running:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in running:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    for log in sorted(tmp_path.glob("*.log")):
        print(f"--- {log.name}\n{log.read_text()}")


def row_of(key: str) -> Any:
    """The row as it is in the database just now."""
    db.session.rollback()
    return db.session.execute(
        select(DueWork.done_at, DueWork.due_at, DueWork.attempts, DueWork.last_error, DueWork.handed_at).where(
            DueWork.key == key
        )
    ).one()
