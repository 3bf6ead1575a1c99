"""From where a change comes: the network address that the timeline keeps beside an entry, outside its hash."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from flask import has_request_context, request

_hidden: ContextVar[bool] = ContextVar("silah_origin_hidden", default=False)
_told: ContextVar[str | None] = ContextVar("silah_origin", default=None)


def current() -> str | None:
    """The address that the present work comes from: the client's of a request; None for the system's own work."""
    if _hidden.get():
        return None
    return _told.get() or (request.remote_addr if has_request_context() else None)


@contextmanager
def coming_from(address: str | None) -> Iterator[None]:
    """Within the block, entries are recorded as coming from this address."""
    mark = _told.set(address)
    try:
        yield
    finally:
        _told.reset(mark)


@contextmanager
def hidden() -> Iterator[None]:
    """Within the block, no entry says from where it comes."""
    mark = _hidden.set(True)
    try:
        yield
    finally:
        _hidden.reset(mark)
