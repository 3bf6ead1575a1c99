"""Which cases a member may see: all, those of their branch, or what is theirs (held, taken in, referred to them).

Guarded kinds (complaints) are open to who holds one of their permissions, and to those in whose hands they are; never
to whom they are about, and confidential ones to named readers only.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from silah.cases import kinds
from silah.cases.models import Case, CaseBar, CaseReader, Referral
from silah.errors import NotFound
from silah.web.access import Member, Permission
from tenants.database import db

__all__ = ["among", "countable", "counted", "get", "list_kin", "own", "referred_to", "visible"]

MEMBERS = 4096
"""For how many members, as their roles make them, the condition is kept: a page asks for it again and again."""


@lru_cache(maxsize=MEMBERS)
def visible(member: Member) -> ColumnElement[bool]:
    """The condition on cases that this member may see."""
    every = kinds.every().values()
    guarded = [kind.key for kind in every if kind.guarded_by]
    mine = [kind.key for kind in every if member.may(*kind.guarded_by, *kind.open_to)]
    theirs = [own(member), referred_to(member)]
    ordinary = [_ordinary(member)] + ([Case.kind.in_([key for key in mine if key not in guarded])] if mine else [])
    closed = [Case.kind.in_([key for key in mine if key in guarded]), *theirs] if mine else theirs
    return or_(
        and_(Case.kind.not_in(guarded), or_(*ordinary)),
        and_(Case.kind.in_(guarded), or_(*closed), ~barred(member), or_(~Case.confidential, is_reader(member))),
    )


def countable(member: Member) -> ColumnElement[bool]:
    """The condition on cases that may be counted to this member: not complaints that are closed to them."""
    guarded = [kind.key for kind in kinds.every().values() if kind.guarded_by]
    return or_(Case.kind.not_in(guarded), visible(member))


def among(member: Member, ids: Iterable[UUID]) -> set[UUID]:
    """Those of these cases that this member may see."""
    return set(db.session.scalars(select(Case.id).where(Case.id.in_(ids), visible(member))))


def counted(member: Member, ids: Iterable[UUID]) -> set[UUID]:
    """Those of these cases that may be counted to this member."""
    return set(db.session.scalars(select(Case.id).where(Case.id.in_(ids), countable(member))))


def barred(member: Member) -> ColumnElement[bool]:
    """The condition on cases, or cases born of those, that are about this member or in which they have an interest."""
    whose = CaseBar.case_id.in_((Case.id, Case.born_of_id))
    return exists(select(CaseBar.case_id).where(CaseBar.member_id == member.id, whose))


def is_reader(member: Member) -> ColumnElement[bool]:
    """The condition on confidential cases that are open to this member."""
    return exists(select(CaseReader.case_id).where(CaseReader.case_id == Case.id, CaseReader.member_id == member.id))


def _ordinary(member: Member) -> ColumnElement[bool]:
    if member.may(Permission.SEE_ALL_CASES):
        return true()
    if not member.may(Permission.SEE_CASES):
        return false()
    branch: ColumnElement[bool] = Case.branch_id.is_(None)
    if member.branch_id is not None:
        branch = Case.branch_id == member.branch_id
    return or_(branch, own(member), referred_to(member))


def own(member: Member) -> ColumnElement[bool]:
    """The condition on cases that the member holds or took in."""
    return or_(Case.holder_id == member.id, Case.taken_in_by == member.id)


def referred_to(member: Member) -> ColumnElement[bool]:
    """The condition on cases with an open referral to the member, or to one of their roles."""
    return exists(
        select(Referral.id).where(
            Referral.case_id == Case.id,
            Referral.ended_at.is_(None),
            or_(
                Referral.to_member_id == member.id,
                and_(Referral.to_member_id.is_(None), Referral.to_role.in_(member.role_keys)),
            ),
        )
    )


def get(case_id: UUID, member: Member, *options: Any) -> Case:
    """The case, if this member may see it; raises NotFound for another's and for none alike."""
    found = db.session.scalars(select(Case).where(Case.id == case_id, visible(member)).options(*options)).one_or_none()
    if found is None:
        raise NotFound
    return found


def list_kin(case: Case, member: Member) -> Sequence[Case]:
    """Return the case that it was opened out of and those opened out of it, as far as this member sees them."""
    born = Case.born_of_id == case.id
    if not case.born and case.born_of_id is None:
        return []
    near = born | (Case.id == case.born_of_id) if case.born_of_id else born
    rows = select(Case).where(near, visible(member)).order_by(Case.received_at, Case.id)
    return db.session.scalars(rows).all()
