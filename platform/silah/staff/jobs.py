"""The owed work of staff administration: letters with single-use links."""

from typing import Any
from uuid import UUID

from silah.jobs import handles
from silah.staff import invitations, resets


@handles(invitations.KIND)
def invitation(key: str, payload: dict[str, Any]) -> None:
    """Send the letter of an invitation that has not been accepted yet."""
    invitations.deliver(UUID(key))


@handles(resets.KIND)
def reset(key: str, payload: dict[str, Any]) -> None:
    """Send the link for another password, if the address is a member's."""
    resets.deliver(payload["email"])
