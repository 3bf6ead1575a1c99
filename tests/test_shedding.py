"""More requests than can be served: some wait, the others are told at once, and what was let in is answered whole."""

import gc
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from silah import shedding, web_worker
from tests.processes import running
from tests.waiting import PATIENCE, free_port, wait_for_port

ROOT = Path(__file__).resolve().parents[1]
SLOW, AFTER, TOGETHER = 0.3, 0.4, 12


def slow(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """An app that takes its time; it reads what was sent and says how much that was, or how it collects garbage."""
    sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    time.sleep(SLOW)
    collecting = f"{gc.get_freeze_count()} {gc.get_threshold()[0]}"
    body = str(collecting if environ["PATH_INFO"] == "/garbage" else len(sent)).encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


shed = shedding.Shed(slow, AFTER)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server with one thread."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "tests.test_shedding:shed", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "silah.web_worker.Worker", "--threads", "1", "--no-control-socket"]
    log = tmp_path_factory.mktemp("shed") / "log"
    with running(command, log, cwd=ROOT) as process:
        wait_for_port(port, process, log)
        yield f"http://127.0.0.1:{port}"


def post(address: str) -> tuple[int, bytes, dict[str, str]]:
    """Send a form of some size; gives status, body and headers."""
    try:
        with urllib.request.urlopen(address, data=b"x" * 20_000, timeout=PATIENCE) as answer:  # noqa: S310 - our own address
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read(), dict(refused.headers)


def test_what_waits_too_long_is_told_and_what_was_let_in_is_answered(server: str) -> None:
    with ThreadPoolExecutor(TOGETHER) as pool:
        got = list(pool.map(post, [server] * TOGETHER))
    counted = Counter(status for status, _body, _headers in got)
    assert counted[200] + counted[503] == TOGETHER
    assert counted[200] >= 2
    assert counted[503] >= TOGETHER // 2
    assert {body for status, body, _headers in got if status == 200} == {b"20000"}
    for status, body, headers in got:
        if status == 503:
            assert int(headers["Retry-After"]) > 0
            assert "ما كتبته باقٍ" in body.decode()
            assert "what you typed is still there" in body.decode()


def test_a_server_that_is_not_asked_much_turns_nobody_away(server: str) -> None:
    assert [post(server)[0] for _ in range(3)] == [200, 200, 200]


def test_what_the_application_consists_of_is_left_to_itself_by_the_collector(server: str) -> None:
    frozen, threshold = map(int, post(f"{server}/garbage")[1].split())
    assert frozen > 10_000
    assert threshold == web_worker.GARBAGE


def test_health_is_always_answered() -> None:
    shedding.begin(60)
    try:
        said: list[str] = []
        app = shedding.Shed(lambda environ, start: [b"ok"], AFTER)
        assert app({"PATH_INFO": "/healthz"}, lambda status, headers: said.append(status)) == [b"ok"]
        assert app({"PATH_INFO": "/"}, lambda status, headers: said.append(status)) == [shedding.PAGE]
        assert said == ["503 Service Unavailable"]
    finally:
        shedding.begin(0)
