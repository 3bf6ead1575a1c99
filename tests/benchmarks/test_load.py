"""The load of the benchmarks meets a busy server: it asks again, and counts only what was served."""

import threading
from typing import Any

import pytest

from tests.benchmarks import load
from tests.browsing import listening


class Busy:
    """A server that tells every second request to come back."""

    def __init__(self, status: str = "503 Service Unavailable") -> None:
        self.status, self.asked, self.served, self.lock = status, 0, 0, threading.Lock()

    def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
        with self.lock:
            self.asked += 1
            turn = self.asked % 2
            self.served += not turn
        start_response(self.status if turn else "200 OK", [("Content-Length", "2"), ("Retry-After", "1")])
        return [b"ok"]


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Busy:
    monkeypatch.setattr(load, "BUSY_SECONDS", 0)
    return Busy()


def test_what_was_told_to_come_back_is_sent_again(busy: Busy) -> None:
    with listening(busy) as port:
        assert load.rate_of(port, [load.request("a", "/")] * 40) > 0
    assert busy.served >= 40


def test_only_what_was_served_counts(busy: Busy) -> None:
    with listening(busy) as port:
        assert load._client(port, load.request("a", "/"), load.time.perf_counter() + 0.5) == busy.served


def test_any_other_answer_ends_the_measure(busy: Busy) -> None:
    busy.status = "500 Internal Server Error"
    with listening(busy) as port, pytest.raises(ValueError, match="500"):
        load.rate_of(port, [load.request("a", "/")] * 40)
