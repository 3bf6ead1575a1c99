"""What the portal owes: the one-time code that somebody asked for, found out about after the page was answered."""

from typing import Any
from uuid import UUID

from silah import jobs
from silah.portal import follow_routes, identity_routes


@jobs.handles(follow_routes.ASKED)
def code_asked(key: str, payload: dict[str, Any]) -> None:
    """Send the code to the applicant of the case of that reference, if there is one."""
    follow_routes.send_asked(payload["reference"], key, few=payload.get("few", False))


@jobs.handles(identity_routes.ASKED)
def identity_code_asked(key: str, payload: dict[str, Any]) -> None:
    """Send the code that proves who somebody is, if a contact was confirmed to which it can go."""
    identity_routes.send_asked(UUID(payload["case"]))
