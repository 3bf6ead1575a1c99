"""Changing the calendar: what was typed, what would follow from it, and then, confirmed, the deed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah.calendars import affected_cases, change_plans, presenters, service
from silah.calendars.change_plans import Plan
from silah.calendars.days import Days
from silah.calendars.errors import CalendarChanged
from silah.calendars.forms import HolidayForm, HurryForm
from silah.calendars.routes import bp
from silah.calendars.year_routes import shown_year
from silah.desk.action_choices import role_names
from silah.desk.action_execution import marked
from silah.desk.member import worker
from silah.errors import Invalid, NotFound
from silah.language.dates import read_iso_day
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, requires
from tenants.database import db

Planned = Callable[[Days], Plan]
EDIT = Permission.EDIT_POLICY
ADD, HURRY, CHANGE = _l("Add a holiday"), _l("A special day in a hurry"), _l("Change the holiday")
BESIDE = ("csrf_token", "seen", "deed")


@bp.route("/add", methods=["GET", "POST"])
@requires(EDIT)
@sent_once
def add() -> Any:
    """Add a holiday of one day or several."""
    return _typed(HolidayForm(), "holiday", ADD, lambda form, stand: change_plans.add(stand, form.feast))


@bp.route("/hurry", methods=["GET", "POST"])
@requires(EDIT)
@sent_once
def hurry() -> Any:
    """Close a day, or work on one, that nobody foresaw."""

    def planned(form: Any, stand: Days) -> Plan:
        return change_plans.add(stand, form.feast, deed="hurried", reason=form.reason.data)

    return _typed(HurryForm(), "hurry", HURRY, planned)


@bp.route("/holidays/<on>", methods=["GET", "POST"])
@requires(EDIT)
def holiday(on: str) -> Any:
    """Change a holiday: its names, days and kind, or that it is an estimate."""
    old = service.get_feast(service.days(), _day(on))
    form = HolidayForm() if request.method == "POST" else HolidayForm.of(old)

    def planned(form: Any, stand: Days) -> Plan:
        return change_plans.change(stand, service.get_feast(stand, old.first), form.feast)

    return _typed(form, "holiday", CHANGE, planned, old=old)


@bp.post("/holidays/<on>/remove")
@requires(EDIT)
def remove(on: str) -> Any:
    """Remove a holiday, once it was seen what follows."""
    return _settled(
        lambda stand: change_plans.remove(stand, service.get_feast(stand, _day(on))), _l("Remove the holiday")
    )


@bp.post("/holidays/<on>/confirm")
@requires(EDIT)
def confirm(on: str) -> Any:
    """The days of an Eid are announced, and are as estimated."""
    return _settled(
        lambda stand: change_plans.confirm(stand, service.get_feast(stand, _day(on))), _l("Confirm the days")
    )


@bp.post("/<int:year>/take-over")
@requires(EDIT)
def take_over(year: int) -> Any:
    """Make the official holidays of a year the association's own, to be adjusted."""
    shown_year(year)
    return _settled(lambda stand: change_plans.take_over(stand, year), _l("The public holidays of %(year)s", year=year))


def _typed(form: Any, name: str, title: Any, planned: Callable[[Any, Days], Plan], **shown: Any) -> Any:
    """The page of a form, and what follows once it holds."""
    if request.method == "POST" and request.form.get("deed") != "edit" and form.validate():
        try:
            return _settled(lambda stand: planned(form, stand), title, typed=True)
        except Invalid as refused:
            db.session.rollback()
            marked(form, refused)
    year = shown["old"].first.year if "old" in shown else None
    page = render_template(
        f"calendars/{name}.html", form=form, title=title, year=year, **shown, **presenters.list_page_words()
    )
    return page, 422 if form.errors else 200


def _settled(planned: Planned, title: Any, *, typed: bool = False) -> Any:
    """Do what is planned if it was confirmed or changes no day's work; else show what would follow from it."""
    service.lock()
    plan, refused = planned(service.days()), None
    if request.form.get("deed") == "confirm" or not (plan.changed or typed):
        try:
            return _done(plan, _seen())
        except CalendarChanged as changed:
            db.session.rollback()
            refused = changed
    effect = affected_cases.effect(plan.after, plan.changed, worker())
    page = render_template(
        "calendars/preview.html",
        title=title,
        plan=plan,
        effect=effect,
        role_words=role_names().get,
        refused=refused,
        typed=typed,
        fields=[(key, text) for key, text in request.form.items(multi=True) if key not in BESIDE],
        seen=service.latest_number(),
        **presenters.list_page_words(),
    )
    return page, refused.status if refused else 200


def _done(plan: Plan, seen: int | None) -> Any:
    change = service.save(plan, by=worker(), seen=service.latest_number() if seen is None else seen)
    if change.days:
        flash(_("The calendar is changed. The dates of open cases are being reckoned anew."), "good")
        return redirect(url_for(".change", id=change.id))
    flash(_("The calendar is changed. No date moves by it."), "good")
    return redirect(url_for(".year", year=plan.year))


def _seen() -> int | None:
    """The number of the last change that the page knew of; None where a deed that moves nothing did not say."""
    typed = request.form.get("seen", "")
    if request.form.get("deed") != "confirm":
        return None
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def _day(typed: str) -> date:
    if (on := read_iso_day(typed)) is None:
        raise NotFound
    return on
