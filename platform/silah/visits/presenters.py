"""What the pages of visits show."""

from typing import Any

from sqlalchemy import extract, func, select
from sqlalchemy.orm import joinedload

from silah import clock
from silah.corrective import service as corrective
from silah.organisation.models import BranchOffice
from silah.visits import forms, recording, service
from silah.visits.checklists import format_score
from silah.visits.models import Visit
from silah.web.access import Member, Permission
from tenants.database import db

MOST = 200


def listed(member: Member, year: int | None = None) -> dict[str, Any]:
    """The visits of a year, what waits first, and each office's score; in a fixed number of statements."""
    year = year or clock.today().year
    rows = select(Visit).options(joinedload(Visit.branch), joinedload(Visit.visitor))
    of_year = extract("year", func.coalesce(Visit.held_on, Visit.planned_for)) == year
    rows = rows.where(of_year | (Visit.state == "planned"))
    if not member.may(*service.SEES):
        rows = rows.where(Visit.visitor_id == member.id)
    found = db.session.scalars(rows.order_by(Visit.planned_for.desc(), Visit.id).limit(MOST)).all()
    waiting = sorted((one for one in found if one.state == "planned"), key=lambda one: one.planned_for)
    return {
        "waiting": waiting,
        "past": [one for one in found if one.state != "planned"],
        "offices": offices(year) if member.may(*service.SEES) else [],
        "year": year,
        "years": years(),
        "today": clock.today(),
        "plain": format_score,
        "may_run": member.may(Permission.RUN_SURVEYS),
    }


def offices(year: int) -> list[Any]:
    """Each office with how often it was visited in a year, its mean score, and the last one."""
    held = (Visit.branch_id == BranchOffice.id) & (Visit.state == "held") & (extract("year", Visit.held_on) == year)
    rows = (
        select(
            BranchOffice,
            func.count(Visit.id).label("visits"),
            func.round(func.avg(Visit.score), 1).label("mean"),
            func.max(Visit.held_on).label("last"),
        )
        .outerjoin(Visit, held)
        .where(BranchOffice.active)
        .group_by(BranchOffice.id)
        .order_by(func.count(Visit.id), BranchOffice.position, BranchOffice.name_ar)
    )
    return list(db.session.execute(rows))


def years() -> list[int]:
    """The years in which there were visits, and the present one, the latest first."""
    day = func.coalesce(Visit.held_on, Visit.planned_for)
    found = db.session.scalars(select(extract("year", day)).distinct())
    return sorted({clock.today().year, *(int(year) for year in found)}, reverse=True)


def one(visit: Visit, member: Member) -> dict[str, Any]:
    """A visit with its marks, findings, photos and what is to be put right."""
    return {
        "visit": visit,
        "marks": recording.marks_of(visit),
        "mark_words": forms.MARKS,
        "grades": forms.GRADES,
        "findings": recording.findings_of(visit),
        "photos": recording.photos_of(visit),
        "actions": corrective.of(visit_id=visit.id),
        "words": forms.words,
        "plain": format_score,
        "today": clock.today(),
        "may_record": recording.may_record(visit, member),
        "may_run": member.may(Permission.RUN_SURVEYS),
    }
