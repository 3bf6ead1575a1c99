"""The meeting rooms of committees, and naming their members: one blueprint, its views grouped by what they show."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from silah.committees import (
    bodies,
    case_panel,
    meeting_presenters,
    member_tasks,
    request_subject,
    scheduling,
    seats,
    subjects,
)
from silah.desk import case_panels, home_panels
from silah.desk.action_execution import marked
from silah.desk.case_panels import CasePanel
from silah.desk.home_panels import HomePanel
from silah.desk.member import worker
from silah.errors import Invalid
from silah.intake.models import KIND
from silah.organisation.bodies import register_meetings
from silah.submissions.idempotency import sent_once
from silah.web.access import signed_in
from tenants.database import db

bp = Blueprint("committees", __name__, template_folder="templates")

subjects.register(KIND, request_subject.SUBJECT)
register_meetings(seats.meets)
home_panels.register("committees", HomePanel("committees/home_panel.html", member_tasks.of))
case_panels.register(
    "committees",
    CasePanel("committees/case_panel.html", case_panel.pointer, "decision", frozenset({KIND})),
)


@bp.get("/desk/committees")
@signed_in
def mine() -> Any:
    """The committees on which the reader sits, their next meetings, and what they are to sign."""
    member = worker()
    held = [(seat, bodies.get_body(seat.committee)) for seat in seats.of(member)]
    return render_template("committees/mine.html", held=held, due=member_tasks.of(member), **meeting_presenters.WORDS)


@bp.route("/desk/committees/<key>", methods=["GET", "POST"])
@signed_in
@sent_once
def room(key: str) -> Any:
    """A committee's meetings and what waits for it; those who conduct it call a meeting here."""
    member, body = worker(), bodies.get_body(key)
    seats.seat_of(key, member)
    form = meeting_presenters.call_form(body)
    if form.validate_on_submit():
        try:
            cases = [UUID(one) for one in form.cases.data or ()]
            made = scheduling.call(key, by=member, called_for=form.instant, cases=cases, **form.where)
            flash(_("The meeting is called, and the members are told."), "good")
            return redirect(url_for(".meeting", key=key, id=made.id))
        except Invalid as refused:
            db.session.rollback()
            marked(form, refused)
    status = 422 if form.errors else 200
    before = request.args.get("before", type=int)
    return render_template("committees/room.html", form=form, **meeting_presenters.room(body, member, before)), status


from silah.committees import admin_routes, meeting_routes, minutes_routes  # noqa: E402, F401  # the views hang on bp
