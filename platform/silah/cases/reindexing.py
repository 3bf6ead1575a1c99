"""Indexing anew what an earlier tokenizer indexed: in parts, each in a transaction of its own.

A part that dies is done again, and touches no row that has its tokens already. Features register their own tables.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from silah import clock, jobs
from silah.beneficiaries.models import Beneficiary, index_person
from silah.cases import parties
from silah.cases.models import Case
from silah.cases.search import index_case
from silah.jobs.scheduled_jobs import whose
from silah.language.tokenizer import VERSION, make_name_key
from tenants.database import db
from tenants.registry import DueWork

REINDEX = "search.reindex"
PART = 200


@dataclass(frozen=True)
class IndexedTable:
    """A table that is searched: its model, and what keeps the tokens of one row."""

    model: Any
    index: Callable[[Any], None]
    options: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Progress:
    """How many rows have been indexed anew, of how many."""

    done: int
    total: int


TABLES: dict[str, IndexedTable] = {}
"""Every table that is searched, in the order in which features were registered."""


def register_table(name: str, table: IndexedTable) -> None:
    """Have a table indexed anew with the others; registering it again changes nothing."""
    TABLES[name] = table


def reindex_part(payload: dict[str, Any]) -> None:
    """Index the next rows of the table at which the work stands, and owe the rest."""
    names = list(TABLES)
    name, after, done = payload.get("table", names[0]), payload.get("after"), payload.get("done", 0)
    total = payload.get("total") or _count_outdated()
    rows = list(db.session.scalars(_select_outdated(TABLES[name], UUID(after) if after else None)))
    for row in rows:
        TABLES[name].index(row)
    done += len(rows)
    if len(rows) == PART:
        _owe_rest(name, str(rows[-1].id), done, total)
    elif names[-1] != name:
        _owe_rest(names[names.index(name) + 1], None, done, total)


def find_progress() -> Progress | None:
    """Return how far the work is, or None where nothing is owed; one statement."""
    owed = select(DueWork.payload).where(DueWork.tenant == whose(), DueWork.kind == REINDEX, DueWork.done_at.is_(None))
    payload = db.session.scalars(owed.limit(1)).first()
    return None if payload is None else Progress(payload.get("done", 0), payload.get("total", 0))


def index_case_and_parties(case: Case) -> None:
    """Index a case, and the names by which its parties are compared."""
    for party in parties.list_parties(case):
        party.name_folded = make_name_key(party.name)
    index_case(case)


def _select_outdated(table: IndexedTable, after: UUID | None) -> Select[Any]:
    """Select the next rows, each locked: whoever changes one meanwhile is waited for, and not written over."""
    rows = select(table.model).where(table.model.search_version < VERSION).order_by(table.model.id).limit(PART)
    rows = rows.options(*table.options).with_for_update(of=table.model).execution_options(populate_existing=True)
    return rows if after is None else rows.where(table.model.id > after)


def _count_outdated() -> int:
    counts = (
        select(func.count()).select_from(one.model).where(one.model.search_version < VERSION).scalar_subquery()
        for one in TABLES.values()
    )
    return sum(db.session.execute(select(*counts)).one())


def _owe_rest(table: str, after: str | None, done: int, total: int) -> None:
    payload = {"table": table, "after": after, "done": done, "total": total}
    jobs.owe(REINDEX, f"version {VERSION} {table} {after or ''}".strip(), clock.now(), payload)


register_table("beneficiary", IndexedTable(Beneficiary, index_person))
register_table(
    "case",
    IndexedTable(Case, index_case_and_parties, (joinedload(Case.beneficiary), joinedload(Case.representative))),
)
