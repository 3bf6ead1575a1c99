"""The filters that features add to those of the queue, each by the name that it has in the address."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement


@dataclass(frozen=True)
class QueueFilter:
    """One more filter: its label, its choices as (value, words), and the condition on the cases that a value keeps.

    ``read`` gives a value as it stands in an address, or None for what is no value.
    """

    name: str
    label: Any
    list_choices: Callable[[], Iterable[tuple[str, Any]]]
    read: Callable[[str | None], str | None]
    condition: Callable[[str], ColumnElement[bool]]


_registered: dict[str, QueueFilter] = {}


def register(added: QueueFilter) -> None:
    """Offer this filter in the queue."""
    _registered[added.name] = added


def get(name: str) -> QueueFilter:
    """Return the filter of this name."""
    return _registered[name]


def list_registered() -> list[QueueFilter]:
    """Return the filters that features added, in the order in which they came."""
    return list(_registered.values())
