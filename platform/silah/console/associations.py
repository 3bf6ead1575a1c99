"""The associations as the operator sees them: found, listed by pages, suspended and resumed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from silah.errors import NotFound
from tenants import blueprints, registering, rendering
from tenants.database import db
from tenants.registry import Association, Host, TenantMigration

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One association in the list; `behind` is true where its schema awaits a migration."""

    association: Association
    behind: bool


@dataclass(frozen=True)
class Found:
    """One page of the list, by slug, and the slugs at which the pages beside it begin."""

    lines: Sequence[Line]
    before: str | None = None
    after: str | None = None


def page(
    *,
    search: str = "",
    state: str | None = None,
    undecided: bool = False,
    after: str | None = None,
    before: str | None = None,
) -> Found:
    """The associations that match, after or before a slug; with `undecided` those behind their blueprint."""
    wanted = [*_matching(search), *((Association.state == state,) if state else ())]
    wanted += [_undecided()] if undecided else []
    backwards = before is not None
    if after:
        wanted.append(Association.slug > after)
    if before is not None:
        wanted.append(Association.slug < before)
    order = Association.slug.desc() if backwards else Association.slug
    behind = func.coalesce(TenantMigration.revision, "") != rendering.head("tenant")
    rows = db.session.execute(
        select(Association, behind)
        .outerjoin(TenantMigration, TenantMigration.role == Association.role)
        .where(*wanted)
        .order_by(order)
        .limit(PAGE + 1)
    ).all()
    lines = [Line(one, late) for one, late in rows[:PAGE]]
    more = len(rows) > PAGE
    return _turned(lines, more) if backwards else _page(lines, has_before=bool(after), has_after=more)


def counts(search: str = "") -> dict[str, int]:
    """How many match, by state."""
    rows = db.session.execute(
        select(Association.state, func.count().label("number")).where(*_matching(search)).group_by(Association.state)
    )
    return {row.state: row.number for row in rows}


def undecided(search: str = "") -> int:
    """How many that match have not decided all that is new in the newest version of their blueprint."""
    return db.session.scalar(select(func.count()).select_from(Association).where(*_matching(search), _undecided())) or 0


def get(association_id: UUID) -> Association:
    """One association; raises `NotFound`."""
    found = db.session.get(Association, association_id)
    if found is None:
        raise NotFound
    return found


def migration(association: Association) -> TenantMigration | None:
    """How far it is migrated, and what went wrong the last time."""
    return db.session.get(TenantMigration, association.role)


def suspend(association: Association) -> None:
    """Stop its service; its data stay."""
    registering.suspend(association.slug)


def resume(association: Association) -> None:
    """Open it again."""
    registering.resume(association.slug)


def is_taken(slug: str, skeleton: str) -> bool:
    """Whether an association has this slug, or one that looks the same."""
    same = or_(Association.slug == slug, Association.skeleton == skeleton)
    return db.session.scalar(select(Association.id).where(same).limit(1)) is not None


def _undecided() -> ColumnElement[bool]:
    behind = Association.blueprint_version
    return or_(*(and_(Association.blueprint == name, behind < one) for name, one in blueprints.newest().items()))


def _matching(search: str) -> list[ColumnElement[bool]]:
    """Each word in the slug, a name or an own domain."""
    return [_anywhere(word) for word in search.split()[:5]]


def _anywhere(word: str) -> ColumnElement[bool]:
    own = select(Host.host).where(Host.association_id == Association.id, Host.host.icontains(word, autoescape=True))
    names = (Association.slug, Association.name_ar, Association.name_en)
    return or_(*(name.icontains(word, autoescape=True) for name in names), own.exists())


def _page(lines: list[Line], *, has_before: bool, has_after: bool) -> Found:
    first, last = (lines[0].association.slug, lines[-1].association.slug) if lines else (None, None)
    return Found(lines, first if has_before else None, last if has_after else None)


def _turned(lines: list[Line], more: bool) -> Found:
    return _page(lines[::-1], has_before=more, has_after=True)
