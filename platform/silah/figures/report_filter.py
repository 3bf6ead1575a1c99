"""What is looked at: a span of days, and what narrows it, as it stands in a link."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_

from silah import clock
from silah.cases import kinds, visibility
from silah.cases.models import Case
from silah.language.numbers import BadAnswer
from silah.language.typed_days import read_day
from silah.web.access import Member

SPANS = {"month": 30, "quarter": 91, "year": 365}
USUAL = "quarter"


@dataclass(frozen=True)
class Sight:
    """Cases received from ``since`` to ``until``, both included, of one kind, channel or branch office, or of all.

    ``mine``: only those that the reader holds.
    """

    since: date
    until: date
    span: str = USUAL
    kind: str | None = None
    channel: str | None = None
    branch: UUID | None = None
    mine: bool = False

    @classmethod
    def read(cls, args: Mapping[str, str]) -> "Sight":
        """The sight of an address; what cannot be understood is left out."""
        today = clock.today()
        span = args.get("span", USUAL) if args.get("span") in {*SPANS, "own"} else USUAL
        since, until = today - timedelta(days=SPANS.get(span, SPANS[USUAL]) - 1), today
        if span == "own":
            since, until = _day(args.get("since"), since), _day(args.get("until"), until)
            since, until = min(since, until), max(since, until)
        kind = args.get("kind") if args.get("kind") in kinds.every() else None
        mine = args.get("mine") == "yes"
        return cls(since, until, span, kind, _word(args.get("channel")), _uuid(args.get("branch")), mine)

    def query(self, **changes: str | None) -> dict[str, str]:
        """The same sight as the query of an address."""
        known = {"span": self.span, "kind": self.kind, "channel": self.channel, "branch": self.branch}
        known |= {"mine": "yes"} if self.mine else {}
        if self.span == "own":
            known |= {"since": self.since.isoformat(), "until": self.until.isoformat()}
        return {name: str(value) for name, value in (known | changes).items() if value}

    def condition(self, member: Member | None) -> ColumnElement[bool]:
        """The cases looked at: those that the member may see; without one all, for the public."""
        parts: list[Any] = [Case.received_at >= _start(self.since), Case.received_at < _start(self.until, 1)]
        if member is not None:
            parts.append(visibility.visible(member))
        if member is not None and self.mine:
            parts.append(Case.holder_id == member.id)
        narrowing = ((Case.kind, self.kind), (Case.channel, self.channel), (Case.branch_id, self.branch))
        return and_(*parts, *(column == wanted for column, wanted in narrowing if wanted is not None))


def _start(day: date, later: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=later), time(), clock.RIYADH)


def _day(text: str | None, otherwise: date) -> date:
    try:
        return read_day(text or "")
    except BadAnswer:
        return otherwise


def _word(text: str | None) -> str | None:
    return text if text and text.replace("_", "").replace("-", "").isalnum() and len(text) <= 40 else None


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
