"""How old an answer that a process keeps is: the one clock of every cache that is renewed after some seconds."""

import time


def cache_clock() -> float:
    """Return the seconds by which caches age; tests hold it still."""
    return time.monotonic()
