"""What waits for a member, by what their roles let them do: the piles of their first page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from silah.cases import kinds
from silah.cases.states import STATE_WORDS, State
from silah.desk import filter_choices, queue, queue_rows
from silah.desk.filters import VIEW_WORDS, Filters
from silah.web.access import Member, Permission

FEW = 8
P = Permission


@dataclass(frozen=True)
class Pile:
    """One pile: the view, kind or state it holds, and who has work with it; no permission means everybody."""

    view: str = "open"
    state: State | None = None
    permissions: tuple[Permission, ...] = ()
    kind: str = ""

    @property
    def label(self) -> Any:
        """What the pile is called."""
        if self.kind and self.state:
            return f"{kinds.every()[self.kind].name}: {kinds.every()[self.kind].state(self.state)}"
        return STATE_WORDS[self.state] if self.state else VIEW_WORDS[self.view]

    @property
    def filters(self) -> Filters:
        """The pile as the queue knows it."""
        return Filters.read({"view": self.view, "state": self.state or "", "kind": self.kind})


_registered: dict[int, Pile] = {
    10: Pile("unread"),
    20: Pile("overdue"),
    30: Pile("referred"),
    110: Pile("mine"),
    120: Pile("waiting", permissions=(P.CHECK_COMPLETENESS, P.MESSAGE_APPLICANTS)),
}
"""The piles by their place; those of every kind of case, to which features add theirs."""


def register(piles: Mapping[int, Pile]) -> None:
    """Add piles at their places, the most urgent first."""
    _registered.update(piles)


def of(member: Member) -> list[dict[str, Any]]:
    """The piles that hold something for this member, most urgent first, the first few cases of each."""
    found = []
    for number, pile in sorted(_registered.items()):
        if pile.permissions and not member.may(*pile.permissions):
            continue
        page = queue.page(pile.filters, member, size=FEW)
        if page.cases:
            href = filter_choices.address(pile.filters) if page.next else None
            found.append({"id": f"pile-{number}", "label": pile.label, "rows": queue_rows.of(page.cases), "all": href})
    return found
