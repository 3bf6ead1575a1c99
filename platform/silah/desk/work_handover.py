"""Handing over somebody's open work: cases they hold, questions put to them, requests they were writing.

What is dealt out is decided once and shown before it is done. Cases go round among the chosen colleagues, the most
urgent first, so that each gets a like share. A question goes to one of them who has the role that was asked, else to
that role as a whole; a draft to one who may record requests, else it stays. Nobody's permission is widened by it: a
complaint goes to nobody whom it is about or to whom it is closed, and is put back where that leaves none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import cycle
from typing import Any, Protocol
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from silah.cases import confidentiality, kinds, notifications, timeline, visibility
from silah.cases.models import Case, Referral
from silah.cases.states import ENDED
from silah.documents.addresses import association_address
from silah.errors import Conflict, Invalid
from silah.language.localization import number
from silah.notifications.placeholders import Value
from silah.notifications.service import Recipient, send
from silah.organisation.models import Membership
from silah.staff import members
from silah.staff import open_work as open_work_of_staff
from silah.web.access import Member, Permission
from tenants.context import current_tenant
from tenants.database import db

P = Permission


class WrittenDraft(Protocol):
    """Something that a member writes and has not sent, of whichever feature."""

    id: Any
    member_id: Any


_drafts: dict[str, Callable[[Membership], Sequence[WrittenDraft]]] = {}


def register_drafts(name: str, list_drafts: Callable[[Membership], Sequence[WrittenDraft]]) -> None:
    """Ask this function what a member is writing, under the name of its feature."""
    _drafts[name] = list_drafts


@dataclass(frozen=True)
class Work:
    """What somebody has open; false where it is nothing."""

    cases: Sequence[Case]
    referrals: Sequence[Referral]
    drafts: Sequence[WrittenDraft]
    member_id: UUID

    def __bool__(self) -> bool:
        return bool(self.cases or self.referrals or self.drafts)

    @property
    def address(self) -> str:
        """The page on which it is handed over."""
        return url_for("desk.hand_over", id=self.member_id)

    def describe(self, reader: Member) -> list[tuple[Any, str]]:
        """Return how many cases, questions and drafts these are, in words."""
        words = (_("Cases held"), _("Questions put to them"), _("Requests being written"))
        return [(label, number(count)) for label, count in zip(words, counted(self, reader), strict=True)]


@dataclass
class Share:
    """What one colleague would get."""

    to: Membership
    cases: list[Case] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    drafts: list[WrittenDraft] = field(default_factory=list)


@dataclass
class Plan:
    """Who gets what; what goes to a role as a whole, what nobody chosen can take, and what is put back."""

    shares: list[Share]
    put_back: list[Case] = field(default_factory=list)
    to_roles: list[Referral] = field(default_factory=list)
    staying: list[WrittenDraft] = field(default_factory=list)


def open_work(member: Membership) -> Work:
    """What a member has open, the most urgent first."""
    held = select(Case).where(Case.holder_id == member.id, Case.state.not_in(ENDED))
    asked = select(Referral).where(Referral.to_member_id == member.id, Referral.ended_at.is_(None))
    return Work(
        db.session.scalars(held.order_by(Case.due, Case.id)).all(),
        db.session.scalars(asked.options(joinedload(Referral.case)).order_by(Referral.asked_at, Referral.id)).all(),
        [draft for list_drafts in _drafts.values() for draft in list_drafts(member)],
        member.id,
    )


def colleagues(member: Membership) -> list[Membership]:
    """Who could take a case over: active, somebody else, and with cases in their work."""
    return [one for one in members.listing("active") if one.id != member.id and _may(one, P.SEE_CASES, P.SEE_ALL_CASES)]


def plan(member: Membership, to: Sequence[UUID], *, by: Member) -> Plan:
    """Deal the open work out; raises `Invalid` where nobody was chosen, or somebody who cannot take it.

    Whoever deals gets nothing by it that they could not see before.
    """
    chosen = [one for one in colleagues(member) if one.id in set(to)]
    if not chosen or len(chosen) != len(set(to)):
        raise Invalid({"to": _("Choose at least one colleague who works with cases.")})
    work, made = open_work(member), Plan([Share(one) for one in chosen])
    known = visibility.among(by, [case.id for case in (*work.cases, *(one.case for one in work.referrals))])
    turns = cycle(made.shares)
    for case in work.cases:
        round_ = [next(turns) for _share in made.shares]
        able = [share for share in round_ if _may_hold(case, share.to) and (share.to.id != by.id or case.id in known)]
        (able[0].cases if able else made.put_back).append(case)
        if able:
            turns = cycle(_after(made.shares, able[0]))
    for referral in work.referrals:
        able = [share for share in made.shares if _may_be_asked(referral, share.to)]
        able = [share for share in able if share.to.id != by.id or referral.case_id in known]
        _deal(able, "referrals", referral, made.to_roles)
    for draft in work.drafts:
        able = [share for share in made.shares if _may(share.to, P.RECEIVE_REQUESTS)]
        _deal(able, "drafts", draft, made.staying)
    return made


def hand_over(member: Membership, to: Sequence[UUID], *, by: Member, shown: str) -> Plan:
    """Do it, if it is still what was shown; each colleague gets one letter, each case an entry in its timeline.

    Raises `Conflict` where the work has changed since.
    """
    made = plan(member, to, by=by)
    for case in [*made.put_back, *(case for share in made.shares for case in share.cases)]:
        timeline.hold(case)
    if digest(plan(member, to, by=by)) != shown:
        raise Conflict(_("The open work has changed meanwhile. Look at the shares again."))
    for share in made.shares:
        for case in share.cases:
            case.holder = share.to
            data = {"to": str(share.to.id), "from": str(member.id)}
            timeline.record(case, "assigned", by=by, data=data, note=share.to.name)
        for referral in share.referrals:
            _refer_on(referral, share.to.id, by)
        for draft in share.drafts:
            draft.member_id = share.to.id
        _tell(share, member, by)
    for referral in made.to_roles:
        _refer_on(referral, None, by)
    for case in made.put_back:
        case.holder = None
        timeline.record(case, "assigned", by=by, data={"to": None, "from": str(member.id)})
    return made


def digest(made: Plan) -> str:
    """What a plan comes to, so that one that has changed is noticed."""
    parts: list[Any] = [_ids(made.to_roles), _ids(made.staying), _ids(made.put_back)]
    parts += [[share.to.id, _ids(share.cases), _ids(share.referrals), _ids(share.drafts)] for share in made.shares]
    return sha256(repr(parts).encode()).hexdigest()


def seen(made: Plan, reader: Member) -> set[UUID]:
    """The cases of a plan that its reader may see; of the others only the number is shown."""
    return visibility.among(reader, [case.id for share in made.shares for case in share.cases])


def counted(work: Work | Share, reader: Member) -> tuple[int, int, int]:
    """How many cases, questions and drafts these are, without complaints that are closed to their reader."""
    cases = visibility.counted(reader, [case.id for case in work.cases])
    asked = visibility.counted(reader, [one.case_id for one in work.referrals])
    return len(cases), sum(one.case_id in asked for one in work.referrals), len(work.drafts)


def _may_hold(case: Case, to: Membership) -> bool:
    return not kinds.kind_of_case(case).guarded_by or notifications.may_know(case, to)


def _may_be_asked(referral: Referral, to: Membership) -> bool:
    return referral.to_role in {role.key for role in to.roles} and not confidentiality.shut_out(referral.case, [to.id])


def _after(shares: list[Share], last: Share) -> list[Share]:
    place = shares.index(last) + 1
    return shares[place:] + shares[:place]


def _ids(rows: Sequence[Any]) -> list[UUID]:
    return [one.id for one in rows]


def _deal(able: list[Share], kind: str, one: Any, left: list[Any]) -> None:
    if able:
        getattr(min(able, key=lambda share: len(getattr(share, kind))), kind).append(one)
    else:
        left.append(one)


def _refer_on(referral: Referral, to: UUID | None, by: Member) -> None:
    referral.to_member_id = to
    data = {"to": referral.to_role, "member": str(to) if to else None}
    timeline.record(referral.case, "referred", by=by, data=data, private=True)


def _tell(share: Share, member: Membership, by: Member) -> None:
    held = len(share.cases) + len(share.referrals) + len(share.drafts)
    if held and share.to.id != by.id:
        said: dict[str, Value] = {
            "count": held,
            "from": member.name,
            "link": association_address("/desk/cases?view=mine"),
        }
        send("handed_over", Recipient.of_member(share.to), share.to.locale or current_tenant().locale, said)


def _may(member: Membership, *any_of: Permission) -> bool:
    return any(one.value in role.permissions for role in member.roles for one in any_of)


open_work_of_staff.register(open_work)
