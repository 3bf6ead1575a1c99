"""How many cases wait where, counted no further than a reader needs, in one statement."""

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, literal, select

from silah import clock
from silah.cases import contact_tasks
from silah.cases.models import Case
from silah.cases.visibility import MEMBERS
from silah.desk.queue import in_view
from silah.language.localization import number
from silah.staff import grants
from silah.web.access import Member
from tenants.database import db

CAP = 99
CONTACTS = "contacts"
"""Beside the views: the calls and deliveries that are owed."""
GRANTS = "grants"
"""Beside the views: the grants that wait for this administrator."""
COUNTED = ("mine", "referred", "unread", "waiting", "week", "overdue", "unassigned", "open")


def counts(member: Member, views: tuple[str, ...] = COUNTED) -> dict[str, int]:
    """The number of cases in each view, at most ``CAP + 1``: beyond it a page says "99+"."""
    row = db.session.execute(_counting(member, views, clock.today())).one()
    return {view: int(getattr(row, view)) for view in views}


@lru_cache(maxsize=MEMBERS)
def _counting(member: Member, views: tuple[str, ...], today: date) -> Select[Any]:
    columns = []
    for view in views:
        few = _of_view(view, member, today).limit(CAP + 1)
        columns.append(select(func.count()).select_from(few.subquery()).scalar_subquery().label(view))
    return select(*columns)


def _of_view(view: str, member: Member, today: date) -> Select[Any]:
    if view == CONTACTS:
        return contact_tasks.select_owed(member)
    if view == GRANTS:
        return grants.select_confirmable(member)
    return select(literal(1)).select_from(Case).where(in_view(view, member, today))


def capped(count: int) -> str | int:
    """The count as it is shown."""
    return f"{number(CAP)}+" if count > CAP else count
