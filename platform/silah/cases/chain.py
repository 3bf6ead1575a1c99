"""The hash of one entry of a timeline, and the check of a whole chain; pure."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID


class Link(Protocol):
    """What is hashed of an entry, and what it claims; ``note`` and ``origin`` are left out, being personal."""

    case_id: Any
    seq: Any
    at: Any
    verb: Any
    actor_id: Any
    data: Any
    private: Any
    before: Any
    hash: Any


def canonical(value: Any) -> bytes:
    """The one way of writing a value as JSON, so that equal values have equal hashes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def link(
    *,
    case_id: UUID,
    seq: int,
    at: datetime,
    verb: str,
    actor_id: UUID | None,
    data: dict[str, Any],
    private: bool,
    before: str,
) -> str:
    """The hash that ties an entry to the one before it."""
    text = canonical(
        {
            "case": str(case_id),
            "seq": seq,
            "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "verb": verb,
            "actor": str(actor_id) if actor_id else None,
            "data": data,
            "private": private,
            "before": before,
        }
    )
    return hashlib.sha256(text).hexdigest()


def faults(entries: Iterable[Link], head_seq: int, head_hash: str) -> list[str]:
    """What is wrong with a chain, in plain words; empty for an intact one."""
    found: list[str] = []
    seq, before = 0, ""
    for entry in entries:
        if entry.seq != seq + 1:
            found.append(f"entry {seq + 1} is missing")
        elif entry.before != before:
            found.append(f"entry {entry.seq} does not follow the one before it")
        if entry.hash != _again(entry):
            found.append(f"entry {entry.seq} was altered")
        seq, before = entry.seq, entry.hash
    if seq < head_seq:
        found.append(f"the last {head_seq - seq} entries are missing")
    elif seq > head_seq or before != head_hash:
        found.append("the head kept with the case is not the end of the chain")
    return found


def _again(entry: Link) -> str:
    return link(
        case_id=entry.case_id,
        seq=entry.seq,
        at=entry.at,
        verb=entry.verb,
        actor_id=entry.actor_id,
        data=entry.data,
        private=entry.private,
        before=entry.before,
    )
