"""What the page of a case says about the committee that decides on it."""

from typing import Any

from flask import url_for

from silah.access import Member
from silah.cases.models import Case
from silah.committees import agenda, bodies, seats


def pointer(case: Case, member: Member) -> dict[str, Any] | None:
    """Where a case stands with a committee that meets; the link is for those who sit on it."""
    policy = case.policy_version.policy
    if not policy.studied_by_committee:
        return None
    body, found = str(policy.studied_by), agenda.meeting_of(case)
    if found is None and not (case.state in agenda.WAITING and seats.meets(body)):
        return None
    href = None
    if any(seat.committee == body for seat in seats.of(member)):
        href = url_for("committees.room", key=body)
        if found is not None:
            href = url_for("committees.item", key=body, id=found[0].id, item_id=found[1].id)
    name = bodies.named(body).name
    return {
        "body": name,
        "href": href,
        "number": found[0].number if found else None,
        "item": found[1] if found else None,
    }
