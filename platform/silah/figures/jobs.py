"""What figures owe: the long tables that were asked for, and forgetting them."""

from typing import Any
from uuid import UUID

from silah import jobs
from silah.figures import exports


@jobs.handles(exports.MAKE)
def make(key: str, payload: dict[str, Any]) -> None:
    """Write the table that somebody waits for."""
    exports.make(UUID(key))


@jobs.handles(exports.FORGET)
def forget(key: str, payload: dict[str, Any]) -> None:
    """A day later it goes."""
    exports.forget(UUID(key))
