"""What complaints owe: reminding the owner of a corrective action once its day has passed."""

from typing import Any
from uuid import UUID

from silah import jobs
from silah.complaints import actions


@jobs.handles(actions.LATE)
def action_late(key: str, payload: dict[str, Any]) -> None:
    """Remind whoever owes it, once a week until it is done."""
    actions.late(UUID(key))
