"""Which cases a change of the calendar moved, in pages, as far as their reader may see them."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, load_only

from silah.calendars.models import CalendarChange, MovedCase
from silah.cases import visibility
from silah.cases.models import Case
from silah.web.access import Member
from tenants.database import db

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """A page of moved cases, the numbers of its neighbours, how many the reader may see, and how many there are."""

    rows: list[MovedCase]
    number: int
    seen: int
    counted: int

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
    rows = _rows(change, visibility.visible(reader)).options(contains_eager(MovedCase.case).load_only(Case.reference))
    shown = rows.order_by(Case.reference).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    listed = list(db.session.scalars(shown))
    return Page(
        listed, number, _count(change, visibility.visible(reader)), _count(change, visibility.countable(reader))
    )


def _rows(change: CalendarChange, open_to: ColumnElement[bool]) -> Select[MovedCase]:
    return select(MovedCase).join(MovedCase.case).where(MovedCase.change_id == change.id, open_to)


def _count(change: CalendarChange, open_to: ColumnElement[bool]) -> int:
    rows = _rows(change, open_to).options(load_only(MovedCase.case_id)).subquery()
    return db.session.scalar(select(func.count()).select_from(rows)) or 0
