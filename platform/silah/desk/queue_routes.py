"""My work, and the queue of cases."""

from typing import Any

from flask import redirect, render_template, request

from silah.access import Permission, requires, signed_in
from silah.committees import waiting
from silah.desk import piles, queue, rows
from silah.desk.cursors import Cursor
from silah.desk.filters import Filters, View
from silah.desk.narrowing import address, narrowing, sorting
from silah.desk.rail import VIEW_WORDS
from silah.desk.routes import bp
from silah.desk.who import worker
from silah.staff.addresses import for_other_work

ALL_VIEWS: tuple[View, ...] = ("open", "ended", "all")


@bp.get("/desk/")
@signed_in
def home() -> Any:
    """What waits for this member, most urgent first; one who does not work with cases is led to what they do."""
    member = worker()
    if not member.may(Permission.SEE_CASES, Permission.SEE_ALL_CASES):
        return redirect(for_other_work(member))
    return render_template("desk/home.html", piles=piles.of(member), due=waiting.of(member))


@bp.get("/desk/cases", endpoint="queue")
@requires(Permission.SEE_CASES, Permission.SEE_ALL_CASES)
def cases() -> str:
    """The queue, as its address asks for it."""
    member, filters = worker(), Filters.read(request.args)
    found = queue.page(filters, member, Cursor.read(request.args.get("from"), filters.sort))
    return render_template(
        "desk/queue.html",
        filters=filters,
        heading=VIEW_WORDS[filters.view],
        rows=rows.of(found.cases),
        tabs=tabs(filters),
        narrowing=narrowing(filters),
        sorting=sorting(filters),
        cleared=address(Filters.read({"view": filters.view})),
        previous_href=address(filters, **{"from": found.previous}) if found.previous else None,
        next_href=address(filters, **{"from": found.next}) if found.next else None,
    )


def tabs(filters: Filters) -> list[dict[str, Any]]:
    """Open, ended or all: offered where no narrower view was chosen."""
    if filters.view not in ALL_VIEWS:
        return []
    return [
        {"label": VIEW_WORDS[view], "href": address(filters.having(view=view)), "current": view == filters.view}
        for view in ALL_VIEWS
    ]
