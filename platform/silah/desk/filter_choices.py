"""What the queue may be narrowed by, as the choices of one small form, and what is chosen, as links that undo it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from silah import clock
from silah.cases import kinds
from silah.cases.states import STATE_WORDS
from silah.desk import queue_filters
from silah.desk.filters import PAST, Filters
from silah.language.bilingual import localized
from silah.language.localization import locale
from silah.organisation.models import BranchOffice
from tenants import versions
from tenants.database import db

LABELS: dict[str, Any] = {
    "kind": _l("Kind of case"),
    "state": _l("State"),
    "channel": _l("Channel"),
    "branch": _l("Branch office"),
}

ORDERS: dict[str, Any] = {
    "due": _l("Most urgent first"),
    "-due": _l("Least urgent first"),
    "received": _l("Oldest first"),
    "-received": _l("Newest first"),
    "reference": _l("By reference"),
}


@dataclass(frozen=True)
class Narrowing:
    """One choice: its name in the address, label, options as (value, words), and the chosen value."""

    name: str
    label: Any
    options: list[tuple[str, Any]]
    chosen: str


def narrowing(filters: Filters) -> list[Narrowing]:
    """The choices, without those of which an association has only one."""
    offered: list[tuple[str, Any, Iterable[tuple[str, Any]]]] = [
        ("kind", LABELS["kind"], ((kind.key, kind.name) for kind in kinds.every().values())),
        ("state", LABELS["state"], ((str(state), words) for state, words in STATE_WORDS.items())),
        *((one.name, one.label, one.list_choices()) for one in queue_filters.list_registered()),
        ("channel", LABELS["channel"], channels()),
        ("branch", LABELS["branch"], branches()),
    ]
    found = []
    for name, label, options in offered:
        listed, chosen = list(options), filters.get_value(name)
        if len(listed) > 1 or chosen:
            found.append(Narrowing(name, label, listed, chosen))
    return found


def channels() -> list[tuple[str, Any]]:
    """The channels by which cases arrive, of the policy in force."""
    policy = versions.in_force(clock.today()).policy
    return [(channel.key, channel.name.for_locale(locale())) for channel in policy.inbound_channels]


def branches() -> list[tuple[str, Any]]:
    """The branch offices."""
    rows = db.session.scalars(select(BranchOffice).order_by(BranchOffice.position, BranchOffice.name_ar))
    return [(str(one.id), localized(one, "name")) for one in rows]


def sorting(filters: Filters) -> list[dict[str, Any]]:
    """The orders that the queue offers; the clock's only where a clock runs."""
    return [
        {
            "value": value,
            "label": label,
            "current": value == f"{'-' if filters.descending else ''}{filters.sort}",
        }
        for value, label in ORDERS.items()
        if not (filters.view in PAST and value.endswith("due"))
    ]


def address(filters: Filters, **more: str | None) -> str:
    """The queue's address with these filters."""
    query = filters.query(**more)
    return url_for("desk.queue") + (f"?{query}" if query else "")
