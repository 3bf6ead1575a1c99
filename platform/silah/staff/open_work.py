"""What a member has open, asked of the part of the platform in which staff work."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from silah.organisation.models import Membership
from silah.web.access import Member


class OpenWork(Protocol):
    """The open work of one member; false where there is none."""

    def __bool__(self) -> bool: ...

    @property
    def address(self) -> str:
        """The page on which it is handed over."""
        ...

    def describe(self, reader: Member) -> Sequence[tuple[Any, str]]:
        """Return how much of each kind there is, in words, as far as its reader may know."""
        ...


_found_by: list[Callable[[Membership], OpenWork]] = []


def register(find: Callable[[Membership], OpenWork]) -> None:
    """Ask this function what a member has open."""
    _found_by[:] = [find]


def find_open_work(member: Membership) -> OpenWork | None:
    """Return what a member has open, or None where nobody works with anything."""
    return next((find(member) for find in _found_by), None)
