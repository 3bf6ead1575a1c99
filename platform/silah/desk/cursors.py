"""Where a page of the queue begins: the sort value and id of a row, in one opaque word."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from silah.language.dates import read_iso_day, read_iso_instant
from silah.language.text_cleaning import clean_value
from silah.web.request import CleanJson

NEVER = date(9999, 12, 31)
"""Where a case without a day of reply stands in the order of days."""

READERS: dict[str, Callable[[Any], Any]] = {
    "due": lambda value: NEVER if value == NEVER.isoformat() else read_iso_day(value),
    "received": read_iso_instant,
    "reference": lambda value: clean_value(value) if isinstance(value, str) else None,
}


@dataclass(frozen=True)
class Cursor:
    """The row beside which a page begins; ``backwards`` for the page before it."""

    sort: str
    value: Any
    id: UUID
    backwards: bool = False

    def word(self) -> str:
        """This place as a word fit for an address. It holds nothing that the row's reader does not see."""
        value = self.value if isinstance(self.value, str) else self.value.isoformat()
        text = json.dumps([self.sort, value, str(self.id), int(self.backwards)], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, word: str | None, sort: str) -> "Cursor | None":
        """The place that a word names; None for no word, a damaged one, or one of another order."""
        if not word:
            return None
        try:
            kept, value, row, backwards = CleanJson.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
            id_ = UUID(row) if isinstance(row, str) else None
        except (ValueError, TypeError):  # what is no base64, no JSON, not four parts, or no id
            return None
        place = READERS[sort](value) if kept == sort else None
        return None if place is None or id_ is None else cls(sort, place, id_, bool(backwards))
