"""Gunicorn's threaded worker, which keeps slow clients off its threads and tells how long each request has waited."""

import errno
import gc
import selectors
import socket
import time
from collections import deque
from functools import partial
from typing import Any

from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, ThreadWorker

from silah.web import load_shedding
from silah.web.slow_clients import FORM_SECONDS, HEAD_SECONDS, Connection

GARBAGE = 50_000
"""How many more objects are made than freed before the collector looks: a page makes thousands, and frees them."""

LOOK_SECONDS = 1.0
"""How often connections that wait for their request are looked through for those that waited too long."""


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """`gunicorn --worker-class silah.web.worker.Worker`: what comes too slowly or waits too long is turned away."""

    looked = 0.0

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.uploading = 0
        self.waiting_uploads: deque[Connection] = deque()

    def load_wsgi(self) -> None:
        """Load the application; what it consists of stays, so the collector need not look at it ever again."""
        super().load_wsgi()
        gc.collect()
        gc.freeze()
        gc.set_threshold(GARBAGE)

    def accept(self, listener: socket.socket) -> None:
        """Take a connection; a thread gets it once its request is there."""
        try:
            sock, address = listener.accept()
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        self.nr_conns += 1
        conn = Connection(self.cfg, sock, address, listener.getsockname())
        conn.data_ready = True  # no thread waits for it
        self.take(conn)

    def on_client_socket_readable(self, conn: Connection, client: Any) -> None:
        """A connection that was kept brings its next request, or begins to."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self.take(conn)

    def on_pending_socket_readable(self, conn: Connection, client: Any) -> None:
        """More of a request has come."""
        if conn.is_ready():
            super().on_pending_socket_readable(conn, client)
        elif conn.head_came:
            conn.timeout = max(conn.timeout, conn.waits_since + FORM_SECONDS)

    def take(self, conn: Connection) -> None:
        """Queue the request if it is there, or wait for it without a thread."""
        conn.waits_since, conn.head_came = time.monotonic(), False
        conn.timeout = conn.waits_since + HEAD_SECONDS
        if conn.is_ready():
            self.enqueue_req(conn)
            return
        if conn.head_came:
            conn.timeout = conn.waits_since + FORM_SECONDS
        conn.sock.setblocking(False)
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def murder_pending(self) -> None:
        """Close the connections whose request has not come in time; sooner where the worker is to end."""
        now = time.monotonic()
        if now - self.looked < LOOK_SECONDS:
            return
        self.looked = now
        until = now if self.alive else now + HEAD_SECONDS - STOP_KEEPALIVE_LINGER
        for conn in [one for one in self.pending_conns if one.timeout <= until]:
            self.pending_conns.remove(conn)
            self.poller.unregister(conn.sock)
            self.nr_conns -= 1
            conn.close()

    def enqueue_req(self, conn: Connection) -> None:
        """Note when the request came, and queue it; uploads never take all threads, since their clients may be slow."""
        conn.queued_at = time.monotonic()
        if not conn.uploads:
            super().enqueue_req(conn)
        elif self.uploading < max(1, self.cfg.threads - 1):
            self.uploading += 1
            super().enqueue_req(conn)
        else:
            self.waiting_uploads.append(conn)

    def finish_request(self, conn: Connection, future: Any) -> None:
        """Go on with a connection whose request was served, and with an upload that waits."""
        if conn.uploads:
            conn.uploads = False
            if self.waiting_uploads:
                super().enqueue_req(self.waiting_uploads.popleft())
            else:
                self.uploading -= 1
        super().finish_request(conn, future)

    def handle(self, conn: Connection) -> Any:
        """Serve it on this thread."""
        load_shedding.begin(time.monotonic() - conn.queued_at)
        if conn.unreader is not None:
            conn.unreader.begin_head()
        return super().handle(conn)

    def handle_request(self, req: Any, conn: Connection) -> Any:
        """Serve a request whose head has come."""
        if conn.unreader is not None:
            conn.unreader.begin_body()
        return super().handle_request(req, conn)
