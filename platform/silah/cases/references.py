"""References: the kind, the Hijri year and a number of the association, such as R-1448-000123.

Numbers run, but for the kinds that not everybody at the desk may see: theirs are drawn, so that no gap between two
tells whom a complaint is about that there is one.
"""

import re
import secrets
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from silah.cases import kinds
from silah.cases.models import Case, CaseCounter
from silah.language.localization import hijri_year, western
from tenants.database import db

NAMELESS_FROM = 100_000_000
"""Anonymous cases have numbers of nine digits; others do not come so far."""
DRAWN_FROM = 10_000_000
"""Drawn numbers of cases with a name have eight digits; counted ones do not come so far."""

_SHAPE = re.compile(r"([A-Z])(\d{4})(\d{1,9})")


def next_reference(kind: str, on: date) -> str:
    """The next reference of this kind in the Hijri year of the day; its counter stays locked until the commit."""
    year = hijri_year(on)
    row = insert(CaseCounter).values(kind=kind, hijri_year=year, last=1)
    counted = row.on_conflict_do_update(
        index_elements=[CaseCounter.kind, CaseCounter.hijri_year], set_={"last": CaseCounter.last + 1}
    ).returning(CaseCounter.last)
    number = db.session.execute(counted).scalar_one()
    return written(kind, year, number)


def reference_of(kind: str, on: date, *, anonymous: bool) -> str:
    """The reference of a new case: drawn where it has no name or its kind is guarded, else the next one."""
    if anonymous:
        return random_reference(kind, on, NAMELESS_FROM)
    if kinds.every()[kind].guarded_by:
        return random_reference(kind, on, DRAWN_FROM)
    return next_reference(kind, on)


def random_reference(kind: str, on: date, first: int) -> str:
    """A reference that tells nothing of the order in which cases came, nor of how many there are."""
    while True:
        made = written(kind, hijri_year(on), first + secrets.randbelow(9 * first))
        if db.session.scalar(select(Case.id).where(Case.reference == made)) is None:
            return made


def is_nameless(reference: str) -> bool:
    """Whether a reference has the shape of an anonymous case's; told by its length, whether there is one or not."""
    return int(reference.rsplit("-", 1)[1]) >= NAMELESS_FROM


def written(kind: str, year: int, number: int) -> str:
    """A reference as it is shown."""
    return f"{kinds.every()[kind].letter}-{year}-{number:06d}"


def read(typed: str) -> str | None:
    """The reference that somebody typed, in any digits, case and spacing; None if it is not one."""
    plain = re.sub(r"[^0-9A-Z]", "", western(typed).upper())
    found = _SHAPE.fullmatch(plain)
    kind = next((kind for kind in kinds.every().values() if found and kind.letter == found[1]), None)
    return written(kind.key, int(found[2]), int(found[3])) if found and kind else None
