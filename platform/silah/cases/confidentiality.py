"""To whom a case is closed, and to whom a confidential one is open; each reading of it stands on its timeline.

What holds for a case holds for those born of it: bars by themselves (``visibility.barred``), readers by ``kin``.
"""

from collections.abc import Hashable, Iterable, Sequence
from uuid import UUID

from sqlalchemy import select

from silah import clock
from silah.cases import kinds, notifications, timeline
from silah.cases.models import Case, CaseBar, CaseReader, TimelineEntry
from silah.organisation.models import Membership
from silah.web.access import Member
from tenants.database import db


def bar(case: Case, members: Iterable[Membership], reason: str) -> list[Membership]:
    """Close a case to members, and take it and those born of it out of their hands; says who was newly barred."""
    known = notifications.barred(case)
    fresh = [one for one in members if one.id not in known]
    for one in fresh:
        db.session.add(CaseBar(case_id=case.id, member_id=one.id, reason=reason))
        for held in kin(case):
            if held.holder_id == one.id:
                held.holder = None
    db.session.flush()
    return fresh


def unbar(case: Case, keep: Sequence[UUID] = ()) -> None:
    """Open a case again to those who turned out not to be meant."""
    for row in db.session.scalars(select(CaseBar).where(CaseBar.case_id == case.id, CaseBar.reason == "interest")):
        if row.member_id not in keep:
            db.session.delete(row)
    db.session.flush()


def confide(case: Case) -> None:
    """Keep a case, and those born of it, to named readers."""
    for one in kin(case):
        one.confidential = True


def forget_readers(case: Case) -> None:
    """Take back to whom a case and those born of it were open."""
    ids = [one.id for one in kin(case)]
    for row in db.session.scalars(select(CaseReader).where(CaseReader.case_id.in_(ids))):
        db.session.delete(row)
    db.session.flush()


def name_readers(case: Case, members: Sequence[Membership], by: Member | None) -> None:
    """Open a confidential case, and those born of it, to these members too."""
    for one in kin(case):
        _name(one, members, by)


def _name(case: Case, members: Sequence[Membership], by: Member | None) -> None:
    known = set(db.session.scalars(select(CaseReader.member_id).where(CaseReader.case_id == case.id)))
    away = notifications.barred(case)
    for one in members:
        if one.id not in known | away:
            at = clock.day_start() if case.anonymous else clock.now()
            db.session.add(CaseReader(case_id=case.id, member_id=one.id, named_by=by.id if by else None, named_at=at))
    db.session.flush()


def inherit(case: Case, parent: Case) -> None:
    """Make a case that was born of a confidential one as confidential, with the same readers."""
    case.born_of = parent
    db.session.flush()
    if parent.confidential:
        case.confidential = True
        _name(case, readers(parent), None)


def readers(case: Case) -> Sequence[Membership]:
    """To whom a confidential case is open."""
    ids = select(CaseReader.member_id).where(CaseReader.case_id == case.id)
    return db.session.scalars(select(Membership).where(Membership.id.in_(ids)).order_by(Membership.name)).all()


def read(case: Case, member: Member) -> None:
    """Put on the timeline that a confidential case was read: once a day for each reader."""
    if not case.confidential:
        return
    today = select(TimelineEntry.seq).where(
        TimelineEntry.case_id == case.id,
        TimelineEntry.verb == "read",
        TimelineEntry.actor_id == member.id,
        TimelineEntry.at >= clock.day_start(),
    )
    if db.session.scalar(today.limit(1)) is None:
        timeline.record(case, "read", by=member, private=True)


def shut_out(case: Case, members: Iterable[Hashable]) -> frozenset[Hashable]:
    """Those of these members to whom a guarded case is closed: barred from it, or no reader of a confidential one."""
    if not kinds.kind_of_case(case).guarded_by:
        return frozenset()
    shut = frozenset(members) & notifications.barred(case)
    if case.confidential:
        rows = select(CaseReader.member_id).where(CaseReader.case_id == case.id)
        shut |= frozenset(members) - set(db.session.scalars(rows))
    return shut


def kin(case: Case) -> list[Case]:
    """The case itself and those born of it."""
    return [case, *case.born]
