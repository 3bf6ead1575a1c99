"""My work, and the queue of cases."""

from typing import Any

from flask import redirect, render_template, request

from silah.desk import home_panels, queue, queue_rows, work_queues
from silah.desk.cursors import Cursor
from silah.desk.filter_choices import address, narrowing, sorting
from silah.desk.filters import VIEW_WORDS, Filters, View
from silah.desk.member import worker
from silah.desk.routes import bp
from silah.staff.redirect_targets import for_other_work
from silah.web.access import Permission, requires, signed_in

ALL_VIEWS: tuple[View, ...] = ("open", "ended", "all")


@bp.get("/desk/")
@signed_in
def home() -> Any:
    """What waits for this member, most urgent first; one who does not work with cases is led to what they do."""
    member = worker()
    if not member.may(Permission.SEE_CASES, Permission.SEE_ALL_CASES):
        return redirect(for_other_work(member))
    return render_template("desk/home.html", piles=work_queues.of(member), panels=home_panels.list_shown(member))


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
        rows=queue_rows.of(found.cases),
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
