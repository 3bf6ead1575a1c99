"""What corrective actions owe: reminding the owner once the day has passed."""

from typing import Any
from uuid import UUID

from silah import jobs
from silah.corrective import service


@jobs.handles(service.LATE)
def action_late(key: str, payload: dict[str, Any]) -> None:
    """Remind whoever owes it, once a week until it is done."""
    service.late(UUID(key))
