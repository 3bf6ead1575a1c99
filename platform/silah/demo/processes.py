"""Child processes of the demo: each in a session of its own, restarted if it falls, ended to the last one."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE_SECONDS = 30
FALLS_ALLOWED = 5
PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None) if sys.platform.startswith("linux") else None


def _end_with_parent() -> None:
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class FellTooOften(Exception):
    """A child process ends again and again; the text names its log."""


@dataclass
class Child:
    """One kind of process: how it is started, and the one that runs."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    log: Path
    falls: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    sessions: list[int] = field(default_factory=list)

    def start(self) -> None:
        """Start it; its output goes to its log."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                self.command,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )
        self.sessions.append(self.process.pid)

    def tend(self) -> None:
        """Start it again if it has fallen; raises `FellTooOften`."""
        if self.process is None or self.process.poll() is None:
            return
        self.falls += 1
        if self.falls > FALLS_ALLOWED:
            raise FellTooOften(f"{self.name} ended {self.falls} times; its log is {self.log}")
        self.start()

    def restart(self) -> None:
        """End it as it runs, whole, and start it anew; that is no fall."""
        stop([self])
        self.sessions.clear()
        self.start()


def stop(children: Sequence[Child]) -> None:
    """Ask all to end, wait, then end by force whatever is left in their sessions."""
    for child in children:
        if child.process is not None:
            with suppress(ProcessLookupError):
                child.process.terminate()
    until = time.monotonic() + PATIENCE_SECONDS
    for child in children:
        if child.process is not None:
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.1, until - time.monotonic()))
    for session in [one for child in children for one in child.sessions]:
        for left in members(session):
            with suppress(ProcessLookupError, PermissionError):
                os.kill(left, signal.SIGKILL)
    for child in children:
        if child.process is not None:
            child.process.wait()


def members(session: int) -> list[int]:
    """The processes of a session, as far as the system tells."""
    if Path("/proc/self/stat").exists():
        return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if _session(pid) == session]
    listed = subprocess.run(["/bin/ps", "-axo", "pid=,sess="], capture_output=True, text=True, check=False)
    pairs = [line.split() for line in listed.stdout.splitlines()]
    return [int(pair[0]) for pair in pairs if len(pair) == 2 and pair[1] == str(session)]


def _session(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except OSError:
        return None
