"""Nothing outlives a run of the tests: what works in a folder ends with it, however the run itself ended.

Run as a program, `python -m tests.reaper PID FOLDER`, it waits until a process has ended, then ends whatever still
works in the folder and removes it: a run that was killed outright removes nothing itself.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
GRACE_SECONDS = 15.0


@contextmanager
def reaped(folder: Path, watched: int | None = None) -> Iterator[None]:
    """End what works in a folder and remove it, on leaving the block or when a process (this one) has ended."""
    reaper = start_reaper(folder, watched or os.getpid())
    try:
        yield
    finally:
        reaper.kill()
        reaper.wait()
        reap(folder)


def start_reaper(folder: Path, watched: int) -> "subprocess.Popen[bytes]":
    """Start the program that waits for the end of a process."""
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, "-m", "tests.reaper", str(watched), str(folder)],
        cwd=ROOT,
        stdin=nowhere,
        stdout=nowhere,
        stderr=nowhere,
        start_new_session=True,
    )


def reap(folder: Path) -> None:
    """End whatever works in a folder, first by asking, and remove the folder."""
    until = time.monotonic() + GRACE_SECONDS
    for process in workers_in(folder):
        with suppress(psutil.Error):
            process.send_signal(signal.SIGTERM)
    while left := workers_in(folder):
        if time.monotonic() > until:
            for process in left:
                with suppress(psutil.Error):
                    process.kill()
        time.sleep(0.1)
    shutil.rmtree(folder, ignore_errors=True)


def workers_in(folder: Path) -> list[psutil.Process]:
    """List the processes that have a folder in their arguments or environment, or stand in it; a zombie is nobody."""
    ours = {os.getpid(), *(one.pid for one in psutil.Process().parents())}
    return [one for one in psutil.process_iter() if one.pid not in ours and _works_in(one, str(folder))]


def _works_in(process: psutil.Process, folder: str) -> bool:
    try:
        words = process.cmdline()
        if not words or process.status() == psutil.STATUS_ZOMBIE or "tests.reaper" in words:
            return False
        if any(folder in word for word in words):
            return True
        return process.cwd().startswith(folder) or any(folder in value for value in process.environ().values())
    except psutil.Error:
        return False


def main(watched: int, folder: Path) -> None:
    """Wait for the end of a process, then reap the folder."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(watched)
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            time.sleep(1)
    reap(folder)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
