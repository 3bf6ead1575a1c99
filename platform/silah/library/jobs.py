"""The owed work of the library: reminders, once a week as long as they help."""

from typing import Any
from uuid import UUID

from silah import clock
from silah.jobs import handles, owe
from silah.library import reminding, service
from silah.library.models import LibraryTool


@handles(reminding.REMIND)
def remind(key: str, payload: dict[str, Any]) -> None:
    """Remind who has not read a tool that they must read, and come back in a week while that helps."""
    found = service.shelves(None, LibraryTool.id == UUID(key))
    if found:
        reminding.remind(found[0])
        if reminding.may_go_on(found[0]):
            owe(reminding.REMIND, key, clock.now() + reminding.EVERY)
