"""Counting answers in, once each; and shuffling those of an anonymous round, so that no row tells when it came.

Both hold the round's row against each other; an answer that is being written waits for neither.
"""

import json
import random
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Row, delete, func, insert, literal, select, update

from silah.surveys import anonymous_sealing, counting
from silah.surveys.definition import Definition
from silah.surveys.models import SurveyInvitation, SurveyResponse, SurveyRound
from silah.surveys.rules import fewest_of
from tenants.database import db

BATCH, AT_ONCE, MOST = 2000, 5000, 200_000
"""How many are marked in one statement; counted by whoever closes the round; counted in one piece of work."""
KEPT = ("round_id", "anonymous", "invitation_id", "answered_on", "way", "facts", "answers", "texts")
READ = ("id", *KEPT)
LOT = random.SystemRandom()


def count(found: SurveyRound, most: int = MOST) -> int:
    """Add the answers that came since the last time to the round's aggregates; says how many those were.

    Those of an anonymous round are opened thereby, and written anew.
    """
    hold_round(found)
    definition, counts, done = found.asks, json.loads(json.dumps(found.counted)), 0
    for rows in _batches(_waiting(found, most)):
        for row in rows:
            _add(found, counts, definition, row)
        done += len(rows)
        (_opened if found.anonymous else _marked)(rows)
    if done:
        found.counted = counts
    if found.state == "open" and not found.anonymous:
        found.released = counting.advance_released(found.released, counts, fewest_of(found))
    db.session.flush()
    return done


def shuffle(found: SurveyRound) -> None:
    """Write all answers of an anonymous round anew: in random order, under fresh ids, in one statement.

    Each night while it is open, so that no row tells the day; what PostgreSQL keeps of their writing is then the same.
    """
    hold_round(found)
    columns = SurveyResponse.__table__.c
    which = delete(SurveyResponse).where(SurveyResponse.round_id == found.id)
    gone = which.returning(*(columns[name] for name in KEPT)).cte("gone")
    counted = literal(found.state == "closed")
    rows = select(func.gen_random_uuid(), *(gone.c[name] for name in KEPT), counted).order_by(func.random())
    db.session.execute(insert(SurveyResponse).from_select(["id", *KEPT, "counted"], rows).add_cte(gone))


def finish(found: SurveyRound, most: int = MOST) -> bool:
    """Count what is left of a round that is closed, and then shuffle an anonymous one; whether more is to be done."""
    if count(found, most) == most and unfinished(found):
        return True
    if found.anonymous:
        shuffle(found)
    return False


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


def segment_of(found: SurveyRound, row: Any) -> str:
    """To which part of those who answered this one belongs; "" where the round is told apart by nothing."""
    return str(row.facts.get(found.split, "")) if found.split else ""


def responses(found: SurveyRound) -> int:
    """How many answered: those that are counted, and those that wait to be."""
    return counting.taken_part(found.counted) + waiting(found)


def waiting(found: SurveyRound) -> int:
    """How many answers wait to be counted."""
    mine = (SurveyResponse.round_id == found.id, SurveyResponse.counted.is_(False))
    return db.session.scalar(select(func.count()).select_from(SurveyResponse).where(*mine)) or 0


def used(found: SurveyRound) -> int:
    """How many of those who were invited have answered by their link."""
    mine = (SurveyInvitation.round_id == found.id, SurveyInvitation.answered)
    return db.session.scalar(select(func.count()).select_from(SurveyInvitation).where(*mine)) or 0


def _add(found: SurveyRound, counts: counting.Counts, definition: Definition, row: Any) -> None:
    answers, words = anonymous_sealing.read(row.answers, row.texts)
    counting.add(counts, definition, answers, words, segment_of(found, row))
    if row.way:
        counting.came(counts, row.way)


def _waiting(found: SurveyRound, most: int) -> Iterator[Row[Any]]:
    """What is not counted yet, read once from one snapshot: what is written meanwhile does not slow it down."""
    columns = (getattr(SurveyResponse, name) for name in READ)
    mine = (SurveyResponse.round_id == found.id, SurveyResponse.counted.is_(False))
    return iter(db.session.execute(select(*columns).where(*mine).limit(most).execution_options(yield_per=BATCH)))


def _batches(rows: Iterator[Row[Any]]) -> Iterator[Sequence[Row[Any]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _marked(rows: Sequence[Row[Any]]) -> None:
    mine = SurveyResponse.id.in_([row.id for row in rows])
    db.session.execute(
        update(SurveyResponse).where(mine).values(counted=True).execution_options(synchronize_session=False)
    )


def _opened(rows: Sequence[Row[Any]]) -> None:
    """Put open rows in the place of sealed ones, under ids of their own and in random order."""
    mine = SurveyResponse.id.in_([row.id for row in rows])
    db.session.execute(delete(SurveyResponse).where(mine).execution_options(synchronize_session=False))
    fresh = []
    for row in LOT.sample(rows, len(rows)):
        answers, texts = anonymous_sealing.opened(row.answers, row.texts)
        kept = {name: getattr(row, name) for name in KEPT}
        fresh.append(kept | {"answers": answers, "texts": texts, "counted": True})
    db.session.execute(insert(SurveyResponse), fresh)


def hold_round(found: SurveyRound) -> None:
    """Hold the round for this transaction against other such work, but not against answers that come meanwhile."""
    db.session.flush()
    db.session.refresh(found, with_for_update={"key_share": True})
