"""What intake owes: the end of drafts that nobody sent."""

from typing import Any

from silah import jobs
from silah.intake import drafts


@jobs.handles(drafts.EXPIRE)
def expire(key: str, payload: dict[str, Any]) -> None:
    """Discard a draft whose time is over."""
    drafts.expire(key)
