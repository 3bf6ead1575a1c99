"""Clients that send half of a request and no more: others are served all the while, and they are closed in the end."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
MANY = 24
PATIENCE = 120
HEAD = b"POST / HTTP/1.1\r\nHost: a.example\r\n"
FORM = HEAD + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 2000\r\n\r\ntext=ha"
UPLOAD = HEAD + b"Content-Length: 5000000\r\n\r\n"
HALVES = {
    "nothing": b"",
    "half a line": b"GET / HT",
    "half a head": HEAD + b"X-Half: a",
    "half a form": FORM,
    "half an upload": UPLOAD + bytes(3000),
    "much of an upload": UPLOAD + bytes(200_000),
    "half of a chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\nffff\r\nhalf",
    "a body that is to be asked for": HEAD + b"Content-Length: 50\r\nExpect: 100-continue\r\n\r\n",
}


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Read all that was sent, and say how much it was."""
    sent = 0
    try:
        while block := environ["wsgi.input"].read(65536):
            sent += len(block)
    except OSError:
        start_response("408 Request Timeout", [("Content-Length", "0")])
        return []
    body = f"{environ['REQUEST_METHOD']} {sent}".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A real server with two threads."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "tests.walls.test_slow_clients:app", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "silah.web.worker.Worker", "--threads", "2", "--no-control-socket"]
    with (tmp_path_factory.mktemp("slow") / "log").open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield port
        process.terminate()
        process.wait(60)


def connected(port: int, sent: bytes) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    made.sendall(sent)
    return made


def answer(made: socket.socket) -> bytes:
    """All that comes until there is nothing more, or the connection ends."""
    got = b""
    with suppress(ConnectionResetError):
        while block := made.recv(65536):
            got += block
            if got.endswith((b"GET 0", b"POST 7", b"POST 200000")):
                break
    return got


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES.keys())
def test_others_are_served_while_many_send_half(port: int, half: bytes) -> None:
    slow = [connected(port, half) for _ in range(MANY)]
    try:
        for sent in (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", HEAD + b"Content-Length: 7\r\n\r\na=b&c=d"):
            with connected(port, sent) as one:
                assert answer(one).startswith(b"HTTP/1.1 200")
        # None of them had ended before: nobody waited for their deadlines.
        assert sum(_is_open(one) for one in slow) >= MANY // 2
    finally:
        for one in slow:
            one.close()


def test_whoever_sends_no_more_is_closed(port: int) -> None:
    slow = {name: connected(port, half) for name, half in HALVES.items()}
    for name, one in slow.items():
        with one:
            assert b" 200 " not in answer(one), name  # which returns because it was closed


def test_a_form_that_comes_in_pieces_is_taken(port: int) -> None:
    with connected(port, b"") as slow:
        for piece in (b"POST / HT", b"TP/1.1\r\nHost: a\r\nContent-", b"Length: 7\r\n\r\n", b"a=b", b"&c=d"):
            slow.sendall(piece)
            time.sleep(0.2)
        assert answer(slow).endswith(b"POST 7")


def test_an_upload_that_comes_slowly_but_steadily_is_taken(port: int) -> None:
    with connected(port, HEAD + b"Content-Length: 200000\r\n\r\n") as slow:
        for _ in range(20):
            slow.sendall(bytes(10_000))
            time.sleep(0.2)
        assert answer(slow).endswith(b"POST 200000")


def test_a_connection_that_is_kept_serves_one_after_another(port: int) -> None:
    with connected(port, b"") as kept:
        for _ in range(5):
            kept.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            assert answer(kept).endswith(b"GET 0")
            kept.sendall(HEAD + b"Content-Length: 7\r\n\r\na=b")
            time.sleep(0.1)
            kept.sendall(b"&c=d")
            assert answer(kept).endswith(b"POST 7")


def test_requests_sent_in_one_go_are_all_answered(port: int) -> None:
    with connected(port, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" * 3) as one:
        got = b""
        while got.count(b"GET 0") < 3:
            block = one.recv(65536)
            assert block
            got += block


def _is_open(made: socket.socket) -> bool:
    made.setblocking(False)
    try:
        return made.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False
