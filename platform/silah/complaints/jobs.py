"""What complaints owe: a look at the confidential ones that nobody can open."""

from typing import Any
from uuid import UUID

from silah import jobs
from silah.complaints import orphaned_complaints


@jobs.handles(orphaned_complaints.KIND)
def unread_complaint(key: str, payload: dict[str, Any]) -> None:
    """Open it to whoever sits on its body, if no reader is at work."""
    orphaned_complaints.look(UUID(key))
