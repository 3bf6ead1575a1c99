"""What senior management and the follow-up body look at: what is late, what recurs where, each officer's load."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from silah import clock
from silah.cases import visibility
from silah.cases.models import Case
from silah.cases.states import UNANSWERED
from silah.complaints import liaison_areas
from silah.complaints.labels import SEVERITIES, TOPICS
from silah.complaints.models import ASKED, COMPLAINT, Complaint
from silah.corrective.models import CorrectiveAction
from silah.desk import queue, queue_rows
from silah.language.localization import locale
from silah.organisation.models import BranchOffice, Membership
from silah.web.access import Member
from tenants.database import db

MOST = 15
SINCE_DAYS = 365
OPEN = tuple(state for state in UNANSWERED)


def board(member: Member) -> dict[str, Any]:
    """The page over complaints, in a fixed number of statements; each sees what they may see."""
    mine = select(Case).where(Case.kind == COMPLAINT, visibility.visible(member))
    waiting = Case.state.in_(OPEN)
    late = db.session.scalars(
        mine.where(waiting, Case.latest < clock.today()).options(*queue.shown()).order_by(Case.latest).limit(MOST)
    ).all()
    fresh = db.session.scalars(
        mine.where(waiting, Case.holder_id.is_(None)).options(*queue.shown()).order_by(Case.due, Case.id).limit(MOST)
    ).all()
    return {
        "totals": _totals(member),
        "late": queue_rows.of(list(late)),
        "fresh": queue_rows.of(list(fresh)),
        "recurring": _recurring(member),
        "actions": _actions(member),
        "topics": TOPICS,
        "severities": SEVERITIES,
    }


def _since() -> datetime:
    return clock.day_start() - timedelta(days=SINCE_DAYS)


def _totals(member: Member) -> dict[str, int]:
    """What is open now, and what was answered in a year: so much is read, however long the association works."""
    today, waiting = clock.today(), Case.state.in_(OPEN)
    columns = {
        "open": waiting,
        "late": waiting & (Case.latest < today),
        "unheld": waiting & Case.holder_id.is_(None),
        "high": waiting & (Complaint.severity == "high"),
        "objected": waiting & Complaint.objected_on.is_not(None),
        "feared": waiting & Complaint.retaliation_feared,
        "answered": Case.replied_at >= _since(),
    }
    counted = [func.count(case((condition, 1))).label(name) for name, condition in columns.items()]
    row = db.session.execute(_joined(select(*counted), member).where(waiting | columns["answered"])).one()
    return {name: int(getattr(row, name)) for name in columns}


def _recurring(member: Member) -> list[dict[str, Any]]:
    """What was complained about more than once in a year, by topic and branch office, the most frequent first."""
    branch = getattr(BranchOffice, f"name_{locale()}")
    counted = func.count(Case.id)
    rows_ = db.session.execute(
        _joined(select(Complaint.topic, BranchOffice.id, branch.label("branch"), counted.label("count")), member)
        .outerjoin(BranchOffice, BranchOffice.id == Case.branch_id)
        .where(Complaint.topic.is_not(None), Complaint.merged_into_id.is_(None), Case.received_at >= _since())
        .group_by(Complaint.topic, BranchOffice.id, branch)
        .having(counted > 1)
        .order_by(counted.desc(), Complaint.topic)
        .limit(MOST)
    )
    return [
        {"topic": TOPICS.get(row.topic, row.topic), "id": row.id, "branch": row.branch or "", "count": row.count}
        for row in rows_
    ]


def _actions(member: Member) -> list[CorrectiveAction]:
    """Corrective actions not done yet, the most pressing first."""
    visible = select(Case.id).where(visibility.visible(member))
    found = select(CorrectiveAction).where(CorrectiveAction.done_on.is_(None), CorrectiveAction.case_id.in_(visible))
    loaded = found.options(joinedload(CorrectiveAction.owner), joinedload(CorrectiveAction.case))
    return list(db.session.scalars(loaded.order_by(CorrectiveAction.due_on).limit(MOST)))


def _joined(columns: Any, member: Member) -> Any:
    joined = columns.select_from(Case).join(Complaint, Complaint.case_id == Case.id)
    return joined.where(Case.kind == COMPLAINT, visibility.visible(member))


@dataclass(frozen=True)
class Load:
    """What one liaison officer has in hand; ``id`` is None for what nobody holds. ``median`` in days."""

    id: UUID | None
    name: str
    open: int = 0
    late: int = 0
    answered: int = 0
    median: float | None = None


def load(member: Member) -> dict[str, Any]:
    """Who holds how many inquiries and suggestions, how many are late, how fast answers came in a quarter.

    Liaison officers who hold nothing stand there too.
    """
    today, waiting = clock.today(), Case.state.in_(OPEN)
    quarter = clock.day_start() - timedelta(days=90)
    days = func.extract("epoch", Case.replied_at - Case.received_at) / 86400
    answered = Case.replied_at >= quarter
    found = db.session.execute(
        select(
            Membership.id,
            Membership.name,
            func.count(case((waiting, 1))),
            func.count(case((waiting & (Case.latest < today), 1))).label("late"),
            func.count(case((answered, 1))),
            func.percentile_cont(0.5).within_group(case((answered, days))),
        )
        .select_from(Case)
        .outerjoin(Membership, Membership.id == Case.holder_id)
        .where(Case.kind.in_(ASKED), visibility.visible(member))
        .where(waiting | answered)
        .group_by(Membership.id, Membership.name)
    )
    lines = [Load(id_, name or "", *rest) for id_, name, *rest in found]
    known = {line.id for line in lines}
    lines += [Load(one.id, one.name) for one in liaison_areas.everybody_named() if one.id not in known]
    lines.sort(key=lambda line: (-line.late, -line.open, line.name))
    return {"officers": lines, "unheld": next((line.open for line in lines if line.id is None), 0)}
