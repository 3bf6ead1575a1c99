"""Redis on the path of a request: asked for half a second at most, and let alone for a while once it failed."""

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import RedisError
from redis.retry import Retry

T = TypeVar("T")

log = logging.getLogger(__name__)

WAIT_SECONDS = 0.5
"""How long a page waits for Redis; what it wants there it can do without."""

PAUSE_SECONDS = 5.0
"""How long a Redis that failed is not asked again, so that a dead or hanging one does not slow every page."""


def connect_briefly(url: str) -> Redis:
    """Return a client that gives up after half a second and tries nothing twice."""
    return Redis.from_url(
        url, socket_timeout=WAIT_SECONDS, socket_connect_timeout=WAIT_SECONDS, retry=Retry(NoBackoff(), 0)
    )


class RedisLink:
    """One Redis as the requests of a process ask it; a circuit breaker keeps them from waiting in turn."""

    def __init__(self, url: str, name: str) -> None:
        """Prepare the client, without connecting; `name` is what the log calls the server."""
        self.client, self.name = connect_briefly(url), name
        self._lock = Lock()
        self._asked_again_at: float | None = None

    def ask(self, question: Callable[[Redis], T]) -> T:
        """Return the answer to a question; raises ``RedisError``, at once while Redis is let alone."""
        self._pass()
        try:
            answer = question(self.client)
        except RedisError as error:
            self._fail(error)
            raise
        if self._asked_again_at is not None:
            log.info("%s answers again", self.name)
            self._asked_again_at = None
        return answer

    def _pass(self) -> None:
        """Let a question through: any while Redis is well, one after each pause while it is not."""
        if self._asked_again_at is None:
            return
        with self._lock:
            now = time.monotonic()
            if self._asked_again_at is not None and now < self._asked_again_at:
                raise NoConnection(f"{self.name} failed a moment ago")
            self._asked_again_at = now + PAUSE_SECONDS

    def _fail(self, error: RedisError) -> None:
        if self._asked_again_at is None:
            log.warning("%s does not answer: %s", self.name, error)
        self._asked_again_at = time.monotonic() + PAUSE_SECONDS
