"""The platform's owed work: making associations."""

from typing import Any
from uuid import UUID

from silah.console import making
from silah.jobs import handles


@handles(making.KIND)
def make(key: str, payload: dict[str, Any]) -> None:
    """Make the association that was asked for on the console."""
    making.make(UUID(key), payload)
