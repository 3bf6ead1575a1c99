"""`/admin/committees`: who sits on each committee that the policy names."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from silah.committees import bodies, forms, meeting_presenters, notifications, seats
from silah.committees.routes import bp
from silah.desk.action_execution import marked
from silah.errors import Conflict, Invalid
from silah.organisation.bodies import sits_on
from silah.staff import changes, grants, members
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, requires
from tenants.database import db


@bp.get("/admin/committees")
@requires(Permission.MANAGE_STAFF)
def admin() -> Any:
    """The committees of the policy, with who sits on them."""
    found = [(body, seats.sitting(body.key)) for body in bodies.listed()]
    rules = {body.key: meeting_presenters.rules(body, sitting) for body, sitting in found}
    return render_template("admin/committees.html", found=found, rules=rules, **meeting_presenters.WORDS)


@bp.route("/admin/committees/<key>", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF)
@sent_once
def committee(key: str) -> Any:
    """One committee: its seats, past and present, and naming a further member."""
    body, form = bodies.get_body(key), forms.SeatForm()
    form.member.choices = [
        SelectChoice("", _("Choose")),
        *(SelectChoice(str(one.id), one.name) for one in members.listing("active")),
    ]
    if form.validate_on_submit():
        try:
            name(key, form)
            flash(_("The member is named."), "good")
            return redirect(url_for(".committee", key=key))
        except Invalid as refused:
            db.session.rollback()
            marked(form, refused)
        except Conflict as refused:
            db.session.rollback()
            form.member.errors = [str(refused)]
    sitting = seats.sitting(key)
    shown = {
        **meeting_presenters.WORDS,
        **meeting_presenters.rules(body, sitting),
        "history": seats.history(key),
        "sitting": sitting,
    }
    status = 422 if form.errors else 200
    return render_template("admin/committee.html", body=body, form=form, meets=seats.meets(key), **shown), status


def name(key: str, form: forms.SeatForm) -> None:
    """Give the seat that the form describes, and call its holder to the meetings that are called already."""
    chosen = members.get(UUID(form.member.data))
    grants.check_seating(chosen, holds=any(sits_on(role.key, key) for role in chosen.roles))
    seat = seats.name(
        key,
        chosen,
        position=form.position.data,
        votes=form.votes.data or form.position.data != "secretary",
        since=form.since.data,
        until=form.until.data,
    )
    notifications.welcome(seat)
    changes.note("member", chosen.id, "seated", name=chosen.name)


@bp.post("/admin/committees/<key>/seats/<uuid:seat_id>/end")
@requires(Permission.MANAGE_STAFF)
def end_seat(key: str, seat_id: UUID) -> Any:
    """The member leaves the committee at once."""
    seat = seats.get(seat_id, key)
    seats.end(seat)
    flash(_("%(name)s no longer sits on the committee. What they took part in stays.", name=seat.member.name))
    return redirect(url_for(".committee", key=key))
