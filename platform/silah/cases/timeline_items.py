"""One entry of a timeline as a reader sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from silah.cases import deadline_changes
from silah.cases.event_labels import TONES, VERB_WORDS
from silah.cases.models import TimelineEntry


@dataclass(frozen=True)
class Line:
    """Title, instant, actor, text and tone; ``who`` is empty where the reader is not told."""

    seq: int
    verb: str
    title: Any
    when: datetime
    who: Any = ""
    body: str = ""
    tone: str = "neutral"
    private: bool = False
    data: dict[str, Any] = field(default_factory=dict)
    origin: str = ""


def line(entry: TimelineEntry, names: Mapping[UUID, str] | None) -> Line:
    """The entry in words; ``names`` is None for the applicant, who sees no names of staff and no notes."""
    staff = names is not None
    return Line(
        seq=entry.seq,
        verb=entry.verb,
        title=VERB_WORDS.get(entry.verb, entry.verb),
        when=entry.at,
        who=_who(entry, names) if names is not None else "",
        body=_body(entry, staff),
        tone=TONES.get(entry.verb, "info"),
        private=entry.private,
        data=entry.data if staff else {},
        origin=(entry.origin or "") if staff else "",
    )


def _body(entry: TimelineEntry, staff: bool) -> str:
    if entry.verb in ("dates_moved", "referral_moved"):
        return deadline_changes.describe_change(entry.data, for_applicant=not staff)
    return (entry.note or "") if staff else ""


def _who(entry: TimelineEntry, names: Mapping[UUID, str]) -> Any:
    if entry.actor_id is None:
        return _l("The applicant") if entry.verb in BY_APPLICANT else _l("The system")
    return names.get(entry.actor_id, "")


BY_APPLICANT = frozenset(
    {
        "received",
        "provided",
        "answers_changed",
        "attested",
        "confirmed",
        "withdrawn",
        "message_in",
        "complainant_answered",
        "rated",
        "objected",
        "offer_by_beneficiary",
        "offer_accepted",
        "offer_refused",
    }
)
