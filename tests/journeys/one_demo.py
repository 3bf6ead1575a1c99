"""One running demo for all processes of a test run: the first that needs it starts it, the last one stops it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import fasteners
import psutil

from tests.scratch import SCRATCH

START_SECONDS, STOP_SECONDS = 180, 60
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
"""What the processes of one test run have in common."""


class Demo:
    """A running demo: where each association answers, who may sign in, and the mail that went out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.described = json.loads((folder / "demo.json").read_text())

    def association(self, slug: str) -> Any:
        return next(one for one in self.described["associations"] if one["slug"] == slug)

    def account(self, slug: str, role: str) -> Any:
        return next(one for one in self.association(slug)["accounts"] if role in one["roles"])


@contextmanager
def one_demo() -> Iterator[Demo]:
    """The demo of this test run, for as long as some process of it uses it."""
    folder = Path(SCRATCH, f"silah-journeys-{RUN}")
    users = folder / "users"
    lock = fasteners.InterProcessLock(str(Path(SCRATCH, f"silah-journeys-{os.geteuid()}.lock")))
    with lock:
        if not folder.exists():
            folder.mkdir(mode=0o755)
            _start(folder)
        users.write_text(str(_number(users) + 1))
    try:
        yield Demo(folder)
    finally:
        with lock:
            users.write_text(str(_number(users) - 1))
            if not _number(users):
                _stop(_number(folder / "pid"))
                shutil.rmtree(folder, ignore_errors=True)


def _number(path: Path) -> int:
    return int(path.read_text()) if path.exists() else 0


def _start(folder: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "silah", "demo", "--port", str(port), "--data", str(folder), "--workers", "1"]
    with (folder / "out").open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
    (folder / "pid").write_text(str(process.pid))
    try:
        _wait(process, folder / "out")
    except BaseException:
        _stop(process.pid)
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _wait(process: "subprocess.Popen[bytes]", out: Path) -> None:
    """Wait for the line that says that pages answer."""
    until = time.monotonic() + START_SECONDS
    while "Ready" not in (printed := out.read_text()):
        assert process.poll() is None, printed
        assert time.monotonic() < until, printed
        time.sleep(0.2)


def _stop(pid: int) -> None:
    """End it; who started it may be another process, which leaves it as a zombie until it ends itself."""
    until = time.monotonic() + STOP_SECONDS
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        process.send_signal(signal.SIGTERM)
        while process.status() != psutil.STATUS_ZOMBIE and time.monotonic() < until:
            time.sleep(0.1)
