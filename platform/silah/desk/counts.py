"""How many cases wait where, counted no further than a reader needs, in one statement."""

from sqlalchemy import func, literal, select

from silah import clock
from silah.access import Member
from silah.cases import visibility
from silah.cases.models import Case
from silah.desk.queue import VIEW_CONDITIONS
from tenants.database import db

CAP = 99
COUNTED = ("mine", "referred", "waiting", "week", "overdue", "unassigned", "open")


def counts(member: Member, views: tuple[str, ...] = COUNTED) -> dict[str, int]:
    """The number of cases in each view, at most ``CAP + 1``: beyond it a page says "99+"."""
    seen, today = visibility.visible(member), clock.today()
    columns = []
    for view in views:
        few = select(literal(1)).select_from(Case).where(seen, VIEW_CONDITIONS[view](member, today)).limit(CAP + 1)
        columns.append(select(func.count()).select_from(few.subquery()).scalar_subquery().label(view))
    row = db.session.execute(select(*columns)).one()
    return {view: int(getattr(row, view)) for view in views}


def capped(count: int) -> str | int:
    """The count as it is shown."""
    return f"{CAP}+" if count > CAP else count
