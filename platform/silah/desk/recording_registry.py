"""How cases that came by another way than the portal are recorded: each feature registers the forms of its kinds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from silah.cases.person import PersonForm
from silah.cases.receipts import ReceivedCase
from silah.desk.recording_forms import CameForm
from silah.errors import Forbidden, NotFound
from silah.web.access import Member, Permission


@dataclass(frozen=True)
class RecordingPage:
    """One form at the desk: whoever holds one of the permissions records by it what somebody else said.

    ``key`` stands in the address. ``form`` makes the form of what was said; one with a field ``how`` that holds
    "anonymous" is sent without the person. ``receive`` makes the case, and may raise Invalid with the fields that are
    wrong. ``beside`` is the key of a form that is offered on this page as well.
    """

    key: str
    title: Any
    permissions: tuple[Permission, ...]
    form: Callable[[], CameForm]
    receive: Callable[[Any, PersonForm, Member], ReceivedCase]
    is_offered: Callable[[], bool] = lambda: True
    beside: str = ""


_registered: dict[str, RecordingPage] = {}


def register(*pages: RecordingPage) -> None:
    """Make forms known; one of the same key replaces an earlier one."""
    _registered.update({page.key: page for page in pages})


def get(key: str, member: Member) -> RecordingPage:
    """Return the form of this key; raises NotFound where the association has none, Forbidden to others."""
    page = _registered.get(key)
    if page is None:
        raise NotFound
    if not member.may(*page.permissions):
        raise Forbidden
    if not page.is_offered():
        raise NotFound
    return page


def find_beside(page: RecordingPage) -> RecordingPage | None:
    """Return the form that is offered on this page as well, where the association has it."""
    other = _registered.get(page.beside)
    return other if other is not None and other.is_offered() else None
