"""The calendar of one year, its last changes, and what a change made of open cases."""

from uuid import UUID

from flask import render_template, request

from silah import clock
from silah.calendars import change_plans, presenters, report, service
from silah.calendars.days import FIRST_YEAR, LAST_YEAR, Feast
from silah.calendars.routes import bp
from silah.desk.member import worker
from silah.errors import NotFound
from silah.web.access import Permission, requires
from tenants import versions


@bp.get("")
@bp.get("/<int:year>")
@requires(Permission.EDIT_POLICY)
def year(year: int | None = None) -> str:
    """The holidays of a year (this one, if none is named), the weekend, and the last changes."""
    year = shown_year(clock.today().year if year is None else year)
    version, stand = versions.in_force(clock.today()), service.days()
    by_law = change_plans.base(version)[1]
    listed = service.of_year(stand, year, by_law)
    headings, listed = presenters.arranged(listed, year, request.args.get("sort", ""), request.args.get("order", ""))
    changes = service.history()
    return render_template(
        "calendars/year.html",
        year=year,
        hijri_years=presenters.hijri_years(year),
        neighbours=[one if FIRST_YEAR <= one <= LAST_YEAR else None for one in (year - 1, year + 1)],
        listed=listed,
        headings=headings,
        own=year in stand.own_years,
        version=version,
        weekend=presenters.weekend(version.policy),
        counts_days=presenters.counts_days(version.policy),
        drafts=service.drafts(),
        changes=changes,
        running=next((one for one in changes if one.state == "running"), None),
        **presenters.list_page_words(),
    )


@bp.get("/changes/<uuid:id>")
@requires(Permission.EDIT_POLICY)
def change(id: UUID) -> str:
    """One change: what it was, how far open cases are reckoned anew, and which of them got other dates."""
    found, typed = service.get(id), request.args.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    return render_template(
        "calendars/change.html",
        change=found,
        gone=[Feast.read(one) for one in found.gone],
        come=[Feast.read(one) for one in found.come],
        cases=report.page(found, worker(), max(page, 1)),
        **presenters.list_page_words(),
    )


def shown_year(year: int) -> int:
    """The year; raises NotFound for one that the calendar does not hold."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound
    return year
