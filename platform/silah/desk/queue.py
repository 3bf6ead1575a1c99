"""The queue of cases: filters and search, in keyset pages that cost the same however many cases there are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, literal, select, true, tuple_
from sqlalchemy.orm import joinedload, load_only, selectinload

from silah import clock
from silah.cases import responsibility, visibility
from silah.cases.models import Case
from silah.cases.party_models import CaseParty
from silah.cases.states import ENDED, UNANSWERED, State
from silah.desk import queue_filters, search
from silah.desk.cursors import Cursor
from silah.desk.filters import Filters
from silah.organisation.models import BranchOffice, Membership
from silah.web.access import Member
from tenants.database import db

PAGE_SIZE = 25
WEEK = timedelta(days=6)
OPEN = tuple(state for state in State if state not in ENDED)

Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Page:
    """A page of cases, and the cursors of its neighbours where there are any."""

    cases: list[Case]
    previous: str | None
    next: str | None


def is_open() -> Condition:
    """Cases that are not closed or withdrawn; worded as the partial indexes are."""
    return Case.state.in_(OPEN)


def unanswered() -> Condition:
    """Cases still owed their reply."""
    return Case.state.in_(tuple(state for state in State if state in UNANSWERED))


def mine(member: Member) -> Condition:
    """Open cases that this member holds."""
    return and_(is_open(), Case.holder_id == member.id)


VIEW_CONDITIONS: dict[str, Callable[[Member, date], Condition]] = {
    "open": lambda member, today: is_open(),
    "mine": lambda member, today: mine(member),
    "referred": lambda member, today: and_(is_open(), visibility.referred_to(member)),
    "unread": lambda member, today: and_(Case.unread_since.is_not(None), responsibility.awaits(member)),
    "waiting": lambda member, today: Case.state == State.INCOMPLETE,
    "week": lambda member, today: and_(unanswered(), Case.due.between(today, today + WEEK)),
    "overdue": lambda member, today: and_(unanswered(), Case.latest < today),
    "unassigned": lambda member, today: and_(is_open(), Case.holder_id.is_(None)),
    "ended": lambda member, today: Case.state.in_(tuple(state for state in State if state in ENDED)),
    "all": lambda member, today: true(),
}

SORT_COLUMNS: dict[str, Any] = {"due": Case.due, "received": Case.received_at, "reference": Case.reference}


OWN_VIEWS = frozenset({"mine", "referred"})
"""What one holds or is asked about one may see: asking whether it is visible too would only cost time."""


def in_view(view: str, member: Member, today: date) -> Condition:
    """The cases of a view that this member may see."""
    wanted = VIEW_CONDITIONS[view](member, today)
    return wanted if view in OWN_VIEWS else and_(visibility.visible(member), wanted)


def condition(filters: Filters, member: Member) -> Condition:
    """Everything that the filters ask for, within what this member may see."""
    narrowing: list[Condition] = [in_view(filters.view, member, clock.today())]
    for column, wanted in (
        (Case.state, filters.state),
        (Case.kind, filters.kind),
        (Case.channel, filters.channel),
        (Case.branch_id, filters.branch),
    ):
        if wanted is not None:
            narrowing.append(column == wanted)
    narrowing += [queue_filters.get(name).condition(value) for name, value in filters.added]
    if filters.q:
        narrowing.append(search.matching(filters.q))
    return and_(*narrowing)


def page(filters: Filters, member: Member, cursor: Cursor | None = None, size: int = PAGE_SIZE) -> Page:
    """One page of the queue, with what its rows show, in one statement."""
    column = SORT_COLUMNS[filters.sort]
    backwards = cursor is not None and cursor.backwards
    descending = filters.descending != backwards
    statement = select(Case).options(*shown()).where(condition(filters, member)).limit(size + 1)
    if cursor:
        here, there = tuple_(column, Case.id), tuple_(literal(cursor.value, column.type), literal(cursor.id))
        statement = statement.where(here < there if descending else here > there)
    order = (column.desc(), Case.id.desc()) if descending else (column.asc(), Case.id.asc())
    found = list(db.session.scalars(statement.order_by(*order)))
    more, cases = len(found) > size, found[:size]
    if backwards:
        cases.reverse()
    return Page(
        cases,
        previous=beside(filters, cases[0], True) if cases and (more if backwards else cursor) else None,
        next=beside(filters, cases[-1], False) if cases and (backwards or more) else None,
    )


def beside(filters: Filters, case: Case, backwards: bool) -> str:
    """The cursor of the page that begins before or after this case."""
    return Cursor(filters.sort, getattr(case, SORT_COLUMNS[filters.sort].key), case.id, backwards).word()


def shown() -> tuple[Any, ...]:
    """What a row of the queue needs, and nothing sealed: no row opens a phone number that it does not show."""
    return (
        load_only(
            Case.kind, Case.reference, Case.state, Case.version, Case.title_ar, Case.title_en, Case.channel,
            Case.received_at, Case.completed_on, Case.earliest, Case.latest, Case.target, Case.due,
            Case.policy_version_id, Case.replied_at, Case.closed_at, Case.holder_id, Case.branch_id,
            Case.pauses, Case.unread_since,
        ),
        joinedload(Case.beneficiary).load_only(CaseParty.name),
        joinedload(Case.holder).load_only(Membership.name),
        selectinload(Case.policy_version),
        joinedload(Case.branch).load_only(BranchOffice.name_ar, BranchOffice.name_en),
    )  # fmt: skip
