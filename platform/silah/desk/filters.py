"""What the queue is asked for, as it stands in a link that colleagues can share."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, cast
from urllib.parse import urlencode
from uuid import UUID

from flask_babel import lazy_gettext as _l

from silah.cases.states import State
from silah.desk import queue_filters

View = Literal["open", "mine", "referred", "unread", "waiting", "week", "overdue", "unassigned", "ended", "all"]
Sort = Literal["due", "received", "reference"]

VIEWS: tuple[View, ...] = (
    "open",
    "mine",
    "referred",
    "unread",
    "waiting",
    "week",
    "overdue",
    "unassigned",
    "ended",
    "all",
)
SORTS: tuple[Sort, ...] = ("due", "received", "reference")
VIEW_WORDS: dict[str, Any] = {
    "mine": _l("Held by me"),
    "referred": _l("Referred to me"),
    "unread": _l("New messages"),
    "overdue": _l("Overdue"),
    "week": _l("Due within 7 days"),
    "waiting": _l("Waiting for the applicant"),
    "unassigned": _l("Held by nobody"),
    "open": _l("All open cases"),
    "ended": _l("Closed and withdrawn"),
    "all": _l("All cases"),
}
PAST = ("ended", "all")
"""Views of which most cases are over: no clock runs there, so they are not sorted by it."""
LONGEST_SEARCH = 120


@dataclass(frozen=True)
class Filters:
    """One view of the queue, narrowed further; what is None or empty does not narrow.

    ``added``: the filters that features added to the queue, as (name, value).
    """

    view: View = "open"
    state: State | None = None
    kind: str | None = None
    channel: str | None = None
    branch: UUID | None = None
    added: tuple[tuple[str, str], ...] = ()
    q: str = ""
    sort: Sort = "due"
    descending: bool = False

    @classmethod
    def read(cls, args: Mapping[str, str]) -> "Filters":
        """The filters of an address; what cannot be understood is left out, so an old link still opens."""
        view = cast(View, args.get("view")) if args.get("view") in VIEWS else "open"
        sort, descending = usual_order(view)
        asked = args.get("sort", "")
        if asked.lstrip("-") in SORTS and not (view in PAST and asked.endswith("due")):
            sort, descending = cast(Sort, asked.lstrip("-")), asked.startswith("-")
        return cls(
            view=view,
            state=State(args["state"]) if args.get("state") in set(State) else None,
            kind=_word(args.get("kind")),
            channel=_word(args.get("channel")),
            branch=_uuid(args.get("branch")),
            added=_added(args),
            q=" ".join(args.get("q", "").split())[:LONGEST_SEARCH],
            sort=sort,
            descending=descending,
        )

    def having(self, **changes: Any) -> "Filters":
        """The same filters with these changed; another view comes with its own usual order."""
        if "view" in changes and "sort" not in changes:
            changes["sort"], changes["descending"] = usual_order(changes["view"])
        return replace(self, **changes)

    def query(self, **more: str | None) -> str:
        """These filters as the query part of an address, defaults left out."""
        pairs: dict[str, str] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name == "added":
                pairs |= dict(self.added)
            elif one.name not in ("sort", "descending") and value not in (None, "", one.default):
                pairs[one.name] = str(value)
        if (self.sort, self.descending) != usual_order(self.view):
            pairs["sort"] = f"{'-' if self.descending else ''}{self.sort}"
        pairs |= {name: value for name, value in more.items() if value}
        return urlencode(pairs)

    @property
    def narrowed(self) -> bool:
        """True where something beyond the view narrows the queue."""
        return bool(self.state or self.kind or self.channel or self.branch or self.added or self.q)

    def get_value(self, name: str) -> str:
        """Return what is chosen in the filter of this name, or nothing."""
        return dict(self.added).get(name) or str(getattr(self, name, None) or "")


def usual_order(view: str) -> tuple[Sort, bool]:
    """What is most urgent comes first among open cases, what is newest among the others."""
    return ("received", True) if view in PAST else ("due", False)


def _added(args: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    read = ((one.name, one.read(args.get(one.name))) for one in queue_filters.list_registered())
    return tuple((name, value) for name, value in read if value)


def _word(text: str | None) -> str | None:
    """A key as policies write them; anything else is no key."""
    return text if text and re.fullmatch(r"[a-z0-9_-]{1,40}", text) else None


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
