"""The owed work of staff administration: letters with single-use links."""

from typing import Any
from uuid import UUID

from silah.jobs import handles
from silah.staff import guess_alerts, invitations, resets
from silah.web.guess_limits import ALERT


@handles(invitations.KIND)
def invitation(key: str, payload: dict[str, Any]) -> None:
    """Send the letter of an invitation that has not been accepted yet."""
    invitations.deliver(UUID(key))


@handles(resets.KIND)
def reset(key: str, payload: dict[str, Any]) -> None:
    """Send the link for another password, if the address is a member's."""
    resets.deliver(payload["email"])


@handles(ALERT)
def guessing(key: str, payload: dict[str, Any]) -> None:
    """Tell the administrators that somebody guesses at codes or passwords."""
    guess_alerts.tell_administrators(payload["kind"], payload["count"])
