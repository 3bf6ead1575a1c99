"""How long a test waits for what must come about in the end: long, since a busy machine is no fault of the rule."""

import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

PATIENCE = 240.0
"""Seconds within which whatever was begun has to have come about."""


def wait_until(is_so: Callable[[], Any], what: str = "it", *, every: float = 0.05) -> Any:
    """Ask again and again until it is so, and give the answer; fail where it does not become so."""
    end = time.monotonic() + PATIENCE
    while not (found := is_so()):
        assert time.monotonic() < end, f"{what} did not come about in {PATIENCE:.0f} seconds"
        time.sleep(every)
    return found


def wait_for_port(port: int, process: "subprocess.Popen[Any]", log: Path) -> None:
    """Wait until a server that was started takes connections; fail with its log where it ends before."""

    def taken() -> bool:
        if process.poll() is not None:
            raise RuntimeError(f"the server did not start: {log.read_text()[-2000:]}")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        return False

    wait_until(taken, f"an answer at port {port}")


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
