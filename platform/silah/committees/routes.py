"""The meeting rooms of committees, and naming their members: one blueprint, its views grouped by what they show."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from silah.access import signed_in
from silah.committees import bodies, forms, meetings, seats, views
from silah.desk.who import worker

bp = Blueprint("committees", __name__, template_folder="templates")


@bp.get("/desk/committees")
@signed_in
def mine() -> Any:
    """The committees on which the reader sits."""
    held = [(seat, bodies.named(seat.committee)) for seat in seats.of(worker())]
    running = {seat.committee: meetings.listing(seat.committee)[:1] for seat, _body in held}
    return render_template("committees/mine.html", held=held, latest=running, **views.WORDS)


@bp.route("/desk/committees/<key>", methods=["GET", "POST"])
@signed_in
def room(key: str) -> Any:
    """A committee's meetings and what waits for it; those who conduct it call a meeting here."""
    member, body = worker(), bodies.named(key)
    seats.seat_of(key, member)
    form = forms.CallForm()
    if form.validate_on_submit():
        made = meetings.call(key, by=member, called_for=form.instant, location=form.location.data or "")
        flash(_("The meeting is called. Put cases on its agenda."), "good")
        return redirect(url_for(".meeting", key=key, id=made.id))
    status = 422 if form.errors else 200
    return render_template("committees/room.html", form=form, **views.room(body, member)), status


from silah.committees import admin_routes, meeting_routes  # noqa: E402, F401  # the views hang themselves on bp
