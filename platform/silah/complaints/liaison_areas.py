"""Liaison officers: who answers for which category of beneficiaries or field of work, and who stands in."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from silah.cases.models import Case
from silah.cases.referrals import LIAISON
from silah.complaints.models import LiaisonArea
from silah.errors import Forbidden, Invalid, NotFound
from silah.forms.texts import clean
from silah.organisation import holders
from silah.organisation.models import Membership
from silah.web.access import Member, Permission
from tenants.database import db


def listing(*, active: bool = False) -> Sequence[LiaisonArea]:
    """The areas in their order; ``active`` leaves out those no longer in use."""
    rows = select(LiaisonArea).options(joinedload(LiaisonArea.officer), joinedload(LiaisonArea.stand_in))
    if active:
        rows = rows.where(LiaisonArea.active)
    return db.session.scalars(rows.order_by(LiaisonArea.position, LiaisonArea.name_ar)).all()


def get(area_id: UUID) -> LiaisonArea:
    """The area of this id; raises NotFound."""
    area = db.session.get(LiaisonArea, area_id)
    if area is None:
        raise NotFound
    return area


def save(
    area: LiaisonArea | None,
    *,
    by: Member,
    kind: str,
    name_ar: str,
    name_en: str,
    officer: UUID | None,
    stand_in: UUID | None,
    active: bool = True,
) -> LiaisonArea:
    """Make or change an area; its officer and stand-in must be able to answer inquiries."""
    if not by.may(Permission.EDIT_SETTINGS):
        raise Forbidden
    wrong = {key: _("Write the name.") for key, name in (("name_ar", name_ar), ("name_en", name_en)) if not clean(name)}
    able = {one.id for one in officers()}
    wrong |= {
        key: _("Choose somebody who may answer inquiries.")
        for key, who in (("officer", officer), ("stand_in", stand_in))
        if who is not None and who not in able
    }
    if stand_in is not None and stand_in == officer:
        wrong["stand_in"] = _("The stand-in is somebody else.")
    if wrong:
        raise Invalid(wrong)
    area = area or LiaisonArea(position=len(listing()))
    area.by, area.name_ar, area.name_en = kind, clean(name_ar), clean(name_en)
    area.officer_id, area.stand_in_id, area.active = officer, stand_in, active
    db.session.add(area)
    db.session.flush()
    return area


def officers() -> list[Membership]:
    """The members who may answer inquiries."""
    return holders.holders_of(Permission.ANSWER_INQUIRIES)


def answering(area: LiaisonArea | None) -> Membership | None:
    """Who answers for the area now: its officer, else the stand-in; None where neither is at work."""
    if area is None:
        return None
    both = (area.officer, area.stand_in)
    return next((one for one in both if one is not None and one.state == "active"), None)


def everybody(case: Case) -> list[Membership]:
    """Who is told of an inquiry that nobody holds: the liaison officers, else all who may answer."""
    return holders.holders_of_role(LIAISON) or officers() or holders.holders_of(Permission.ASSIGN_CASES)


def everybody_named() -> list[Membership]:
    """The liaison officers, and whoever answers or stands in for an area that is in use."""
    named = [one for area in listing(active=True) for one in (area.officer, area.stand_in)]
    both = [
        *holders.holders_of_role(LIAISON),
        *(one for one in named if one is not None and one.state == "active"),
    ]
    return list({one.id: one for one in both}.values())
