"""What the portal owes: the one-time code that somebody asked for, found out about after the page was answered."""

from typing import Any

from silah import jobs
from silah.portal import follow_routes


@jobs.handles(follow_routes.ASKED)
def code_asked(key: str, payload: dict[str, Any]) -> None:
    """Send the code to the applicant of the case of that reference, if there is one."""
    follow_routes.send_asked(payload["reference"])
