"""What a visit finds: marks, remarks, findings and photos, written bit by bit until the visit is over."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from silah import clock, jobs
from silah.corrective import service as corrective
from silah.corrective.models import CorrectiveAction
from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.errors import Forbidden, Invalid
from silah.forms.texts import clean
from silah.visits.checklists import score
from silah.visits.errors import TooSoon
from silah.visits.models import Visit, VisitPhoto
from silah.visits.service import DUE, hold
from silah.web.access import Member, Permission
from tenants.database import db

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


def record(visit: Visit, *, by: Member, marks: Mapping[str, Mark], remarks: str) -> None:
    """Keep what was written so far; nothing of it is final until the visit is held."""
    _check(visit, by)
    hold(visit)
    given = {key: marks[key] for key in keys(visit) if key in marks}
    visit.marks = {key: one.mark for key, one in given.items() if one.mark}
    said = {key: clean(one.remark) for key, one in given.items() if clean(one.remark)}
    visit.written = _written({**_said(visit), "remarks": said})
    visit.remarks = clean(remarks)
    db.session.flush()


def find(visit: Visit, *, by: Member, grade: str, what: str) -> Finding:
    """Write down one thing that was found."""
    _check(visit, by)
    hold(visit)
    if not clean(what):
        raise Invalid({"what": _("Write what was found.")})
    found = Finding(grade, clean(what))
    said = _said(visit)
    visit.written = _written({**said, "findings": [*said["findings"], [found.grade, found.what]]})
    db.session.flush()
    return found


def photograph(visit: Visit, file: StoredFile, *, by: Member, item: str = "") -> None:
    """Put a photo with the visit, of an item of its checklist or of the office."""
    _check(visit, by)
    hold(visit)
    taken = db.session.scalar(select(func.count()).select_from(VisitPhoto).where(VisitPhoto.visit_id == visit.id)) or 0
    if taken >= MOST_PHOTOS or not file.media_type.startswith("image/"):
        documents.forget(file)
        raise Invalid({"photo": _("Choose a picture; a visit takes at most %(most)d.", most=MOST_PHOTOS)})
    db.session.add(VisitPhoto(visit_id=visit.id, file_id=file.id, item=item if item in keys(visit) else ""))
    db.session.flush()


def take_out(visit: Visit, *, by: Member, what: str, key: str) -> None:
    """Take out a finding by its place in the list, or a photo by its file, before the visit is over."""
    _check(visit, by)
    hold(visit)
    if what == "finding":
        said = _said(visit)
        left = [one for place, one in enumerate(said["findings"]) if str(place) != key]
        visit.written = _written({**said, "findings": left})
        return
    for photo in photos_of(visit):
        if str(photo.file_id) == key:
            db.session.delete(photo)
            db.session.flush()
            documents.forget(photo.file)


def held(visit: Visit, *, by: Member) -> None:
    """The visit is over: an item without a mark did not apply, and from now on nothing is changed."""
    _check(visit, by)
    hold(visit)
    if visit.planned_for > clock.today():
        raise TooSoon
    visit.score = score(visit.marks.values())
    if visit.score is None:
        raise Invalid({"marks": _("Give at least one item a mark.")})
    visit.state, visit.held_on = "held", clock.today()
    jobs.settle(DUE, str(visit.id))


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


def keys(visit: Visit) -> list[str]:
    """The keys of the items of its checklist."""
    return [item["key"] for item in visit.items]


def _said(visit: Visit) -> dict[str, Any]:
    return {"remarks": {}, "findings": [], **json.loads(visit.written or "{}")}


def _written(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False)


def _check(visit: Visit, by: Member) -> None:
    if not (visit.visitor_id == by.id or by.may(Permission.RUN_SURVEYS)):
        raise Forbidden


def ask_correction(visit: Visit, *, by: Member, what: str, owner: UUID | None, due_on: date | None) -> CorrectiveAction:
    """Set a corrective action; its owner is told, and reminded until it is done."""
    if not (by.may(Permission.RUN_SURVEYS) or visit.visitor_id == by.id):
        raise Forbidden
    return corrective.ask(visit_id=visit.id, what=what, owner=owner, due_on=due_on)
