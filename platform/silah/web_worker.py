"""Gunicorn's threaded worker, which tells the application how long each request has waited for a thread."""

import time
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from silah import shedding


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """`gunicorn --worker-class silah.web_worker.Worker`: what waits too long is turned away politely."""

    def enqueue_req(self, conn: TConn) -> None:
        """Note when the request came, and queue it."""
        conn.queued_at = time.monotonic()
        super().enqueue_req(conn)

    def handle(self, conn: TConn) -> Any:
        """Serve it on this thread."""
        shedding.begin(time.monotonic() - conn.queued_at)
        return super().handle(conn)
