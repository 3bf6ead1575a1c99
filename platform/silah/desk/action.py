"""One thing that can be done to a case from its page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from silah.access import Member, Permission
from silah.cases.models import Case
from silah.desk import move_forms as forms

Do = Callable[[Case, Any, Member], Any]
Build = Callable[[Case, Member], forms.MoveForm]


@dataclass(frozen=True)
class Action:
    """One deed: its form, what it does, what it is called, what is said before and after, and how grave it is.

    ``need`` raises Forbidden, or NotLegal with the reason, where the deed is a move that is not possible now; a deed
    that leaves the state has ``when`` instead. ``said`` may be a function of the case.
    """

    key: str
    build: Build
    do: Do
    said: Any
    lead: Any = ""
    label: Any = ""
    kind: str = "primary"
    permission: Permission | None = None
    when: Callable[[Case, Member], bool] = lambda case, member: True
    need: Callable[[Case, Member], Any] | None = None
    previews: bool = False
    """Whether its page shows the reply that it sends, as the applicant will get it."""

    def open_to(self, member: Member) -> bool:
        """Whether the member holds the permission that it takes."""
        return self.permission is None or member.may(self.permission)


def plain(form: type[forms.MoveForm]) -> Build:
    """A form that is the same for every case."""
    return lambda case, member: form()
