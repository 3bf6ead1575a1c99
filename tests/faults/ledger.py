"""What was promised beside what was kept: which acknowledged cases are lost, which forms and mails came twice."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass
class Form:
    """A form that somebody sent, known by the address that was typed on it and by its idempotency key.

    ``reference`` is what the visitor was shown in the end: with it the case is acknowledged. ``refusal`` is an answer
    that no visitor may get while the form is fine.
    """

    address: str
    key: str = ""
    presses: int = 0
    reference: str | None = None
    refusal: str | None = None


@dataclass(frozen=True)
class KeptCase:
    """A case as the database has it: to whom it is answered, and the messages that say that it was received."""

    reference: str
    address: str
    receipts: tuple[str, ...]


@dataclass(frozen=True)
class Delivery:
    """A mail that a server took: its Message-ID, and to whom."""

    message_id: str
    address: str


@dataclass
class Findings:
    """What is wrong: references lost, forms recorded twice, receipts missing or doubled, forms refused.

    ``repeats`` are mails that were delivered again under the same Message-ID. Delivery is at least once: a worker that
    is killed after the server took a mail, and before that was written down, sends it again. So each kill of a worker
    allows one, and only what is beyond is wrong.
    """

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unmailed: list[str] = field(default_factory=list)
    mailed_apart: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    repeats: dict[str, int] = field(default_factory=dict)
    allowed_repeats: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, and nothing came twice beyond what at least once allows."""
        wrong = (self.lost, self.doubled, self.unmailed, self.mailed_apart, self.refused)
        return not any(wrong) and self.count_repeats() <= self.allowed_repeats

    def count_repeats(self) -> int:
        """Count the deliveries beyond the first of each mail."""
        return sum(self.repeats.values())

    def list_lines(self) -> list[str]:
        """List what was found, a line for each question, with what is wrong by name."""
        asked = {
            "acknowledged and lost": self.lost,
            "recorded twice": self.doubled,
            "acknowledged without its mail": self.unmailed,
            "told twice by mails of their own": self.mailed_apart,
            "refused though it was fine": self.refused,
        }
        lines = [
            ": ".join([words, str(len(found)), *([", ".join(found)] if found else [])])
            for words, found in asked.items()
        ]
        repeats = f"mails delivered again under one Message-ID: {self.count_repeats()}"
        return [*lines, f"{repeats} (kills allow {self.allowed_repeats})"]


def judge(
    forms: Sequence[Form], cases: Iterable[KeptCase], deliveries: Sequence[Delivery], *, worker_kills: int
) -> Findings:
    """Compare what visitors were told with what the database and the mail server have."""
    by_address: dict[str, list[KeptCase]] = {}
    for case in cases:
        by_address.setdefault(case.address, []).append(case)
    references = Counter(one.reference for found in by_address.values() for one in found)
    delivered = Counter(deliveries)
    findings = Findings(allowed_repeats=worker_kills)
    for form in forms:
        found = by_address.get(form.address, [])
        if form.refusal is not None:
            findings.refused.append(f"{form.address} ({form.refusal})")
        if len(found) > 1:
            findings.doubled.append(f"{form.address} ({', '.join(one.reference for one in found)})")
        if form.reference is None:
            continue
        mine = [one for one in found if one.reference == form.reference]
        if len(mine) != 1 or references[form.reference] != 1:
            findings.lost.append(form.reference)
            continue
        sent = [one for one in mine[0].receipts if delivered[Delivery(one, form.address)]]
        if not sent:
            findings.unmailed.append(form.reference)
        if len(mine[0].receipts) > 1:
            findings.mailed_apart.append(form.reference)
    by_id = Counter(one.message_id for one in deliveries)
    findings.repeats = {message_id: count - 1 for message_id, count in by_id.items() if count > 1}
    return findings
