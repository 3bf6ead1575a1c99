"""A visit's life: planned, moved, recorded bit by bit, held once and for all, or cancelled with a reason."""

from datetime import date, timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from silah import clock, jobs
from silah.cases import notifications
from silah.documents.models import StoredFile
from silah.errors import Forbidden, Invalid, NotFound
from silah.forms.texts import clean
from silah.language.localization import date_g
from silah.organisation.models import BranchOffice, Membership
from silah.organisation.names import named
from silah.visits.errors import NotPlanned
from silah.visits.models import Visit, VisitChecklist, VisitPhoto
from silah.web.access import Member, Permission
from tenants.database import db

DUE = "visit.due"
AGAIN = timedelta(days=7)
SEES = (Permission.SEE_SURVEYS, Permission.RUN_SURVEYS)


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
    hold(visit)
    if on is None or on < clock.today():
        raise Invalid({"on": _("Choose today or a later day.")})
    visit.planned_for = on
    jobs.settle(DUE, str(visit.id))
    _announce(visit)


def cancel(visit: Visit, *, by: Member, reason: str) -> None:
    """Cancel a planned visit, with the reason on record."""
    _may_run(by)
    hold(visit)
    if not clean(reason):
        raise Invalid({"reason": _("Write the reason; it is kept on record.")})
    visit.state, visit.reason = "cancelled", clean(reason)
    jobs.settle(DUE, str(visit.id))


def get(visit_id: UUID, member: Member) -> Visit:
    """A visit that the member may see: they follow visits, or make this one; raises NotFound."""
    loaded = [joinedload(Visit.branch), joinedload(Visit.visitor), joinedload(Visit.follows)]
    visit = db.session.get(Visit, visit_id, options=loaded)
    if visit is None or not (member.may(*SEES) or visit.visitor_id == member.id):
        raise NotFound
    return visit


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


def _announce(visit: Visit) -> None:
    _tell(visit)
    morning, now = clock.morning_after(visit.planned_for - timedelta(days=1)), clock.now()
    jobs.owe(DUE, str(visit.id), morning if morning > now else now + AGAIN)


def _tell(visit: Visit) -> None:
    said = {"office": named(visit.branch), "day": date_g(visit.planned_for)}
    notifications.colleague("visit_planned", visit.visitor, said, f"/desk/visits/{visit.id}")


def hold(visit: Visit) -> None:
    """Lock a visit that is still planned; raises NotPlanned."""
    db.session.refresh(visit, with_for_update={"of": Visit})
    if visit.state != "planned":
        raise NotPlanned


def _may_run(by: Member) -> None:
    if not by.may(Permission.RUN_SURVEYS):
        raise Forbidden
