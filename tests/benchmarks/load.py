"""A small load on a server of this machine: a few clients that ask for one page again and again."""

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from tests.processes import running
from tests.waiting import PATIENCE, free_port, wait_for_port

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = 8
BUSY_SECONDS = 0.1
WORKER = "silah.web.worker.Worker"
SERVER = (
    *("--worker-class", WORKER, "--workers", "2", "--threads", "4"),
    *("--worker-connections", "4000", "--no-control-socket"),
)
"""As the demo serves; the same for both sides."""


@contextmanager
def gunicorn(app: str, environment: dict[str, str], log: Path) -> Iterator[int]:
    """Serve an app; gives the port once pages are answered."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}", *SERVER]
    with running(command, log, cwd=ROOT, env={**os.environ, **environment}) as process:
        wait_for_port(port, process, log)
        yield port


def request(host: str, path: str, headers: dict[str, str] | None = None) -> bytes:
    """The bytes of a request that keeps its connection."""
    lines = {"Host": host, "Accept": "text/html", **(headers or {})}
    return "\r\n".join([f"GET {path} HTTP/1.1", *(f"{k}: {v}" for k, v in lines.items()), "", ""]).encode()


def posted(host: str, path: str, body: str, kind: str, cookie: str = "") -> bytes:
    """The bytes of a form that is sent."""
    lines = {"Host": host, "Content-Type": kind, "Content-Length": str(len(body.encode()))}
    if cookie:
        lines["Cookie"] = cookie
    head = "\r\n".join([f"POST {path} HTTP/1.1", *(f"{k}: {v}" for k, v in lines.items()), "", ""])
    return (head + body).encode()


def rate_of(port: int, sent: list[bytes]) -> float:
    """Answers a second for these requests, each sent by one of the clients until it is served."""
    waiting = iter(sent)
    lock = Lock()

    def following() -> bytes | None:
        with lock:
            return next(waiting, None)

    with ThreadPoolExecutor(CLIENTS) as pool:
        begun = time.perf_counter()
        list(pool.map(lambda _: _each(port, following), range(CLIENTS)))
        return len(sent) / (time.perf_counter() - begun)


def _each(port: int, following: Callable[[], bytes | None]) -> None:
    asked = following()
    while asked is not None:
        with _connected(port) as conn:
            open_ = True
            while open_ and asked is not None:
                conn.sendall(asked)
                open_, served = _answer(conn)
                asked = following() if served else asked


def rate(port: int, asked: bytes, seconds: float) -> float:
    """Answers a second over all clients; raises where one is neither 200 nor "busy"."""
    until = time.perf_counter() + seconds
    with ThreadPoolExecutor(CLIENTS) as pool:
        begun = time.perf_counter()
        counts = list(pool.map(lambda _: _client(port, asked, until), range(CLIENTS)))
        return sum(counts) / (time.perf_counter() - begun)


def _client(port: int, asked: bytes, until: float) -> int:
    count = 0
    while time.perf_counter() < until:
        with _connected(port) as conn:
            open_ = True
            while open_ and time.perf_counter() < until:
                conn.sendall(asked)
                open_, served = _answer(conn)
                count += served
    return count


def _connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def _answer(conn: socket.socket) -> tuple[bool, bool]:
    """Read one answer whole; gives whether the connection may be used again, and whether the page was served.

    A server that says that it is busy, which it is beside other work of the machine, is asked again, and that answer
    is not counted; raises where the page answers anything else.
    """
    held = b""
    while b"\r\n\r\n" not in held:
        if not (piece := conn.recv(65536)):
            raise ConnectionError("the server closed the connection in the middle of an answer")
        held += piece
    head, _, body = held.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    busy = lines[0].startswith(b"http/1.1 503") and any(line.startswith(b"retry-after:") for line in lines)
    if not busy and not lines[0].startswith(b"http/1.1 200"):
        raise ValueError(f"the page answered {lines[0].decode()}")
    length = next(int(line[15:]) for line in lines if line.startswith(b"content-length:"))
    left = length - len(body)
    while left > 0:
        left -= len(conn.recv(65536))
    if busy:
        time.sleep(BUSY_SECONDS)
    return b"connection: close" not in lines, not busy
