"""Deadlines for what a client sends and reads: a request that comes slowly holds no thread, or not for long.

A connection waits on the poller until its head is there and, of its body, as much as a form without files has: that
costs no thread, however many do it. What is longer is read by a thread, within limits of idleness and of speed.
"""

import re
import socket
import struct
import time
from typing import Any

from gunicorn.http.errors import NoMoreData
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn

HEAD_SECONDS = 10.0
"""So long may the head of a request take to come, from its connection or its first byte on."""

FORM_SECONDS = 30.0
"""So long may the rest of a form without files take."""

IDLE_SECONDS = 10.0
GRACE_SECONDS = 20.0
SLOWEST = 8 * 1024
"""Bytes a second that the body of an upload comes with at least, once its time of grace is over."""

SEND_SECONDS = 30
"""So long may a client take none of what is sent to it."""

MOST_PEEKED = 64 * 1024
HEAD_END = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r\n", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
EXPECTING = re.compile(rb"\r\nexpect:", re.IGNORECASE)


class TimedUnreader(SocketUnreader):  # type: ignore[misc]  # gunicorn has no types
    """What a parser reads a connection by: each read ends by the deadline of the head or of the body."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(sock)
        self.begin_head()

    def begin_head(self) -> None:
        """Begin to wait for the head of a request."""
        self.in_body, self.began, self.came, self.late = False, time.monotonic(), 0, False

    def begin_body(self) -> None:
        """Begin to wait for its body."""
        self.in_body, self.began, self.came = True, time.monotonic(), 0

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Read once; raises ``NoMoreData`` in the head and ``TimeoutError`` in the body where it takes too long."""
        if self.late:
            return b""
        others = self.sock.gettimeout()
        left = self._left()
        try:
            self.sock.settimeout(max(left if others is None else min(left, others), 0.001))
            data: bytes = super().chunk(size_hint)
        except (TimeoutError, BlockingIOError):
            self.late = True
            if self.in_body:
                raise TimeoutError("the body of a request came too slowly") from None
            raise NoMoreData from None
        finally:
            self.sock.settimeout(others)
        self.came += len(data)
        return data

    def _left(self) -> float:
        """The seconds that the next read may take."""
        gone = time.monotonic() - self.began
        if not self.in_body:
            return HEAD_SECONDS - gone
        return min(IDLE_SECONDS, GRACE_SECONDS + self.came / SLOWEST - gone)


class Connection(TConn):  # type: ignore[misc]  # gunicorn has no types
    """A connection whose reads and writes have deadlines."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", SEND_SECONDS, 0))
        self.head_came, self.uploads, self.waits_since = False, False, 0.0

    def init(self) -> None:
        """Prepare the parser, with our way of reading."""
        if self.initialized:
            return
        super().init()
        if type(self.parser.unreader) is SocketUnreader:
            ahead = self.parser.unreader.take_buffered()
            self.parser.unreader = TimedUnreader(self.sock)
            self.parser.unreader.unread(ahead)

    @property
    def unreader(self) -> TimedUnreader | None:
        """Our way of reading, where the connection has it."""
        found = getattr(self.parser, "unreader", None)
        return found if isinstance(found, TimedUnreader) else None

    def is_ready(self) -> bool:
        """Whether so much has come that a thread need not wait for the client, or only for a long body: ``uploads``."""
        if self.cfg.is_ssl or self.sock.family not in (socket.AF_INET, socket.AF_INET6):
            return True
        try:
            seen = self.sock.recv(MOST_PEEKED, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True  # whoever reads it finds out
        wanted = self._wanted(seen)
        ready = not seen or len(seen) >= wanted
        # Until more has come than was seen, the poller has nothing to say.
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1 if ready else len(seen) + 1)
        return ready

    def _wanted(self, seen: bytes) -> int:
        """How many bytes are to come before a thread takes it."""
        end = seen.find(HEAD_END)
        if end < 0:
            return MOST_PEEKED
        self.head_came = True
        head = seen[: end + 2]
        length = LENGTH.search(head)
        whole = end + len(HEAD_END) + (int(length[1]) if length else 0)
        waits = EXPECTING.search(head) is not None and length is not None
        self.uploads = whole > MOST_PEEKED or waits or CHUNKED.search(head) is not None
        return end if waits else min(whole, MOST_PEEKED)
