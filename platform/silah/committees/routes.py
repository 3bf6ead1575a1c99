"""The meeting rooms of committees, and naming their members: one blueprint, its views grouped by what they show."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from silah.access import signed_in
from silah.committees import bodies, calling, seats, views, waiting
from silah.desk.moving import marked
from silah.desk.who import worker
from silah.errors import Invalid
from silah.web.idempotency import sent_once
from tenants.database import db

bp = Blueprint("committees", __name__, template_folder="templates")


@bp.get("/desk/committees")
@signed_in
def mine() -> Any:
    """The committees on which the reader sits, their next meetings, and what they are to sign."""
    member = worker()
    held = [(seat, bodies.named(seat.committee)) for seat in seats.of(member)]
    return render_template("committees/mine.html", held=held, due=waiting.of(member), **views.WORDS)


@bp.route("/desk/committees/<key>", methods=["GET", "POST"])
@signed_in
@sent_once
def room(key: str) -> Any:
    """A committee's meetings and what waits for it; those who conduct it call a meeting here."""
    member, body = worker(), bodies.named(key)
    seats.seat_of(key, member)
    form = views.call_form(body)
    if form.validate_on_submit():
        try:
            cases = [UUID(one) for one in form.cases.data or ()]
            made = calling.call(key, by=member, called_for=form.instant, cases=cases, **form.where)
            flash(_("The meeting is called, and the members are told."), "good")
            return redirect(url_for(".meeting", key=key, id=made.id))
        except Invalid as refused:
            db.session.rollback()
            marked(form, refused)
    status = 422 if form.errors else 200
    before = request.args.get("before", type=int)
    return render_template("committees/room.html", form=form, **views.room(body, member, before)), status


from silah.committees import admin_routes, meeting_routes, minutes_routes  # noqa: E402, F401  # the views hang on bp
