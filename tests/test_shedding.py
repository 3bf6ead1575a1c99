"""More requests than can be served: some wait, the others are told at once, and what was let in is answered whole."""

import gc
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from silah.web import load_shedding, worker
from tests.faults.hidden_fields import hidden_fields
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


shed = load_shedding.Shed(slow, AFTER)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server with one thread."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "tests.test_shedding:shed", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "silah.web.worker.Worker", "--threads", "1", "--no-control-socket"]
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
            assert "What you typed is still here" in body.decode()
            assert f'name="{"x" * 20_000}"' in body.decode()


def test_a_server_that_is_not_asked_much_turns_nobody_away(server: str) -> None:
    assert [post(server)[0] for _ in range(3)] == [200, 200, 200]


def test_what_the_application_consists_of_is_left_to_itself_by_the_collector(server: str) -> None:
    frozen, threshold = map(int, post(f"{server}/garbage")[1].split())
    assert frozen > 10_000
    assert threshold == worker.GARBAGE


def shown(**request: Any) -> str:
    """The page that a request gets which waited too long."""
    load_shedding.begin(60)
    try:
        builder = EnvironBuilder(**request)
        answer: tuple[Iterable[bytes], str, Any] = run_wsgi_app(shed, builder.get_environ())
        assert answer[1] == "503 Service Unavailable"
        assert answer[2]["Content-Security-Policy"] == load_shedding.POLICY
        return b"".join(answer[0]).decode()
    finally:
        load_shedding.begin(0)


@pytest.mark.parametrize("coded", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_the_page_brings_what_was_typed_and_sends_it_by_one_press(coded: str) -> None:
    typed = {
        "text": '"> <script> & تأخر\nالسلة',
        "csrf_token": "t",
        "password": "hush",
        "present": "hush",
        "code": "hush",
    }
    page = shown(method="POST", path="/complaints/new", data=typed, content_type=coded)
    assert dict(hidden_fields(page)) == {"text": typed["text"], "csrf_token": "t"}
    assert "<script>" not in page
    assert "hush" not in page
    assert page.count("<button") == 1
    assert 'method="post"' in page
    assert ("multipart" in page) == ("multipart" in coded)


@pytest.mark.parametrize(
    "request_",
    [
        {"data": {"text": "long " * 20_000}},
        {"data": {"text": "short", "files": (BytesIO(b"a picture"), "home.jpg")}},
        {"data": {"text": "short"}, "headers": {"Sec-Fetch-Site": "cross-site"}},
    ],
)
def test_what_the_page_cannot_hold_or_another_site_sent_is_told_in_words(request_: dict[str, Any]) -> None:
    page = shown(method="POST", path="/complaints/new", **request_)
    assert page == load_shedding.UNSHOWN.decode()
    assert "files too" in page


def test_health_is_always_answered() -> None:
    load_shedding.begin(60)
    try:
        said: list[str] = []
        app = load_shedding.Shed(lambda environ, start: [b"ok"], AFTER)
        assert app({"PATH_INFO": "/healthz"}, lambda status, headers: said.append(status)) == [b"ok"]
        assert app({"PATH_INFO": "/"}, lambda status, headers: said.append(status)) == [load_shedding.PAGE]
        assert said == ["503 Service Unavailable"]
    finally:
        load_shedding.begin(0)
