"""How many must attend for a committee to decide, as the policy configures it. Pure: numbers in, numbers out.

A committee whose policy sets no quorum meets only with all its members: the strictest reading harms nobody.
Who steps aside from a case counts for it neither among the members nor among those attending: "all" and a share are
of those who remain, a number stays that number.
"""

import math
from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal

from tenants.policy_parts import Committee

PRESENT, ABSENT, LEFT, REPRESENTED = "present", "absent", "left", "represented"


@dataclass(frozen=True)
class Attendance:
    """How one member takes part; ``holder`` is who holds the proxy of one who is represented."""

    state: str = ABSENT
    holder: Hashable | None = None


@dataclass(frozen=True)
class Quorum:
    """How many attend, of how many members, and how many it takes."""

    attending: int
    members: int
    needed: int
    aside: int = 0

    @property
    def reached(self) -> bool:
        """Whether the committee may decide."""
        return self.members > 0 and self.attending >= self.needed

    @property
    def impossible(self) -> bool:
        """Whether even all members together would not be enough."""
        return self.needed > self.members


def needed(rule: Committee, members: int) -> int:
    """The members who must attend, of so many; at least one."""
    if rule.quorum == "number" and rule.quorum_value is not None:
        return max(1, math.ceil(rule.quorum_value))
    if rule.quorum == "share" and rule.quorum_value is not None:
        share = min(Decimal(str(rule.quorum_value)), Decimal(1))
        return max(1, math.ceil(share * members))
    return max(1, members)


def taking_part(
    attendance: Mapping[Hashable, Attendance], members: Set[Hashable], rule: Committee
) -> frozenset[Hashable]:
    """Those of the members who count: present in person, or by proxy where the rule allows it.

    A proxy counts while its holder is present in person; whoever left or no longer sits does not count.
    """
    present = {one for one, how in attendance.items() if one in members and how.state == PRESENT}
    if not rule.proxies:
        return frozenset(present)
    by_proxy = {
        one
        for one, how in attendance.items()
        if one in members and how.state == REPRESENTED and how.holder in present and how.holder != one
    }
    return frozenset(present | by_proxy)


def reckon(
    attendance: Mapping[Hashable, Attendance],
    members: Set[Hashable],
    rule: Committee,
    aside: Set[Hashable] = frozenset(),
) -> Quorum:
    """The quorum as things stand; on one case, of those who do not step aside from it."""
    left = members - aside
    return Quorum(len(taking_part(attendance, left, rule)), len(left), needed(rule, len(left)), len(members & aside))
