"""The timeline of a case: append-only, one hash chain a case, and the audit trail of who did what.

Personal data goes into ``note`` and ``origin`` only, which are not hashed, so that erasing it breaks no chain.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from silah import clock
from silah.cases import chain
from silah.cases.errors import ChangedMeanwhile
from silah.cases.event_labels import QUIET
from silah.cases.models import Case, TimelineEntry
from silah.cases.timeline_items import Line, line
from silah.organisation.models import Membership
from silah.web import request_origin
from silah.web.access import Member
from tenants.database import db


def record(
    case: Case,
    verb: str,
    *,
    by: Member | None = None,
    data: dict[str, Any] | None = None,
    note: str | None = None,
    private: bool = False,
) -> TimelineEntry:
    """Add what happened to the end of the chain, under the lock of the case's row.

    ``data`` is hashed and must hold no personal data; ``by`` is None for the applicant and for the system. Of an
    anonymous case the day alone is kept, and no origin.
    """
    db.session.flush()
    db.session.refresh(case, ["version", "head_seq", "head_hash"], with_for_update={"of": Case})
    facts: dict[str, Any] = {
        "case_id": case.id,
        "seq": case.head_seq + 1,
        "at": clock.day_start() if case.anonymous else clock.now(),
        "verb": verb,
        "actor_id": by.id if by else None,
        "data": data or {},
        "private": private,
        "before": case.head_hash,
    }
    where = None if case.anonymous else request_origin.current()
    entry = TimelineEntry(**facts, note=note, origin=where, hash=chain.link(**facts))
    db.session.add(entry)
    case.head_seq, case.head_hash, case.version = entry.seq, entry.hash, entry.seq + 1
    db.session.flush()
    return entry


def verify(case: Case) -> list[str]:
    """What is wrong with the case's chain, one line a fault; empty where it is intact."""
    return chain.faults(_of(case.id), case.head_seq, case.head_hash)


def entries(case: Case, for_applicant: bool) -> list[Line]:
    """The timeline in plain words, newest first; the applicant sees neither private entries nor names of staff."""
    rows = _of(case.id)
    if for_applicant:
        return [line(row, None) for row in reversed(rows) if not row.private]
    names = _names({row.actor_id for row in rows if row.actor_id})
    return [line(row, names) for row in reversed(rows)]


def hold(case: Case, version: int | None = None) -> None:
    """Lock the case for this transaction; raises ``ChangedMeanwhile`` if somebody acted on it since it was read.

    ``version`` is what the reader's page showed; without it, what this session read counts. Entries that change
    nothing (somebody looked at a field) disturb nobody.
    """
    known = case.version if version is None else min(version, case.version)
    db.session.flush()
    db.session.refresh(case, with_for_update={"of": Case})
    if case.version != known:
        since = _of(case.id, after=known - 1)
        if any(entry.verb not in QUIET for entry in since):
            names = _names({entry.actor_id for entry in since if entry.actor_id})
            # What names another case is left out: who reads this may not know of it.
            raise ChangedMeanwhile([line(entry, names) for entry in since if "complaint" not in entry.data])


def _of(case_id: UUID, after: int = 0) -> Sequence[TimelineEntry]:
    return db.session.scalars(
        select(TimelineEntry)
        .where(TimelineEntry.case_id == case_id, TimelineEntry.seq > after)
        .order_by(TimelineEntry.seq)
    ).all()


def _names(members: set[UUID]) -> dict[UUID, str]:
    if not members:
        return {}
    rows = db.session.execute(select(Membership.id, Membership.name).where(Membership.id.in_(members)))
    return {row.id: row.name for row in rows}
