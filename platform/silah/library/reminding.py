"""Reminding those who must read a tool and have not: some days after a version is there, then weekly, a few times.

Within the same limits an administrator does it by hand. A new version begins anew.
"""

from datetime import datetime, timedelta
from typing import Any

from silah import clock, jobs
from silah.documents.addresses import association_address
from silah.language.bilingual import localized
from silah.library import service
from silah.library.models import LibraryTool
from silah.library.service import Shelf
from silah.notifications.service import Recipient, send
from silah.organisation.models import Membership
from tenants.context import current_tenant

REMIND = "library.remind"
FIRST, EVERY = timedelta(days=3), timedelta(days=7)
MOST, PAUSE = 4, timedelta(days=3)
"""How often the readers of one version are reminded at most, and how long they are left alone in between."""


def plan(tool: LibraryTool) -> None:
    """Owe the first reminder of what must be read, some days from now."""
    if tool.readers and not tool.withdrawn:
        jobs.owe(REMIND, str(tool.id), clock.now() + FIRST)


def remind(one: Shelf) -> int:
    """A letter to each who must read the newest version and has not, unless it is too soon; says how many got one."""
    owing, told = unread(one), _told(one)
    if not owing or told["times"] >= MOST or _is_fresh(told):
        return 0
    for member in owing:
        _write(one.tool, member)
    one.tool.reminded = {**told, "times": told["times"] + 1, "at": clock.now().isoformat()}
    return len(owing)


def unread(one: Shelf) -> list[Membership]:
    """Who must read the newest version and has not; nobody of a tool that is in use no longer."""
    if one.version is None or one.tool.withdrawn:
        return []
    return [member for member, read_at in service.coverage(one) if read_at is None]


def may_go_on(one: Shelf) -> bool:
    """Whether somebody has still to read it who may be reminded again."""
    return bool(unread(one)) and _told(one)["times"] < MOST


def _told(one: Shelf) -> dict[str, Any]:
    """How often the readers of the newest version were reminded, and when last."""
    version = str(one.version.id) if one.version else ""
    kept = one.tool.reminded
    return kept if kept.get("version") == version else {"version": version, "times": 0, "at": None}


def _is_fresh(told: dict[str, Any]) -> bool:
    return told["at"] is not None and datetime.fromisoformat(told["at"]) > clock.now() - PAUSE


def _write(tool: LibraryTool, member: Membership) -> None:
    locale = member.locale or current_tenant().locale
    title = localized(tool, "name", locale)
    said = {"title": title, "link": association_address(f"/desk/library/{tool.id}")}
    send("to_read", Recipient.of_member(member), locale, said)
