"""A case as one row of the queue: everything that an officer reads in one glance."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from silah.cases import clocks, kinds
from silah.cases.models import Case
from silah.cases.states import STATE_TONES
from silah.language.bilingual import localized


@dataclass(frozen=True)
class Row:
    """One case in words; ``urgency`` is a tone for the clock: "bad" when overdue, "warn" when it nears.

    ``unread``: something of its applicant stands on it that nobody who answers for it has read.
    """

    href: str
    reference: str
    person: str
    title: str
    state: Any
    tone: str
    clock: str
    urgency: str
    holder: str
    received: Any
    unread: bool


def row(case: Case) -> Row:
    """One case, in the language of the page."""
    return Row(
        href=url_for("desk.case", id=case.id),
        reference=case.reference,
        person=case.beneficiary.name if case.beneficiary else "",
        title=title(case),
        state=kinds.kind_of_case(case).state(case.state),
        tone=STATE_TONES[case.state],
        clock=clocks.describe_clock(case),
        urgency=urgency(case),
        holder=case.holder.name if case.holder else "",
        received=case.received_at,
        unread=case.unread_since is not None,
    )


def of(cases: list[Case]) -> list[Row]:
    """Cases as rows, in their order."""
    return [row(case) for case in cases]


def title(case: Case) -> str:
    """What is asked for, in the language of the page."""
    return localized(case, "title")


def urgency(case: Case) -> str:
    """The tone of the clock: overdue, past the internal target, or neither."""
    if clocks.is_overdue(case):
        return "bad"
    return "warn" if clocks.past_target(case) else ""
