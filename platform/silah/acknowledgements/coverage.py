"""How far a campaign is: who has done what is asked, department by department, and who has not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from silah.acknowledgements import audience
from silah.acknowledgements.models import Acknowledgement, Campaign
from silah.organisation.models import Department, Membership
from tenants.database import db


@dataclass(frozen=True)
class Line:
    """One member, and what they did."""

    member: Membership
    did: Acknowledgement | None
    done: bool


@dataclass
class Part:
    """One department (None for those in none): how many are asked, and how many have done it."""

    department: Department | None
    lines: list[Line] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many have."""
        return sum(line.done for line in self.lines)

    @property
    def asked(self) -> int:
        """How many should."""
        return len(self.lines)


def lines(campaign: Campaign) -> list[Line]:
    """Everybody who is asked, and everybody who has done it although they have left since, by name."""
    here = and_(Acknowledgement.campaign_id == campaign.id, Acknowledgement.membership_id == Membership.id)
    done = Acknowledgement.signed_at.is_not(None) | Acknowledgement.opened_at.is_not(None)
    who = done if campaign.ended_at else or_(audience.asked_condition(), done)
    rows = (
        select(Membership, Acknowledgement)
        .outerjoin(Acknowledgement, here)
        .where(who)
        .options(joinedload(Membership.department))
        .order_by(Membership.name, Membership.id)
    )
    return [Line(member, did, is_done(campaign, did)) for member, did in db.session.execute(rows)]


def is_done(campaign: Campaign, did: Acknowledgement | None) -> bool:
    """Whether what is asked was done: signed, or opened where it is only circulated."""
    if did is None:
        return False
    return (did.signed_at if campaign.mode == "signature" else did.opened_at) is not None


def parts(found: Iterable[Line]) -> list[Part]:
    """The same by department, those in none last."""
    made: dict[UUID | None, Part] = {}
    for line in found:
        made.setdefault(line.member.department_id, Part(line.member.department)).lines.append(line)
    return sorted(
        made.values(), key=lambda part: (part.department is None, part.department and part.department.position)
    )


def totals(campaigns: Sequence[Campaign]) -> dict[UUID, tuple[int, int]]:
    """For each campaign how many of those asked now have done it, and how many are asked: two queries in all."""
    asked = db.session.scalar(select(func.count()).select_from(Membership).where(audience.asked_condition())) or 0
    did = or_(
        Acknowledgement.signed_at.is_not(None),
        and_(Campaign.mode == "circulation", Acknowledgement.opened_at.is_not(None)),
    )
    rows = (
        select(Acknowledgement.campaign_id, func.count())
        .join(Campaign, Campaign.id == Acknowledgement.campaign_id)
        .join(Membership, Membership.id == Acknowledgement.membership_id)
        .where(did, audience.asked_condition())
        .group_by(Acknowledgement.campaign_id)
    )
    done: dict[UUID, int] = {row[0]: row[1] for row in db.session.execute(rows)}
    return {one.id: (done.get(one.id, 0), asked) for one in campaigns}
