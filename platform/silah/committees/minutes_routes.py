"""The minutes of a meeting: read, signed or declined, corrected by annexes, printed; and the replies they let go."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah.committees import forms, meetings, minutes_paper, minutes_presenters, minutes_writing, releasing, signing
from silah.committees.meeting_routes import AT
from silah.committees.models import CommitteeMeeting
from silah.committees.routes import bp
from silah.desk.action_execution import marked
from silah.desk.member import worker
from silah.documents.responses import sent_pdf
from silah.errors import Invalid
from silah.language.localization import locale
from silah.web.access import Member, signed_in
from tenants.database import db


@dataclass(frozen=True)
class Answer:
    """What one may answer to minutes or an annex: its form, what it does, and what is said after it."""

    form: Callable[[CommitteeMeeting, int, Member], Any]
    do: Callable[[CommitteeMeeting, int, Any, Member], Any]
    said: Any


ANSWERS = {
    "sign": Answer(
        lambda it, annex, by: forms.SignForm(prefix=forms.prefix(annex)),
        lambda it, annex, form, by: signing.sign(it, form.given, by=by, annex=annex),
        _l("Your signature is under the minutes."),
    ),
    "decline": Answer(
        minutes_presenters.decline_form,
        lambda it, annex, form, by: signing.decline(it, UUID(form.member.data), form.reason.data, by=by, annex=annex),
        _l("It is recorded that the signature is declined, and why."),
    ),
    "correct": Answer(
        lambda it, annex, by: forms.AnnexForm(),
        lambda it, annex, form, by: minutes_writing.correct(it, form.text.data, by=by),
        _l("The annex is written. Those who attended are asked to sign it."),
    ),
}


@bp.route(f"{AT}/minutes", methods=["GET", "POST"], endpoint="minutes")
@signed_in
def signing_page(key: str, id: UUID) -> Any:
    """The minutes as they were written, and what the reader may answer to them."""
    member, found = worker(), meetings.get(id, key, worker())
    if request.method == "POST":
        return answer(found, member, request.form.get("deed", "sign"))
    return render_template("committees/minutes.html", **minutes_presenters.page(found, member))


def answer(found: CommitteeMeeting, member: Member, deed: str) -> Any:
    """Take what was answered, or show the page again with the reason and all that was typed."""
    annex = minutes_presenters.annex_of(found, request.form.get("annex", "0"))
    what = ANSWERS.get(deed, ANSWERS["sign"])
    form = what.form(found, annex, member)
    try:
        if not form.validate():
            raise Invalid
        what.do(found, annex, form, member)
    except Invalid as refused:
        db.session.rollback()
        again = minutes_presenters.page(found, member, typed={(deed, annex): marked(form, refused)})
        return render_template("committees/minutes.html", **again), refused.status
    flash(what.said, "good")
    return redirect(url_for(".minutes", key=found.committee, id=found.id))


@bp.get(f"{AT}/minutes.pdf")
@signed_in
def paper(key: str, id: UUID) -> Any:
    """The minutes on the association's letterhead, with the signatures to date."""
    found = meetings.get(id, key, worker())
    return sent_pdf(minutes_paper.paper(found, locale()), f"minutes-{found.number}.pdf")


@bp.post(f"{AT}/release")
@signed_in
def release(key: str, id: UUID) -> Any:
    """Send the replies whose time has come."""
    member = worker()
    gone = releasing.release(meetings.get(id, key, member), by=member)
    flash(_("The replies whose time has come are on their way.") if gone else _("No reply may go out yet."))
    return redirect(url_for(".minutes", key=key, id=id))


@bp.post(f"{AT}/schedule")
@signed_in
def schedule(key: str, id: UUID) -> Any:
    """Have the replies whose day has not come go out by themselves on it."""
    member = worker()
    count = releasing.schedule_rest(meetings.get(id, key, member), by=member)
    flash(
        _("Scheduled. Each reply will be sent automatically on its day.")
        if count
        else _("No reply is left to schedule.")
    )
    return redirect(url_for(".minutes", key=key, id=id))
