"""Gunicorn's threaded worker, which tells the application how long each request has waited for a thread."""

import gc
import time
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from silah import shedding

GARBAGE = 50_000
"""How many more objects are made than freed before the collector looks: a page makes thousands, and frees them."""


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """`gunicorn --worker-class silah.web_worker.Worker`: what waits too long is turned away politely."""

    def load_wsgi(self) -> None:
        """Load the application; what it consists of stays, so the collector need not look at it ever again."""
        super().load_wsgi()
        gc.collect()
        gc.freeze()
        gc.set_threshold(GARBAGE)

    def enqueue_req(self, conn: TConn) -> None:
        """Note when the request came, and queue it."""
        conn.queued_at = time.monotonic()
        super().enqueue_req(conn)

    def handle(self, conn: TConn) -> Any:
        """Serve it on this thread."""
        shedding.begin(time.monotonic() - conn.queued_at)
        return super().handle(conn)
