"""Tables in the order that their reader asks for: headings that sort, by links that can be shared."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from flask import request, url_for

Row = TypeVar("Row")
Columns = Mapping[str, tuple[Any, Callable[[Any], Any] | None]]
"""Headings by their key, each with what its column is sorted by; None for one that sorts nothing."""


def arranged(rows: Iterable[Row], columns: Columns, *, first: str, **address: Any) -> tuple[list[Any], list[Row]]:
    """The headings of a table, and its rows sorted as the address says; ``first`` is the column otherwise.

    ``address`` is what the links keep beside the order.
    """
    asked, descending = request.args.get("sort", ""), request.args.get("order") == "desc"
    by = columns[asked][1] if asked in columns else None
    sort = asked if by else first
    headings = [_heading(key, label, value, sort, descending, address) for key, (label, value) in columns.items()]
    value = columns[sort][1]
    return headings, sorted(rows, key=value, reverse=descending) if value else list(rows)


def _heading(key: str, label: Any, value: Any, sort: str, descending: bool, address: Mapping[str, Any]) -> Any:
    if value is None:
        return label
    heading = {"label": label}
    other = "desc" if key == sort and not descending else None
    heading["sort_href"] = url_for(str(request.endpoint), **{**address, "sort": key, "order": other})
    if key == sort:
        heading["sorted"] = "descending" if descending else "ascending"
    return heading
