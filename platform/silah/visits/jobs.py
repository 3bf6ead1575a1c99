"""What visits owe: telling the visitor on the day, and again each week until the visit was made."""

from typing import Any
from uuid import UUID

from silah import jobs
from silah.visits import service


@jobs.handles(service.DUE)
def visit_due(key: str, payload: dict[str, Any]) -> None:
    """Remind whoever makes the visit."""
    service.remind(UUID(key))
