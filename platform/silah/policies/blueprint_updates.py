"""Roles and request types of the blueprint, beside the policy: what is new is taken at once, or left, on record.

They are no part of the policy, so no version of it is made and nobody approves them; what is taken holds from then
on. Whoever decides about roles may grant them, whoever decides about request types edits these.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from silah.errors import Forbidden
from silah.organisation.models import Role
from silah.policies import blueprint_parts, service
from silah.policies.blueprint_contents import ROLES, TYPES, Novelty, compared, decided
from silah.policies.errors import DecidedMeanwhile, NotOffered
from silah.policies.models import BlueprintBase
from silah.staff import changes, roles
from silah.web.access import Member, Permission
from tenants import blueprints
from tenants.blueprints import Blueprint, UnknownBlueprint
from tenants.database import db

MAY = {ROLES: Permission.GRANT_ROLES, TYPES: Permission.EDIT_REQUEST_TYPES}


@dataclass(frozen=True)
class News:
    """The blueprint, and what is new in its roles and request types."""

    held: BlueprintBase
    plan: Blueprint
    offers: list[Novelty]

    @property
    def seen(self) -> str:
        """A mark of what a page shows, by which it is known that somebody decided meanwhile."""
        return service.hashed([self.plan.version, [[one.key, one.ours, one.theirs] for one in self.offers]])


def news(*, lock: bool = False) -> News | None:
    """What the blueprint offers today; None for an association that began with none that there still is."""
    held = db.session.get(BlueprintBase, 1, with_for_update=lock or None)
    if held is None:
        return None
    try:
        plan = blueprints.load(held.name)
    except UnknownBlueprint:
        return None
    return News(held, plan, compared(held.house, theirs(plan), ours()))


def decide(takes: Collection[str], leaves: Collection[str], *, seen: str, by: Member) -> None:
    """Take and leave by key. Raises DecidedMeanwhile, NotOffered, Forbidden, or LastAdministrator."""
    found = news(lock=True)
    if found is None:
        raise NotOffered
    if found.seen != seen:
        raise DecidedMeanwhile
    known = {one.key: one for one in found.offers}
    if not known.keys() >= {*takes, *leaves} or set(takes) & set(leaves):
        raise NotOffered
    chosen = [known[key] for key in (*takes, *leaves)]
    if not all(by.may(MAY[one.kind]) for one in chosen):
        raise Forbidden
    for one in chosen:
        _record(one, "took" if one.key in takes else "left")
    for key in takes:
        _take(known[key], by)
    found.held.house = decided(found.held.house, chosen)
    db.session.flush()


def _take(one: Novelty, by: Member) -> None:
    if one.kind != ROLES:
        blueprint_parts.get(one.kind).take(one, by)
        return
    name, permissions = one.result["name"], one.result["permissions"]
    held = db.session.scalar(select(Role).where(Role.key == one.item))
    if held is None:
        roles.create(name["ar"], name["en"], permissions, key=one.item)
    else:
        roles.take(held, name["ar"], name["en"], permissions)


def _record(one: Novelty, verb: str) -> None:
    name = one.theirs["name"] if one.kind == ROLES else one.theirs["title"]
    changes.note("blueprint", None, verb, name=name)


def theirs(plan: Blueprint) -> dict[str, dict[str, Any]]:
    """What the blueprint has today; permissions that this release does not know are passed by."""
    known = {one.value for one in Permission}
    return {
        ROLES: {
            role.key: {
                "name": {"ar": role.name.ar, "en": role.name.en},
                "permissions": sorted(known.intersection(role.permissions)),
            }
            for role in plan.roles
        },
    } | blueprint_parts.read_all_of_blueprint(plan)


def ours() -> dict[str, dict[str, Any]]:
    """What the association has."""
    held: Sequence[Role] = roles.choices()
    return {
        ROLES: {
            role.key: {"name": {"ar": role.name_ar, "en": role.name_en}, "permissions": sorted(role.permissions)}
            for role in held
        },
    } | blueprint_parts.read_all_of_association()
