"""One running demo for all processes of a test run: the first that needs it starts it, the last one stops it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fasteners

from tests.processes import end_by_id
from tests.reaper import reap, start_reaper
from tests.scratch import SCRATCH
from tests.waiting import free_port, wait_until

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
"""What the processes of one test run have in common."""
LEADER = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
"""The process that ends last of a test run."""


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
                _stop(folder)


def _number(path: Path) -> int:
    return int(path.read_text()) if path.exists() else 0


def _start(folder: Path) -> None:
    start_reaper(folder, LEADER)
    command = [sys.executable, "-m", "silah", "demo", "--port", str(free_port()), "--data", str(folder)]
    with (folder / "out").open("w") as out:
        process = subprocess.Popen([*command, "--workers", "1"], stdout=out, stderr=out, start_new_session=True)
    (folder / "pid").write_text(str(process.pid))
    try:
        wait_until(lambda: _ready(process, folder / "out"), "the demo", every=0.2)
    except BaseException:
        _stop(folder)
        raise


def _ready(process: "subprocess.Popen[bytes]", out: Path) -> bool:
    """Whether the line was printed that says that pages answer."""
    printed = out.read_text()
    assert process.poll() is None, printed
    return "Ready" in printed


def _stop(folder: Path) -> None:
    """End it, whoever started it, and leave nothing of it."""
    end_by_id(_number(folder / "pid"))
    reap(folder)
