"""One thing that can be done to a case from its page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from silah.access import Member, Permission
from silah.cases.models import Case
from silah.desk import move_forms as forms
from silah.intake import moves

Do = Callable[[Case, Any, Member], Any]
Build = Callable[[Case, Member], forms.MoveForm]


@dataclass(frozen=True)
class Action:
    """One deed: its form, what it does, what it is called, what is said before and after, and how grave it is."""

    key: str
    build: Build
    do: Do
    said: Any
    lead: Any = ""
    label: Any = ""
    kind: str = "primary"
    permission: Permission | None = None
    when: Callable[[Case, Member], bool] = lambda case, member: True

    @property
    def move(self) -> moves.Move | None:
        """The move between states that this is; None for a deed that leaves the state."""
        return moves.BY_KEY.get(self.key)

    @property
    def words(self) -> Any:
        """What the button says."""
        return self.move.label if self.move else self.label


def plain(form: type[forms.MoveForm]) -> Build:
    """A form that is the same for every case."""
    return lambda case, member: form()
