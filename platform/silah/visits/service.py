"""A visit's life: planned, moved, recorded bit by bit, held once and for all, or cancelled with a reason."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from silah import clock, jobs
from silah.access import Member, Permission
from silah.cases import telling
from silah.cases.clocks import morning_after
from silah.cases.texts import clean
from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.errors import Forbidden, Invalid, NotFound
from silah.i18n import date_g
from silah.staff.models import BranchOffice, Membership
from silah.staff.naming import named
from silah.visits.errors import NotPlanned, TooSoon
from silah.visits.models import Visit, VisitChecklist, VisitPhoto
from silah.visits.scoring import score
from tenants.database import db

DUE = "visit.due"
AGAIN = timedelta(days=7)
SEES = (Permission.SEE_SURVEYS, Permission.RUN_SURVEYS)
MOST_PHOTOS = 30


@dataclass(frozen=True)
class Mark:
    """What was written of one item."""

    mark: int | None
    remark: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing that was found, and how grave it is."""

    grade: str
    what: str


def plan(
    *,
    by: Member,
    branch: UUID | None,
    checklist: UUID | None,
    visitor: UUID | None,
    on: date | None,
    follows: UUID | None = None,
) -> Visit:
    """Plan a visit; whoever makes it is told, and reminded on the day. Raises Invalid with an error a field."""
    _may_run(by)
    office = db.session.get(BranchOffice, branch) if branch else None
    listed = db.session.get(VisitChecklist, checklist) if checklist else None
    member = db.session.get(Membership, visitor) if visitor else None
    wrong = {}
    if office is None or not office.active:
        wrong["branch"] = _("Choose the office.")
    if listed is None or listed.withdrawn:
        wrong["checklist"] = _("Choose the checklist.")
    if member is None or member.state != "active":
        wrong["visitor"] = _("Choose who makes the visit.")
    if on is None or on < clock.today():
        wrong["on"] = _("Choose today or a later day.")
    if wrong or office is None or listed is None or member is None or on is None:
        raise Invalid(wrong)
    visit = Visit(
        name_ar=listed.name_ar,
        name_en=listed.name_en,
        items=listed.items,
        state="planned",
        planned_for=on,
        planned_by=by.id,
        planned_at=clock.now(),
        follows_id=get(follows, by).id if follows else None,
        marks={},
        written="{}",
        remarks="",
        reason="",
    )
    visit.branch, visit.visitor = office, member
    db.session.add(visit)
    db.session.flush()
    _announce(visit)
    return visit


def move(visit: Visit, *, by: Member, on: date | None) -> None:
    """Move a planned visit to another day; the visitor is told again."""
    _may_run(by)
    _hold(visit)
    if on is None or on < clock.today():
        raise Invalid({"on": _("Choose today or a later day.")})
    visit.planned_for = on
    jobs.settle(DUE, str(visit.id))
    _announce(visit)


def cancel(visit: Visit, *, by: Member, reason: str) -> None:
    """Cancel a planned visit, with the reason on record."""
    _may_run(by)
    _hold(visit)
    if not clean(reason):
        raise Invalid({"reason": _("Write the reason; it is kept on record.")})
    visit.state, visit.reason = "cancelled", clean(reason)
    jobs.settle(DUE, str(visit.id))


def record(visit: Visit, *, by: Member, marks: Mapping[str, Mark], remarks: str) -> None:
    """Keep what was written so far; nothing of it is final until the visit is held."""
    _may_record(visit, by)
    _hold(visit)
    given = {key: marks[key] for key in keys(visit) if key in marks}
    visit.marks = {key: one.mark for key, one in given.items() if one.mark}
    said = {key: clean(one.remark) for key, one in given.items() if clean(one.remark)}
    visit.written = _written({**_said(visit), "remarks": said})
    visit.remarks = clean(remarks)
    db.session.flush()


def find(visit: Visit, *, by: Member, grade: str, what: str) -> Finding:
    """Write down one thing that was found."""
    _may_record(visit, by)
    _hold(visit)
    if not clean(what):
        raise Invalid({"what": _("Write what was found.")})
    found = Finding(grade, clean(what))
    said = _said(visit)
    visit.written = _written({**said, "findings": [*said["findings"], [found.grade, found.what]]})
    db.session.flush()
    return found


def photograph(visit: Visit, file: StoredFile, *, by: Member, item: str = "") -> None:
    """Put a photo with the visit, of an item of its checklist or of the office."""
    _may_record(visit, by)
    _hold(visit)
    taken = db.session.scalar(select(func.count()).select_from(VisitPhoto).where(VisitPhoto.visit_id == visit.id)) or 0
    if taken >= MOST_PHOTOS or not file.media_type.startswith("image/"):
        documents.forget(file)
        raise Invalid({"photo": _("Choose a picture; a visit takes at most %(most)d.", most=MOST_PHOTOS)})
    db.session.add(VisitPhoto(visit_id=visit.id, file_id=file.id, item=item if item in keys(visit) else ""))
    db.session.flush()


def held(visit: Visit, *, by: Member) -> None:
    """The visit is over: an item without a mark did not apply, and from now on nothing is changed."""
    _may_record(visit, by)
    _hold(visit)
    if visit.planned_for > clock.today():
        raise TooSoon
    visit.score = score(visit.marks.values())
    if visit.score is None:
        raise Invalid({"marks": _("Give at least one item a mark.")})
    visit.state, visit.held_on = "held", clock.today()
    jobs.settle(DUE, str(visit.id))


def get(visit_id: UUID, member: Member) -> Visit:
    """A visit that the member may see: they follow visits, or make this one; raises NotFound."""
    loaded = [joinedload(Visit.branch), joinedload(Visit.visitor), joinedload(Visit.follows)]
    visit = db.session.get(Visit, visit_id, options=loaded)
    if visit is None or not (member.may(*SEES) or visit.visitor_id == member.id):
        raise NotFound
    return visit


def may_record(visit: Visit, member: Member) -> bool:
    """Whether the member writes down what is found: who makes the visit, or who runs them."""
    return visit.state == "planned" and (visit.visitor_id == member.id or member.may(Permission.RUN_SURVEYS))


def marks_of(visit: Visit) -> dict[str, Mark]:
    """What each item got, by its key; an item of which nothing was written is left out."""
    remarks = _said(visit)["remarks"]
    return {
        key: Mark(visit.marks.get(key), remarks.get(key, "")) for key in keys(visit) if key in visit.marks | remarks
    }


def findings_of(visit: Visit) -> list[Finding]:
    """What was found, in the order in which it was written."""
    return [Finding(*one) for one in _said(visit)["findings"]]


def photos_of(visit: Visit) -> Sequence[VisitPhoto]:
    """The photos that were taken."""
    rows = select(VisitPhoto).where(VisitPhoto.visit_id == visit.id).options(joinedload(VisitPhoto.file))
    return db.session.scalars(rows.order_by(VisitPhoto.item, VisitPhoto.file_id)).all()


def photo(file_id: UUID, member: Member) -> StoredFile:
    """The file of a photo, for whoever may see its visit; raises NotFound."""
    found = db.session.get(VisitPhoto, file_id, options=[joinedload(VisitPhoto.file)])
    if found is None:
        raise NotFound
    get(found.visit_id, member)
    return found.file


def remind(visit_id: UUID) -> None:
    """The day has come, or passed: the visitor is told, once a week until the visit is held or cancelled."""
    visit = db.session.get(Visit, visit_id, with_for_update=True)
    if visit is None or visit.state != "planned":
        return
    _tell(visit)
    jobs.owe(DUE, str(visit.id), clock.now() + AGAIN)


def keys(visit: Visit) -> list[str]:
    """The keys of the items of its checklist."""
    return [item["key"] for item in visit.items]


def _said(visit: Visit) -> dict[str, Any]:
    return {"remarks": {}, "findings": [], **json.loads(visit.written or "{}")}


def _written(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False)


def _announce(visit: Visit) -> None:
    _tell(visit)
    morning, now = morning_after(visit.planned_for - timedelta(days=1)), clock.now()
    jobs.owe(DUE, str(visit.id), morning if morning > now else now + AGAIN)


def _tell(visit: Visit) -> None:
    said = {"office": named(visit.branch), "day": date_g(visit.planned_for)}
    telling.colleague("visit_planned", visit.visitor, said, f"/desk/visits/{visit.id}")


def _hold(visit: Visit) -> None:
    db.session.refresh(visit, with_for_update={"of": Visit})
    if visit.state != "planned":
        raise NotPlanned


def _may_run(by: Member) -> None:
    if not by.may(Permission.RUN_SURVEYS):
        raise Forbidden


def _may_record(visit: Visit, by: Member) -> None:
    if not (visit.visitor_id == by.id or by.may(Permission.RUN_SURVEYS)):
        raise Forbidden
