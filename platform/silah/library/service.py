"""The library's life: placeholders from the policy, versions, where each tool is offered, and who has read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext as _
from sqlalchemy import func, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import joinedload

from silah import clock
from silah.cases.models import Case
from silah.documents.models import StoredFile
from silah.errors import Forbidden, Invalid, NotFound
from silah.forms.texts import clean
from silah.library.models import LibraryTool, ToolReading, ToolVersion
from silah.organisation.models import Membership, Role
from silah.web.access import Member, Permission
from tenants.database import db
from tenants.policy import Policy

ALL = "*"
LONGEST = 40_000
BEGIN: dict[str, list[str]] = {"form": ["received", "incomplete"], "guide": ["under_study", "recommended"]}
"""At which moments of a case a placeholder is offered, until somebody chooses otherwise."""


@dataclass(frozen=True)
class Shelf:
    """A tool with its newest version, and when the reader read that."""

    tool: LibraryTool
    version: ToolVersion | None
    read_at: Any = None

    @property
    def unread(self) -> bool:
        """There is something to read, and it was not read."""
        return self.version is not None and self.read_at is None


def bring(policy: Policy) -> None:
    """Make a placeholder for each tool that the policy names; what it names no longer is kept, and says so."""
    known = {tool.key: tool for tool in db.session.scalars(select(LibraryTool))}
    for place, tool in enumerate(policy.tools):
        held = known.pop(tool.key, None) or LibraryTool(key=tool.key, moments=BEGIN.get(tool.kind, []), readers=[ALL])
        fresh = held.id is None
        held.kind, held.name_ar, held.name_en = tool.kind, tool.name.ar, tool.name.en
        held.named, held.position = True, place
        if fresh:
            held.public = tool.public
        db.session.add(held)
    for other in known.values():
        other.named = False
    db.session.flush()


def shelves(member: Member | None = None, *conditions: Any) -> list[Shelf]:
    """Every tool with its newest version, in two statements; for a member with when they read it."""
    newest = select(ToolVersion.tool_id, func.max(ToolVersion.number).label("number")).group_by(ToolVersion.tool_id)
    last = newest.subquery()
    read = select(ToolReading).where(ToolReading.member_id == (member.id if member else None)).subquery()
    rows = db.session.execute(
        select(LibraryTool, ToolVersion, read.c.read_at)
        .outerjoin(last, last.c.tool_id == LibraryTool.id)
        .outerjoin(ToolVersion, (ToolVersion.tool_id == last.c.tool_id) & (ToolVersion.number == last.c.number))
        .outerjoin(read, read.c.version_id == ToolVersion.id)
        .where(*conditions)
        .order_by(LibraryTool.withdrawn, LibraryTool.named.desc(), LibraryTool.position, LibraryTool.name_ar)
    )
    return [Shelf(tool, version, read_at) for tool, version, read_at in rows]


def offered(case: Case) -> list[Shelf]:
    """The tools that matter at this moment of a case."""
    here = LibraryTool.moments.contains([case.state.value])
    return [one for one in shelves(None, ~LibraryTool.withdrawn, here) if one.version is not None]


def for_everybody() -> list[Shelf]:
    """What the public may take."""
    found = shelves(None, ~LibraryTool.withdrawn, LibraryTool.public)
    return [one for one in found if one.version is not None]


def shelf(tool_id: UUID, member: Member | None = None) -> Shelf:
    """One tool with its newest version; raises NotFound."""
    found = shelves(member, LibraryTool.id == tool_id)
    if not found:
        raise NotFound
    return found[0]


def versions(tool: LibraryTool) -> Sequence[ToolVersion]:
    """The versions of a tool, the newest first."""
    rows = select(ToolVersion).where(ToolVersion.tool_id == tool.id).options(joinedload(ToolVersion.file))
    return db.session.scalars(rows.order_by(ToolVersion.number.desc())).all()


def version(version_id: UUID) -> ToolVersion:
    """One version; raises NotFound."""
    found = db.session.get(ToolVersion, version_id, options=[joinedload(ToolVersion.tool)])
    if found is None:
        raise NotFound
    return found


def add(*, by: Member, kind: str, name_ar: str, name_en: str) -> LibraryTool:
    """A tool that the policy does not name."""
    _may(by)
    tool = LibraryTool(key=f"own_{uuid4().hex[:12]}", position=1000, moments=[], readers=[])
    change(tool, by=by, kind=kind, name_ar=name_ar, name_en=name_en, public=False, moments=[], readers=[])
    return tool


def change(
    tool: LibraryTool,
    *,
    by: Member,
    kind: str,
    name_ar: str,
    name_en: str,
    public: bool,
    moments: list[str],
    readers: list[str],
    withdrawn: bool = False,
) -> None:
    """What it is called, to whom it is open, when it is offered and who must read it; the policy's names stay."""
    _may(by)
    wrong = {key: _("Write the name.") for key, name in (("name_ar", name_ar), ("name_en", name_en)) if not clean(name)}
    if wrong and not tool.named:
        raise Invalid(wrong)
    if not tool.named:
        tool.kind, tool.name_ar, tool.name_en = kind, clean(name_ar), clean(name_en)
    tool.public, tool.moments, tool.readers, tool.withdrawn = public, moments, readers, withdrawn
    db.session.add(tool)
    db.session.flush()


def publish(
    tool: LibraryTool, *, by: Member, note: str, file: StoredFile | None = None, text_ar: str = "", text_en: str = ""
) -> ToolVersion:
    """A new version, as a file or as text in both languages; who must read it has not read this one."""
    _may(by)
    if file is None and not (clean(text_ar) and clean(text_en)):
        raise Invalid({"file": _("Choose a file, or write the text in both languages.")})
    db.session.refresh(tool, with_for_update=True)
    last = db.session.scalar(select(func.max(ToolVersion.number)).where(ToolVersion.tool_id == tool.id)) or 0
    made = ToolVersion(
        tool_id=tool.id,
        number=last + 1,
        note=clean(note),
        text_ar=clean(text_ar)[:LONGEST],
        text_en=clean(text_en)[:LONGEST],
        file_id=file.id if file else None,
        made_by=by.id,
        made_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def read(found: ToolVersion, *, by: Member) -> None:
    """The member says that they have read it; said twice, the first day stays."""
    row = insert(ToolReading).values(version_id=found.id, member_id=by.id, read_at=clock.now())
    db.session.execute(row.on_conflict_do_nothing())


def must_read(tool: LibraryTool, member: Member) -> bool:
    """Whether this member is among those who must read it."""
    return ALL in tool.readers or not member.role_keys.isdisjoint(tool.readers)


def coverage(one: Shelf) -> list[tuple[Membership, Any]]:
    """Who must read the newest version, and when they did; those who did not come first."""
    if one.version is None or not one.tool.readers:
        return []
    everybody = ALL in one.tool.readers
    held = true() if everybody else Membership.roles.any(Role.key.in_(one.tool.readers))
    rows = db.session.execute(
        select(Membership, ToolReading.read_at)
        .outerjoin(ToolReading, (ToolReading.member_id == Membership.id) & (ToolReading.version_id == one.version.id))
        .where(Membership.state == "active", held)
        .options(joinedload(Membership.department))
        .order_by(ToolReading.read_at.is_not(None), Membership.name)
    )
    return [(member, read_at) for member, read_at in rows]


def shares(found: Sequence[Shelf]) -> dict[UUID, int]:
    """How many members have read the newest version of each tool, in one statement."""
    ids = [one.version.id for one in found if one.version]
    rows = db.session.execute(
        select(ToolReading.version_id, func.count())
        .where(ToolReading.version_id.in_(ids))
        .group_by(ToolReading.version_id)
    )
    counted = {row.version_id: row[1] for row in rows}
    return {one.tool.id: counted.get(one.version.id, 0) for one in found if one.version}


def _may(by: Member) -> None:
    if not by.may(Permission.EDIT_POLICY):
        raise Forbidden
