"""Where rate limits are counted: in the Redis that writes nothing to disk, else in the memory of the process.

Counters and the salt of the day lie in memory only, there or here, so that no disk and no copy of one ever joins an
address to what was done from it. A lost Redis loses no limit: each process then counts by itself, under the same ones.
"""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app
from limits.storage import MemoryStorage, MovingWindowSupport, RedisStorage, Storage
from redis.exceptions import RedisError

from silah.config import Settings
from silah.web.redis_link import RedisLink

T = TypeVar("T")

SCHEME = "silah"
URI = f"{SCHEME}://"
_EXTENSION = "silah.limit_counters"


class LimitCounters:
    """The counters of one app: those of this process, and those that its processes share, where there are any."""

    def __init__(self, settings: Settings) -> None:
        """Prepare both, without connecting."""
        self.memory = MemoryStorage()
        self.link = RedisLink(settings.limits_url, "Redis for limits") if settings.limits_url else None
        self._shared: RedisStorage | None = None
        if self.link is not None and settings.limits_url:
            uri = settings.limits_url.replace("unix://", "redis+unix://")
            self._shared = RedisStorage(uri, connection_pool=self.link.client.connection_pool)

    def count(self, do: Callable[[RedisStorage | MemoryStorage], T]) -> T:
        """Do it on the shared counters, or on those of this process where the shared ones are out of reach."""
        shared = self._shared
        if self.link is not None and shared is not None:
            try:
                return self.link.ask(lambda _: do(shared))
            except RedisError:
                pass  # The link has logged it.
        return do(self.memory)


class LimitStorage(Storage, MovingWindowSupport):
    """What Flask-Limiter counts on: the counters of whichever app is running."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012  # the base class calls it its instances', and reads it of the class
    base_exceptions = RedisError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add to a counter that ends after `expiry` seconds."""
        return counters().count(lambda storage: storage.incr(key, expiry, amount))

    def get(self, key: str) -> int:
        """Return a counter."""
        return counters().count(lambda storage: storage.get(key))

    def get_expiry(self, key: str) -> float:
        """Return when a counter ends, in seconds since 1970."""
        return counters().count(lambda storage: storage.get_expiry(key))

    def check(self) -> bool:
        """Say that counting works, since it always does."""
        return True

    def reset(self) -> int | None:
        """Forget every counter."""
        counters().memory.reset()
        return counters().count(lambda storage: storage.reset())

    def clear(self, key: str) -> None:
        """Forget one counter."""
        counters().count(lambda storage: storage.clear(key))

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Enter one more use in a moving window, unless it is full."""
        return counters().count(lambda storage: storage.acquire_entry(key, limit, expiry, amount))

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """Return when the window began, in seconds since 1970, and how many uses it holds."""
        return counters().count(lambda storage: storage.get_moving_window(key, limit, expiry))


def counters() -> LimitCounters:
    """Return the counters of the running app."""
    found: LimitCounters = current_app.extensions[_EXTENSION]
    return found


def init_limit_storage(app: Flask) -> None:
    """Give an app counters of its own."""
    app.extensions[_EXTENSION] = LimitCounters(app.config["SILAH"])
    app.config["RATELIMIT_STORAGE_URI"] = URI
