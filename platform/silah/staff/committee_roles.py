"""Roles that sit on a committee of the policy: which committee, their key says, so they are made for it by choice."""

from typing import Any

from sqlalchemy import select

from silah.staff import roles
from tenants import blueprints
from tenants.database import db
from tenants.policy_parts import Committee
from tenants.texts import Text
from tenants.versions import PolicyVersion

POSITIONS = {"chair": ("رئيس", "chair"), "member": ("عضو", "member"), "secretary": ("أمين سر", "secretary")}
USUAL = "research_committee"
"""Whose roles say what a seat may do where no blueprint has the committee."""


def seats() -> dict[str, Text]:
    """The seats for which there is no role yet, by the key that it would have, with what it would be called.

    They are those of the committees of the policy in force, and of versions that are to follow it.
    """
    versions = db.session.scalars(select(PolicyVersion).where(PolicyVersion.state != "superseded"))
    committees = {one.key: one for version in versions for one in version.policy.committees}
    every = {f"{key}_{position}": _name(one, position) for key, one in committees.items() for position in POSITIONS}
    taken = {role.key for role in roles.choices()}
    return {key: name for key, name in every.items() if key not in taken}


def proposal(seat: str) -> dict[str, Any]:
    """What a role of this seat is called and may do to begin with; nothing for a seat that is not to be had."""
    name = seats().get(seat)
    if name is None:
        return {}
    known = {role.key: role.permissions for one in blueprints.names() for role in blueprints.load(one).roles}
    usual = known.get(seat) or known.get(f"{USUAL}_{seat.rpartition('_')[2]}", ())
    return {"seat": seat, "name_ar": name.ar, "name_en": name.en, "permissions": list(usual)}


def _name(committee: Committee, position: str) -> Text:
    arabic, english = POSITIONS[position]
    return Text(ar=f"{arabic} {committee.name.for_locale('ar')}", en=f"{committee.name.for_locale('en')} {english}")
