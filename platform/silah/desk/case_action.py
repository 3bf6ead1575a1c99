"""One thing that can be done to a case from its page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from silah.cases.models import Case
from silah.desk import action_forms as forms
from silah.web.access import Member, Permission

Do = Callable[[Case, Any, Member], Any]
Build = Callable[[Case, Member], forms.MoveForm]
Preview = Callable[[Case, Any, Member], Any]
"""Gives the message that the deed would send, as ``silah.desk.letter_preview`` has it; None where it sends none."""


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
    preview: Preview | None = None
    """What its page shows of the message that it sends, as the applicant will get it."""
    drafts: bool = False
    """Whether that message is made of what is typed on the page, which is so looked at before it is sent."""

    def open_to(self, member: Member) -> bool:
        """Whether the member holds the permission that it takes."""
        return self.permission is None or member.may(self.permission)


def plain(form: type[forms.MoveForm]) -> Build:
    """A form that is the same for every case."""
    return lambda case, member: form()
