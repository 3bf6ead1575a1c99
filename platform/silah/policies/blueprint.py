"""The blueprint that an association began with: what is new in it, and what of that is taken or left.

Nothing changes by itself. What is taken is written into a draft, which goes the usual way; what is left is put on
record, and is not offered again until the blueprint changes that place anew.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from silah import clock, jobs
from silah.policies import blueprint_labels, blueprint_updates, service
from silah.policies.diff_trees import Tree, plain, tree
from silah.policies.errors import DecidedMeanwhile, DoesNotFit, NotADraft, NotOffered
from silah.policies.merging import Offer, applied, compared, shared
from silah.policies.models import BlueprintBase, PolicyAct
from silah.web.access import Member
from tenants import blueprints, versions
from tenants.blueprints import Blueprint, UnknownBlueprint
from tenants.context import current_tenant
from tenants.database import db
from tenants.policy import Policy, PolicyError
from tenants.versions import PolicyVersion

STANDING = "policy.blueprint"
TOOK, LEFT, SEEN = "took", "left", "blueprint_seen"
RANK = {"draft": 0, "approved": 1, "in_force": 2}


@dataclass(frozen=True)
class Standing:
    """Where the association stands: its blueprint, the version of its own policy it is laid beside, what is new."""

    held: BlueprintBase
    plan: Blueprint
    beside: PolicyVersion
    base: Tree
    theirs: Tree
    ours: Tree
    changes: list[Offer]

    @property
    def offers(self) -> list[Offer]:
        """The changes about which there is something to decide."""
        return [one for one in self.changes if not one.silent]

    @property
    def behind(self) -> bool:
        """Whether something of the blueprint's newest version awaits a decision."""
        return bool(self.offers) or self.held.version < self.plan.version

    @property
    def seen(self) -> str:
        """A mark of what a page shows, by which it is known that somebody decided or wrote meanwhile."""
        keys = [one.key for one in self.offers]
        return service.hashed([self.beside.id, self.beside.document, self.plan.version, keys])


def begin(plan: Blueprint) -> None:
    """Keep what a new association has of its blueprint, unless that is kept."""
    if db.session.get(BlueprintBase, 1) is None:
        document = tree(shared(_theirs(plan)))
        house = blueprint_updates.theirs(plan)
        db.session.add(BlueprintBase(name=plan.name, version=plan.version, document=document, house=house))
        db.session.flush()


def news() -> int | None:
    """The number of a version of the blueprint that is not decided; None where there is none."""
    held = db.session.execute(select(BlueprintBase.name, BlueprintBase.version)).first()
    plan = _plan(held.name) if held else None
    return plan.version if held and plan and held.version < plan.version else None


def standing(*, lock: bool = False) -> Standing | None:
    """What the blueprint offers today; None for an association that began with none that there still is."""
    held = db.session.get(BlueprintBase, 1, with_for_update=lock or None)
    plan = _plan(held.name) if held else None
    if held is None or plan is None:
        return None
    beside = min(service.listing(), key=lambda one: RANK.get(one.state, len(RANK)))
    if lock and beside.state == "draft":
        beside = service.draft(beside.id, lock=True)
    decided = [Offer.read(one) for act in decisions() for one in act.data["changes"]]
    base = _whole(applied(held.document, decided), plan)
    theirs = tree(shared(_theirs(plan)), base)
    ours = tree(shared(beside.policy.document()), base)
    return Standing(held, plan, beside, base, theirs, ours, compared(base, theirs, ours))


def decisions() -> list[PolicyAct]:
    """What was decided about the blueprint, in its order; what a draft that was thrown away took is undecided."""
    rows = select(PolicyAct).options(joinedload(PolicyAct.by)).where(PolicyAct.act.in_((TOOK, LEFT, SEEN)))
    return sorted(db.session.scalars(rows), key=lambda act: (act.data["to"], act.at))


def decide(takes: Collection[str], leaves: Collection[str], *, seen: str, by: Member) -> PolicyVersion | None:
    """Take and leave changes by their keys, and give the draft that took some.

    Raises DecidedMeanwhile where the page was not of today's state, NotOffered for a change that there is not, and
    DoesNotFit where what is taken makes no policy together with the rest.
    """
    stands = standing(lock=True)
    if stands is None:
        raise NotOffered
    if stands.seen != seen:
        raise DecidedMeanwhile
    known = {one.key: one for one in stands.offers}
    if not known.keys() >= {*takes, *leaves} or set(takes) & set(leaves):
        raise NotOffered
    taken = [one for key, one in known.items() if key in takes]
    left = [one for key, one in known.items() if key in leaves]
    draft = _take(stands, taken, by) if taken else None
    if left:
        _note(stands, LEFT, versions.in_force(clock.today()), left, by)
    if not known and stands.held.version < stands.plan.version:
        _note(stands, SEEN, versions.in_force(clock.today()), [], by)
    if len(taken) + len(left) == len(known):
        _settle(stands)
    return draft


def all_decided() -> None:
    """Roles and request types are decided: the association stands on the newest version if its policy is, too."""
    stands = standing(lock=True)
    if stands is not None and not stands.offers:
        _settle(stands)


def _settle(stands: Standing) -> None:
    rest = blueprint_updates.news()
    if rest is None or not rest.offers:
        _stand_on(stands.held, stands.plan.version)


def discard_draft(version: PolicyVersion) -> None:
    """Throw a draft away, with what was done about it; what it took of the blueprint is undecided again.

    Raises NotADraft for a version that is more than a draft.
    """
    if version.state != "draft":
        raise NotADraft
    took = [act.data["from"] for act in service.acts(version) if act.act == TOOK]
    held = db.session.get(BlueprintBase, 1, with_for_update=True) if took else None
    if held is not None and min(took) < held.version:
        _stand_on(held, min(took))
    db.session.delete(version)


def _take(stands: Standing, taken: list[Offer], by: Member) -> PolicyVersion:
    draft, policy = stands.beside, _with(stands, stands.beside, taken)  # refused before a draft is begun for it
    if draft.state != "draft":
        draft = service.start(stands.beside, by=by)
        policy = _with(stands, draft, taken)
    service.keep(draft, policy)
    _note(stands, TOOK, draft, taken, by)
    return draft


def _with(stands: Standing, version: PolicyVersion, taken: list[Offer]) -> Policy:
    document = plain(applied(tree(version.policy.document(), stands.base), taken))
    try:
        return Policy.read(document)
    except PolicyError as refused:
        raise DoesNotFit(refused.wrong) from None


def _note(stands: Standing, act: str, version: PolicyVersion, which: list[Offer], by: Member) -> None:
    words = [blueprint_labels.places(stands, which, locale) for locale in ("ar", "en")]
    settled = [one for one in stands.changes if one.silent or one in which]
    data: dict[str, Any] = {
        "blueprint": stands.plan.name,
        "from": stands.held.version,
        "to": stands.plan.version,
        "changes": [one.kept() for one in settled],
        "places": [{"ar": arabic, "en": english} for arabic, english in zip(*words, strict=True)],
    }
    service.record(version, act, by=by, data=data)


def _stand_on(held: BlueprintBase, version: int) -> None:
    """The registry learns of it by due work, since it is not this association's to write."""
    if held.version != version:
        held.version = version
        jobs.owe(STANDING, "standing", clock.now())


def _whole(base: Tree, plan: Blueprint) -> Tree:
    """The tree with the settings that policies have today, so that one which came later is no change by itself."""
    document = plain(base)
    named = {**document, "identity": {**plan.policy.document()["identity"], **document["identity"]}}
    try:
        return cast(Tree, tree(shared(Policy.read(named).document()), base))
    except PolicyError:  # what was taken no longer reads as a policy by itself, such as half of what belongs together
        return base


def _plan(name: str) -> Blueprint | None:
    try:
        return blueprints.load(name)
    except UnknownBlueprint:
        return None


def _theirs(plan: Blueprint) -> dict[str, Any]:
    tenant = current_tenant()
    return plan.policy_for(tenant.name_ar, tenant.name_en).document()
