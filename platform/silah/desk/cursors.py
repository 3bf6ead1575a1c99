"""Where a page of the queue begins: the sort value and id of a row, in one opaque word."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

READERS: dict[str, Any] = {
    "due": date.fromisoformat,
    "received": datetime.fromisoformat,
    "reference": str,
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
            text = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
            kept, value, row, backwards = json.loads(text)
            if kept != sort:
                return None
            place = READERS[sort](value)
            aware = not isinstance(place, datetime) or place.tzinfo is not None
            return cls(sort, place, UUID(row), bool(backwards)) if aware else None
        except (ValueError, TypeError, AttributeError, KeyError, binascii.Error):
            return None
