"""Opening files from strangers in a process of its own, with limits of memory, processor time and wall time.

Each process that serves has one server of its own, begun with its first file: see ``sandbox_server``. Whatever happens
there, killed or out of memory, is a refusal here.
"""

import atexit
import contextlib
import json
import logging
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from silah.documents.formats import TOO_HEAVY, Refused
from silah.documents.sandbox_server import BEGUN, LONGEST_MESSAGE

log = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
LIMITS = {"memory": 768 * MEGABYTE, "output": 96 * MEGABYTE, "cpu_seconds": 10, "wall_seconds": 30}
"""What opening one file may take. A photo of 50 million pixels takes half of it."""

AT_ONCE = 2
"""How many files one process has opened at the same time; others wait for their turn."""

PATIENCE = 5
"""So many seconds beyond the limit we wait for a process that limits itself."""

START = "import sys; sys.path[:0] = sys.argv[2:]; from runpy import run_module; run_module({!r}, run_name='__main__')"
MODULE = "silah.documents.sandbox_server"

_turns = threading.BoundedSemaphore(AT_ONCE)


class Gone(Exception):
    """The server is not there any more."""


class Server:
    """The process that forks for each file, and the socket on which it takes them."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            # Isolated: no environment, no site packages but by the paths named, so no settings and no secrets.
            command = [sys.executable, "-I", "-S", "-c", START.format(MODULE), str(theirs.fileno()), *_paths()]
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                command, pass_fds=[theirs.fileno()], env={}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, cwd="/", start_new_session=True,
            )  # fmt: skip

    def send(self, job: bytes, descriptors: list[int]) -> None:
        """Hand a job over; raises ``Gone``."""
        try:
            socket.send_fds(self.requests, [job], descriptors)
        except OSError as error:
            raise Gone from error

    def close(self) -> None:
        """End it: it goes when nobody can send to it."""
        self.requests.close()
        if self.owner == os.getpid():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(PATIENCE)


class Servers:
    """The server of this process; a forked process gets one of its own."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.current: Server | None = None

    def get(self) -> Server:
        """Return the server, started where there is none."""
        with self.lock:
            if self.current is None or self.current.owner != os.getpid():
                self.current = Server()
            return self.current

    def drop(self, server: Server | None = None) -> None:
        """Let go of a server that has gone, or of whichever there is."""
        with self.lock:
            if self.current is not None and server in (None, self.current):
                self.current.close()
                self.current = None


_servers = Servers()


def _begin_anew() -> None:
    """In a forked process: a lock that was held, or a turn that was taken, in the other would never come free."""
    global _turns, _servers
    _turns, _servers = threading.BoundedSemaphore(AT_ONCE), Servers()


os.register_at_fork(after_in_child=_begin_anew)
atexit.register(lambda: _servers.drop())


@contextmanager
def opened(task: str, source: IO[bytes] | bytes, **options: Any) -> Iterator[tuple[dict[str, Any], IO[bytes]]]:
    """Do a task on a file: what was said of it, and the result as a file; raise ``Refused``.

    ``source`` is read to its end from where it stands. The result is gone after the block.
    """
    with scratch() as given, scratch() as made:
        _copy(source, given)
        with _turns:
            said = _done({"task": task, **LIMITS, **options}, given, made)
        if "refused" in said:
            raise Refused(said["refused"])
        made.seek(0, os.SEEK_END)
        kept = made if made.tell() else given
        kept.seek(0)
        yield said, kept


def scratch() -> IO[bytes]:
    """Return a file without a name: in memory that is not this process's own where the system can, else on disk."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("silah"), "w+b")
    return tempfile.TemporaryFile()


def _copy(source: IO[bytes] | bytes, target: IO[bytes]) -> None:
    if isinstance(source, bytes):
        target.write(source)
    else:
        while block := source.read(MEGABYTE):
            target.write(block)
    target.flush()
    target.seek(0)


def _done(job: dict[str, Any], given: IO[bytes], made: IO[bytes]) -> dict[str, Any]:
    """What the fork says in the end; a server that had gone while nothing was asked is started again, once."""
    message = json.dumps(job).encode()
    for last in (False, True):
        server = _servers.get()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with ours:
            try:
                with theirs:
                    server.send(message, [given.fileno(), made.fileno(), theirs.fileno()])
                return _answer(ours, job["wall_seconds"] + PATIENCE)
            except Gone:
                _servers.drop(server)
                if last:
                    log.error("the process that opens files does not start, or dies at once")
                    raise Refused(TOO_HEAVY) from None
    raise AssertionError("there is a last time")


def _answer(ours: socket.socket, seconds: float) -> dict[str, Any]:
    """Read what a fork says until it ends: nothing at all is the server's end, no answer its own."""
    until, heard = time.monotonic() + seconds, b""
    while True:
        ours.settimeout(max(until - time.monotonic(), 0.01))
        try:
            block = ours.recv(LONGEST_MESSAGE)
        except (TimeoutError, OSError):
            raise Refused(TOO_HEAVY) from None
        if not block:
            break
        heard += block
    if not heard:
        raise Gone
    said = heard.removeprefix(BEGUN)
    answer: dict[str, Any] = json.loads(said) if said else {"refused": TOO_HEAVY}
    return answer


def _paths() -> list[str]:
    """Where the server finds what it imports: this application, and the packages of this environment."""
    return [str(Path(__file__).parents[2]), *(path for path in sys.path if path)]
