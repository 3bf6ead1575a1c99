"""Counting answers in, once each; and shuffling those of an anonymous round, so that no row tells when it came.

Both hold the round's row: an answer that is being written waits the moment that a batch takes.
"""

import json

from sqlalchemy import delete, func, insert, literal, select, true, update

from silah.surveys import counting
from silah.surveys.definition import Definition
from silah.surveys.models import SurveyInvitation, SurveyResponse, SurveyRound
from tenants.database import db

BATCH, ADDED_AT_ONCE = 2000, 5000
KEPT = ("round_id", "anonymous", "invitation_id", "answered_on", "way", "facts", "answers", "texts")


def count(found: SurveyRound) -> int:
    """Add the answers that came since the last time to the round's aggregates; says how many those were."""
    db.session.flush()
    db.session.refresh(found, with_for_update=True)
    definition, counts, done = found.asks, json.loads(json.dumps(found.counted)), 0
    while rows := _some(found):
        for row in rows:
            _add(found, counts, definition, row)
        done += len(rows)
        ids = [row.id for row in rows]
        if found.anonymous:
            _again(found, SurveyResponse.id.in_(ids), counted=True)
        else:
            db.session.execute(
                update(SurveyResponse)
                .where(SurveyResponse.id.in_(ids))
                .values(counted=True)
                .execution_options(synchronize_session=False)
            )
    if done:
        found.counted = counts
    return done


def shuffle(found: SurveyRound) -> None:
    """Write all answers of an anonymous round anew: in random order, under fresh ids, in one transaction.

    Each night while it is open, so that no aggregate and no row grows by one day's few answers; counted at its end.
    """
    db.session.flush()
    db.session.refresh(found, with_for_update=True)
    _again(found, true(), counted=found.state == "closed")


def finish(found: SurveyRound) -> None:
    """Count all of a round that is closed, and shuffle an anonymous one for the last time."""
    count(found)
    if found.anonymous:
        shuffle(found)


def unfinished(found: SurveyRound) -> bool:
    """Whether answers still wait to be counted."""
    mine = (SurveyResponse.round_id == found.id, SurveyResponse.counted.is_(False))
    return db.session.scalar(select(SurveyResponse.id).where(*mine).limit(1)) is not None


def in_full(found: SurveyRound) -> counting.Counts:
    """The aggregates as a full count gives them; what ``found.counted`` holds must be the same."""
    definition = found.asks
    counts: counting.Counts = {}
    for row in db.session.scalars(select(SurveyResponse).where(SurveyResponse.round_id == found.id)):
        _add(found, counts, definition, row)
    return counts


def as_of_now(found: SurveyRound) -> counting.Counts:
    """The aggregates with what came since they were written last; where that is much, it is counted within the hour."""
    mine = (SurveyResponse.round_id == found.id, SurveyResponse.counted.is_(False))
    rows = list(db.session.scalars(select(SurveyResponse).where(*mine).limit(ADDED_AT_ONCE + 1)))
    if len(rows) > ADDED_AT_ONCE:
        return dict(found.counted)
    definition = found.asks
    counts: counting.Counts = json.loads(json.dumps(found.counted))
    for row in rows:
        _add(found, counts, definition, row)
    return counts


def segment_of(found: SurveyRound, row: SurveyResponse) -> str:
    """To which part of those who answered this one belongs; "" where the round is told apart by nothing."""
    return str(row.facts.get(found.split, "")) if found.split else ""


def responses(found: SurveyRound) -> int:
    """How many answered."""
    mine = SurveyResponse.round_id == found.id
    return db.session.scalar(select(func.count()).select_from(SurveyResponse).where(mine)) or 0


def _add(found: SurveyRound, counts: counting.Counts, definition: Definition, row: SurveyResponse) -> None:
    counting.add(counts, definition, row.answers, json.loads(row.texts), segment_of(found, row))
    if row.way:
        counting.came(counts, row.way)


def _some(found: SurveyRound) -> list[SurveyResponse]:
    waiting = (SurveyResponse.round_id == found.id, SurveyResponse.counted.is_(False))
    rows = list(db.session.scalars(select(SurveyResponse).where(*waiting).limit(BATCH)))
    for row in rows:
        db.session.expunge(row)
    return rows


def _again(found: SurveyRound, which: object, *, counted: bool) -> None:
    """Take rows out and put them back in one statement: what PostgreSQL keeps of their writing is then the same."""
    columns = SurveyResponse.__table__.c
    gone = (
        delete(SurveyResponse)
        .where(SurveyResponse.round_id == found.id, which)  # type: ignore[arg-type]  # a condition or true
        .returning(*(columns[name] for name in KEPT))
        .cte("gone")
    )
    rows = select(func.gen_random_uuid(), *(gone.c[name] for name in KEPT), literal(counted)).order_by(func.random())
    db.session.execute(insert(SurveyResponse).from_select(["id", *KEPT, "counted"], rows).add_cte(gone))


def used(found: SurveyRound) -> int:
    """How many of those who were invited have answered by their link."""
    mine = (SurveyInvitation.round_id == found.id, SurveyInvitation.answered)
    return db.session.scalar(select(func.count()).select_from(SurveyInvitation).where(*mine)) or 0
