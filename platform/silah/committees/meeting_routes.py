"""One meeting: who attends, its agenda, votes and decisions, and its minutes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah.access import Member, signed_in
from silah.committees import agenda, ballots, forms, meetings, minutes, releasing, views
from silah.committees.models import AgendaItem, CommitteeMeeting
from silah.committees.routes import bp
from silah.desk.moving import marked
from silah.desk.who import worker
from silah.documents.routes import sent_pdf
from silah.errors import Conflict, Invalid, NotFound
from silah.i18n import locale
from tenants.database import db

AT = "/desk/committees/<key>/meetings/<uuid:id>"


@dataclass(frozen=True)
class Deed:
    """One change of a meeting: its form, what it does, and what is said after it."""

    form: Callable[[CommitteeMeeting], Any]
    do: Callable[[CommitteeMeeting, Any, Member], Any]
    said: Any


def bare(meeting: CommitteeMeeting) -> forms.SeenForm:
    """A form of nothing but the version seen."""
    return forms.SeenForm()


DEEDS = {
    "attendance": Deed(
        views.attendance_form,
        lambda it, form, by: meetings.record_attendance(it, forms.attendance_said(form), by=by, seen=form.version),
        _l("The attendance is recorded."),
    ),
    "agenda": Deed(
        views.agenda_form,
        lambda it, form, by: agenda.add(it, [UUID(one) for one in form.cases.data], by=by, seen=form.version),
        _l("The cases are on the agenda."),
    ),
    "start": Deed(
        bare, lambda it, form, by: meetings.start(it, by=by, seen=form.version), _l("The meeting is in session.")
    ),
    "close": Deed(
        bare,
        lambda it, form, by: minutes.close(it, by=by, seen=form.version),
        _l("The meeting has ended and its minutes are written. Those who attended sign them."),
    ),
    "cancel": Deed(
        bare,
        lambda it, form, by: meetings.cancel(it, by=by, seen=form.version),
        _l("The meeting is called off. Its cases wait for another."),
    ),
}


@bp.get(AT)
@signed_in
def meeting(key: str, id: UUID) -> Any:
    """A meeting as it stands."""
    member = worker()
    return render_template("committees/meeting.html", **views.meeting(meetings.get(id, key, member), member))


@bp.post(f"{AT}/<any(attendance, agenda, start, close, cancel):deed>")
@signed_in
def change(key: str, id: UUID, deed: str) -> Any:
    """Change a meeting; where that is refused, the page says why and what was typed stays."""
    member, what = worker(), DEEDS[deed]
    found = meetings.get(id, key, member)
    meetings.conducting(key, member)
    form = what.form(found)
    try:
        if not form.validate():
            raise Invalid
        what.do(found, form, member)
    except (Conflict, Invalid) as refused:
        db.session.rollback()
        again = {**views.meeting(found, member), deed: form}
        return render_template("committees/meeting.html", refused=refused, **again), refused.status
    flash(what.said, "good")
    return redirect(url_for(".meeting", key=key, id=id))


@bp.route(f"{AT}/items/<uuid:item_id>", methods=["GET", "POST"])
@signed_in
def item(key: str, id: UUID, item_id: UUID) -> Any:
    """One case on the agenda: votes, and the decision that follows from them."""
    member = worker()
    found = meetings.item(meetings.get(id, key, member), item_id)
    if request.method == "GET":
        return render_template("committees/item.html", **views.item(found, member))
    return act(found, member, request.form.get("deed", ""))


def act(found: AgendaItem, member: Member, deed: str) -> Any:
    """Do what an item's page asks for, or show it again with the reason and all that was typed."""
    if deed not in ITEM_DEEDS:
        raise NotFound
    meeting, item_id, shown = found.meeting, found.id, views.item(found, member)
    form = shown["ballot"] if deed == "votes" else shown["reasons"] if deed != "remove" else forms.SeenForm()
    try:
        if form is None:
            raise Conflict
        if not form.validate():
            raise Invalid
        ITEM_DEEDS[deed](found, form, member)
    except (Conflict, Invalid) as refused:
        db.session.rollback()
        typed = {"ballot": form} if deed == "votes" else {"reasons": form}
        if isinstance(refused, Invalid) and form is not None:
            marked(form, refused)
        again = {**views.item(found, member), **(typed if deed != "remove" else {})}
        return render_template("committees/item.html", refused=refused, **again), refused.status
    flash(ITEM_SAID[deed], "good")
    at: dict[str, Any] = {"key": meeting.committee, "id": meeting.id}
    return redirect(url_for(".item", item_id=item_id, **at) if deed == "votes" else url_for(".meeting", **at))


ITEM_DEEDS: dict[str, Callable[[AgendaItem, Any, Member], Any]] = {
    "votes": lambda it, form, by: ballots.record(it, forms.ballot_said(form), by=by, seen=form.version),
    "conclude": lambda it, form, by: ballots.conclude(it, by=by, reasons=form.reasons.data, seen=form.version),
    "postpone": lambda it, form, by: ballots.postpone(it, by=by, reasons=form.reasons.data, seen=form.version),
    "remove": lambda it, form, by: agenda.remove(it, by=by, seen=form.version),
}
ITEM_SAID = {
    "votes": _l("The votes are recorded."),
    "conclude": _l("The decision is recorded. The reply is not sent until it is released."),
    "postpone": _l("The case is postponed, and waits for another meeting."),
    "remove": _l("The case is off the agenda, and waits for another meeting."),
}


@bp.route(f"{AT}/minutes", methods=["GET", "POST"], endpoint="minutes")
@signed_in
def signing(key: str, id: UUID) -> Any:
    """The minutes as they were written, and the reader's signature where it is owed."""
    member, form = worker(), forms.SignForm()
    found = meetings.get(id, key, member)
    if form.validate_on_submit():
        try:
            minutes.sign(found, form.signature.data, by=member)
            flash(_("Your signature is under the minutes."), "good")
            return redirect(url_for(".minutes", key=key, id=id))
        except Invalid as refused:
            db.session.rollback()
            marked(form, refused)
    status = 422 if form.errors else 200
    return render_template("committees/minutes.html", form=form, **views.signing(found, member)), status


@bp.get(f"{AT}/minutes.pdf")
@signed_in
def paper(key: str, id: UUID) -> Any:
    """The minutes on the association's letterhead, with the signatures to date."""
    found = meetings.get(id, key, worker())
    return sent_pdf(minutes.paper(found, locale()), f"minutes-{found.number}.pdf")


@bp.post(f"{AT}/release")
@signed_in
def release(key: str, id: UUID) -> Any:
    """Send the replies whose time has come."""
    member = worker()
    gone = releasing.release(meetings.get(id, key, member), by=member)
    flash(_("The replies whose time has come are on their way.") if gone else _("No reply may go out yet."))
    return redirect(url_for(".minutes", key=key, id=id))
