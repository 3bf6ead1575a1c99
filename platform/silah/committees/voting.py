"""What the votes of those present make of a motion: their majority, and on a tie the side of the chair. Pure.

Whoever abstains is present and so counts towards the number of which a majority is needed; whoever is recused
neither votes nor counts. The chair's vote breaks a tie of all who are present: where some abstain, half of the others
is no majority with the chair either, or two against two would decide what three against one cannot.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

FOR, AGAINST, ABSTAIN, RECUSED = "for", "against", "abstain", "recused"
CHOICES = (FOR, AGAINST, ABSTAIN, RECUSED)

Fate = Literal["carried", "fallen"]


@dataclass(frozen=True)
class Result:
    """The count, and what follows from it; ``why`` names what kept the committee from deciding."""

    in_favour: int
    against: int
    abstaining: int
    recused: int
    fate: Fate | None = None
    by_chair: bool = False
    why: Literal["", "nobody_votes", "tie", "no_majority"] = ""

    @property
    def voters(self) -> int:
        """Those present who are not recused."""
        return self.in_favour + self.against + self.abstaining


def count(votes: Mapping[Hashable, str], *, chair: Hashable | None, chair_casts: bool) -> Result:
    """Count the votes of those present; ``chair`` is who presides over the committee, where somebody does."""
    cast = list(votes.values())
    found = Result(cast.count(FOR), cast.count(AGAINST), cast.count(ABSTAIN), cast.count(RECUSED))
    if not found.in_favour and not found.against:
        return replace(found, why="nobody_votes")
    if 2 * found.in_favour > found.voters:
        return replace(found, fate="carried")
    if 2 * found.against > found.voters:
        return replace(found, fate="fallen")
    if 2 * found.in_favour != found.voters or found.in_favour != found.against:
        return replace(found, why="no_majority")
    side = votes.get(chair) if chair is not None and chair_casts else None
    if side == FOR:
        return replace(found, fate="carried", by_chair=True)
    if side == AGAINST:
        return replace(found, fate="fallen", by_chair=True)
    return replace(found, why="tie")
