"""Programs that tests start: each in a session of its own, which ends whole, whatever becomes of the test."""

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from tests.reaper import reap
from tests.waiting import PATIENCE, wait_until

STOP_SECONDS = 60.0


@contextmanager
def running(command: Sequence[str], log: Path, **options: Any) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a program, its output in a file; it and all that it started have ended on leaving."""
    with log.open("ab") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True, **options)
    try:
        yield process
    finally:
        end(process)


def end(process: "subprocess.Popen[Any]") -> None:
    """Ask a program to end; past its time, or once it has ended, end by force what is left of its session."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_SECONDS)
    for pid in [one for one in psutil.pids() if _session(one) == process.pid]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def end_by_id(pid: int) -> None:
    """Ask a program to end and wait until it has; who started it may be another process, which leaves a zombie."""
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        process.terminate()
        wait_until(lambda: process.status() == psutil.STATUS_ZOMBIE, f"the end of {pid}")


def run_whole(
    command: Sequence[str], folder: Path, *, seconds: float = PATIENCE, **options: Any
) -> "subprocess.CompletedProcess[str]":
    """Run a program that works in a folder to its end, and give what it said; nothing of it is left.

    Raises `subprocess.TimeoutExpired` where it takes longer; then, too, its processes and the folder are gone.
    """
    options["env"] = {**options.get("env", os.environ), "TMPDIR": str(folder)}
    said, wrong = folder / "stdout", folder / "stderr"  # not pipes, which whatever it leaves would hold open
    with said.open("wb") as out, wrong.open("wb") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, start_new_session=True, **options)
    try:
        process.wait(seconds)
        return subprocess.CompletedProcess(command, process.returncode, said.read_text(), wrong.read_text())
    finally:
        end(process)
        reap(folder)


def _session(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except OSError:
        return None
