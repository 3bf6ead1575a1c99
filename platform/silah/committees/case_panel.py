"""What the page of a case says about the body that decides on it, and what is to be done where nobody can."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from silah.cases.models import Case
from silah.committees import agenda, bodies, request_subject, seats
from silah.language.bilingual import join_words
from silah.organisation.bodies import sits_on
from silah.organisation.models import Membership, Role
from silah.web.access import Member, Permission
from tenants.database import db


def pointer(case: Case, member: Member) -> dict[str, Any] | None:
    """Where a case stands with the committee that decides; the link is for those who can act there."""
    policy = case.policy_version.policy
    if not policy.studied_by_committee:
        return None
    body, found = str(policy.studied_by), agenda.meeting_of(case)
    if found is None and case.state not in request_subject.WAITING:
        return None
    name = bodies.get_body(body).name
    if found is None and not seats.meets(body):
        return _unnamed(body, name, member)
    href = None
    if any(seat.committee == body for seat in seats.of(member)):
        href = url_for("committees.room", key=body)
        if found is not None:
            href = url_for("committees.item", key=body, id=found[0].id, item_id=found[1].id)
    return {
        "body": name,
        "href": href,
        "number": found[0].number if found else None,
        "item": found[1] if found else None,
        "unnamed": None,
    }


def _unnamed(body: str, name: str, member: Member) -> dict[str, Any]:
    """A committee without members: who decides meanwhile, and who can name them."""
    alone = _deciding_alone(body)
    if alone:
        names = join_words(alone)
        words = _(
            "%(body)s: no members are named yet. Until then, this decides alone: %(names)s.",
            body=name,
            names=names,
        )
    else:
        words = _("%(body)s: no members are named yet, and nobody has a role that decides for it.", body=name)
    names_them = member.may(Permission.MANAGE_STAFF)
    asked = "" if names_them else _("An administrator names them under Administration, Committees.")
    href = url_for("committees.committee", key=body) if names_them else None
    return {"body": name, "href": href, "number": None, "item": None, "unnamed": f"{words} {asked}".strip()}


def _deciding_alone(body: str) -> list[str]:
    """The members of staff whose role lets them decide for the body."""
    rows = select(Membership.name, Role.key, Role.permissions).join(Membership.roles)
    found = db.session.execute(
        rows.where(Membership.state == "active", Role.key.startswith(body, autoescape=True)).order_by(Membership.name)
    )
    return list(
        dict.fromkeys(name for name, key, may in found if sits_on(key, body) and Permission.DECIDE_REQUESTS in may)
    )
