"""Which cases a change of the calendar moved, in pages, as far as their reader may see them."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, load_only

from silah.access import Member
from silah.calendars.models import CalendarChange, MovedCase
from silah.cases import visibility
from silah.cases.models import Case
from tenants.database import db

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """A page of moved cases, the numbers of its neighbours, and how many the reader may see in all."""

    rows: list[MovedCase]
    number: int
    seen: int

    @property
    def previous(self) -> int | None:
        """The page before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after."""
        return self.number + 1 if self.number * PAGE_SIZE < self.seen else None


def page(change: CalendarChange, reader: Member, number: int) -> Page:
    """The cases that a change moved, in the order of their references."""
    rows = _rows(change, reader).options(contains_eager(MovedCase.case).load_only(Case.reference))
    shown = rows.order_by(Case.reference).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    seen = select(func.count()).select_from(_rows(change, reader).options(load_only(MovedCase.case_id)).subquery())
    return Page(list(db.session.scalars(shown)), number, db.session.scalar(seen) or 0)


def _rows(change: CalendarChange, reader: Member) -> Select[MovedCase]:
    own = MovedCase.change_id == change.id
    return select(MovedCase).join(MovedCase.case).where(own, visibility.visible(reader))
