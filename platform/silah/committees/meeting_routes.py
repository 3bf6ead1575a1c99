"""One meeting: when it is, who attends, its agenda, votes and decisions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from silah.committees import (
    agenda,
    ballots,
    calendar_file,
    forms,
    item_presenters,
    meeting_presenters,
    meetings,
    minutes_writing,
    motions,
    notifications,
    scheduling,
)
from silah.committees.models import AgendaItem, CommitteeMeeting
from silah.committees.routes import bp
from silah.desk.action_execution import marked
from silah.desk.member import worker
from silah.errors import Conflict, Invalid, NotFound
from silah.web.access import Member, signed_in
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
        meeting_presenters.attendance_form,
        lambda it, form, by: meetings.record_attendance(it, forms.attendance_said(form), by=by, seen=form.version),
        _l("The attendance is recorded."),
    ),
    "agenda": Deed(
        meeting_presenters.agenda_form,
        lambda it, form, by: agenda.add(it, [UUID(one) for one in form.cases.data], by=by, seen=form.version),
        _l("The cases are on the agenda."),
    ),
    "start": Deed(
        bare, lambda it, form, by: meetings.start(it, by=by, seen=form.version), _l("The meeting is in session.")
    ),
    "close": Deed(
        bare,
        lambda it, form, by: minutes_writing.close(it, by=by, seen=form.version),
        _l("The meeting has ended and its minutes are written. Those who attended sign them."),
    ),
    "plan": Deed(
        meeting_presenters.plan_form,
        lambda it, form, by: scheduling.move(it, by=by, seen=form.version, called_for=form.instant, **form.where),
        _l("The time and place are saved, and the members are told of what changed."),
    ),
    "cancel": Deed(
        lambda it: forms.CancelForm(),
        lambda it, form, by: scheduling.cancel(it, by=by, seen=form.version, reason=form.reason.data),
        _l("The meeting is called off and the members are told. Its cases wait for another."),
    ),
}


@bp.get(AT)
@signed_in
def meeting(key: str, id: UUID) -> Any:
    """A meeting as it stands."""
    member = worker()
    return render_template(
        "committees/meeting.html", **meeting_presenters.meeting(meetings.get(id, key, member), member)
    )


@bp.post(f"{AT}/<any(attendance, agenda, start, close, plan, cancel):deed>")
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
        if isinstance(refused, Invalid):
            marked(form, refused)
        again = {**meeting_presenters.meeting(found, member), deed: form}
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
        return render_template("committees/item.html", **item_presenters.item(found, member))
    return act(found, member, request.form.get("deed", ""))


def act(found: AgendaItem, member: Member, deed: str) -> Any:
    """Do what an item's page asks for, or show it again with the reason and all that was typed."""
    if deed not in ITEM_DEEDS:
        raise NotFound
    meeting, item_id = found.meeting, found.id
    if deed != "votes":
        meetings.conducting(meeting.committee, member)
    form = item_presenters.item(found, member, deed).get(ITEM_FORMS[deed]) if deed in ITEM_FORMS else forms.SeenForm()
    try:
        if form is None:
            raise Conflict
        if not form.validate():
            raise Invalid
        ITEM_DEEDS[deed](found, form, member)
    except (Conflict, Invalid) as refused:
        db.session.rollback()
        if isinstance(refused, Invalid) and form is not None:
            marked(form, refused)
        again = item_presenters.item(found, member, deed) | (
            {ITEM_FORMS[deed]: form} if deed in ITEM_FORMS and form else {}
        )
        return render_template("committees/item.html", refused=refused, **again), refused.status
    flash(ITEM_SAID[deed] if deed != "conclude" else motions.STATE_WORDS[motions.list_motions(found)[-1].state], "good")
    at: dict[str, Any] = {"key": meeting.committee, "id": meeting.id}
    stays = deed in ("votes", "motion") or (deed == "conclude" and found.result is None)
    return redirect(url_for(".item", item_id=item_id, **at) if stays else url_for(".meeting", **at))


def put(found: AgendaItem, form: Any, member: Member) -> None:
    """Write the motion that a form says."""
    motions.put_motion(
        found,
        by=member,
        outcome=form.outcome.data,
        words=form.words.data or "",
        reasons=form.motion_reasons.data,
        seen=form.version,
        anew=bool(form.anew.data),
    )


ITEM_FORMS = {"votes": "ballot", "postpone": "reasons", "motion": "motion_form"}
"""Under which name the page of an item has the form of each deed."""
ITEM_DEEDS: dict[str, Callable[[AgendaItem, Any, Member], Any]] = {
    "motion": put,
    "votes": lambda it, form, by: ballots.record(
        it, forms.ballot_said(form), by=by, seen=form.version, motion=form["motion"].data or ""
    ),
    "conclude": lambda it, form, by: ballots.conclude(it, by=by, seen=form.version),
    "postpone": lambda it, form, by: ballots.postpone(it, by=by, reasons=form.reasons.data, seen=form.version),
    "remove": lambda it, form, by: agenda.remove(it, by=by, seen=form.version),
}
ITEM_SAID = {
    "motion": _l("The motion is written. The members vote on it."),
    "votes": _l("The votes are recorded."),
    "postpone": _l("The case is postponed, and waits for another meeting."),
    "remove": _l("The case is off the agenda, and waits for another meeting."),
}


@bp.get(f"{AT}/meeting.ics")
@signed_in
def calendar(key: str, id: UUID) -> Any:
    """The meeting as an entry for a calendar."""
    found = meetings.get(id, key, worker())
    named = {"Content-Disposition": f"attachment; filename=meeting-{found.number}.ics"}
    return Response(notifications.entry(found), mimetype=calendar_file.MEDIA_TYPE, headers=named)
