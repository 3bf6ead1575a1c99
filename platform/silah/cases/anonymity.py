"""What an anonymous person does leaves the day and nothing finer: no hour, no address, no telling message.

What staff do to the case leaves the day alone, too: an hour of theirs would tell when they were answered.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from random import SystemRandom
from typing import Any

from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from silah import clock
from silah.cases.models import Case, CaseDocument, CaseMessage, CaseReader, Referral
from silah.documents.models import StoredFile
from silah.jobs.coarse_time import coarse_time
from tenants.database import db

INSTANTS: dict[type, tuple[str, ...]] = {
    Case: ("received_at", "replied_at", "closed_at", "unread_since"),
    CaseDocument: ("added_at",),
    CaseMessage: ("written_at", "seen_at"),
    CaseReader: ("named_at",),
    Referral: ("asked_at", "ended_at"),
}
"""The times on a case, of which the day is kept where it is anonymous."""
BY_THEMSELVES = frozenset({"received_at", "added_at", "written_at", "named_at", "asked_at"})
"""Those that are the present instant unless something else is said."""
ORDINALS = timedelta(milliseconds=1)
"""So close to a day's beginning an instant only says which of several things came first."""


@contextmanager
def veiled(case: Case | None = None) -> Iterator[None]:
    """Within the block the time is the start of the day, nothing has an origin, and messages wait for the morning.

    For a case that is not anonymous it changes nothing; without a case (a complaint about to be made) it does.
    """
    if case is not None and not case.anonymous:
        yield
        return
    with coarse_time():
        yield


def nth(place: int) -> datetime:
    """The present day, for the one of several things that has this place among them."""
    return clock.day_start() + timedelta(microseconds=min(place, 999))


def day_alone(instant: datetime) -> datetime:
    """The first instant of the day on which this one fell."""
    return datetime.combine(clock.day_of(instant), time(), clock.RIYADH)


def shuffle_files(since: datetime) -> int:
    """Write the rows of anonymous uploads anew in random order; return how many there were.

    Where a row lies among others, and which transaction wrote it, would tell the hour at which it came. Anonymous are
    the files whose time is exactly the start of a day, as ``veiled()`` leaves it.
    """
    rows = select(StoredFile.id, StoredFile.created_at).where(StoredFile.created_at >= since)
    files = [file_id for file_id, at in db.session.execute(rows) if at == day_alone(at)]
    SystemRandom().shuffle(files)
    for file_id in files:
        for table, column in ((StoredFile, StoredFile.id), (CaseDocument, CaseDocument.file_id)):
            db.session.execute(update(table).where(column == file_id).values(purpose=table.purpose))
    return len(files)


@event.listens_for(db.session, "before_flush")
def _coarse(session: Session, context: Any, instances: Any) -> None:
    """Keep of every time on an anonymous case its day, whoever wrote it."""
    with session.no_autoflush:
        for part in [*session.new, *session.dirty]:
            for name in INSTANTS.get(type(part), ()):
                _keep_day(session, part, name)


def _keep_day(session: Session, part: Any, name: str) -> None:
    instant = getattr(part, name) or (clock.now() if name in BY_THEMSELVES else None)
    case = part if isinstance(part, Case) else part.case_id and session.get(Case, part.case_id)
    if instant is None or not case or not case.anonymous:
        return
    if instant - day_alone(instant) > ORDINALS:
        setattr(part, name, day_alone(instant))
