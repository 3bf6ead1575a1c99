"""A worker or scheduler with handlers that write down what they did, for tests that kill it."""

import os
import sys
import time
from pathlib import Path
from typing import Any

from silah.cli import main
from silah.jobs import handles, scheduled_jobs, scheduler, sweeper
from silah.jobs.scheduled_jobs import FIRST_DELAY

LOG = Path(os.environ["WORK_LOG"])
sweeper.HANDED_AGAIN_AFTER = FIRST_DELAY / 5
scheduled_jobs.FIRST_DELAY = FIRST_DELAY / 10


@handles("test.note")
def note(key: str, payload: dict[str, Any]) -> None:
    """Write a line."""
    with (LOG / key).open("a") as out:
        out.write("done\n")


@handles("test.slow")
def slow(key: str, payload: dict[str, Any]) -> None:
    """Say that it began and by whom, and take long the first time."""
    started = LOG / f"{key}.pids"
    first = not started.exists()
    with started.open("a") as out:
        out.write(f"{os.getpid()}\n")
    if first:
        time.sleep(60)
    note(key, payload)


@handles("test.fails-twice")
def fails_twice(key: str, payload: dict[str, Any]) -> None:
    """Fail the first two times."""
    tries = LOG / f"{key}.tries"
    count = len(tries.read_text()) if tries.exists() else 0
    tries.write_text("x" * (count + 1))
    if count < 2:
        raise ValueError(f"try {count + 1}")
    note(key, payload)


if every := os.environ.get("SWEEP_EVERY"):
    scheduler.Scheduler.__init__.__defaults__ = (int(every),)
sys.argv[0] = "silah"
main()
