"""Recording what came by fax, telephone, letter or visit: one page for every kind, answered by redirect."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from silah import clock
from silah.cases.person import PersonForm
from silah.desk import receipt_session, recording_registry
from silah.desk.action_forms import options
from silah.desk.member import worker
from silah.desk.recording_forms import CameForm, is_nameless, person_at_desk
from silah.desk.recording_registry import RecordingPage
from silah.desk.routes import bp
from silah.documents import content
from silah.errors import Invalid
from silah.language.localization import locale
from silah.submissions.idempotency import sent_once
from silah.web.access import signed_in
from tenants import versions
from tenants.database import db


@bp.route("/desk/record/<key>", methods=["GET", "POST"])
@signed_in
@sent_once
def record_case(key: str) -> Any:
    """Ask for what was said and by whom; once it is recorded, go on to its reference and code."""
    page = recording_registry.get(key, worker())
    form, person = page.form(), person_at_desk()
    channels = versions.in_force(clock.today()).policy.inbound_channels
    form.channel.choices = options(
        [("", _l("Choose")), *((one.key, one.name.for_locale(locale())) for one in channels)]
    )
    fine = form.is_submitted() and all([form.validate(), is_nameless(form) or person.validate()])
    if fine and _record(page, form, person):
        return redirect(url_for(".received"))
    return _draw(page, form, person)


def _record(page: RecordingPage, form: CameForm, person: PersonForm) -> bool:
    """Make the case and remember it for the page that says so; False where a field was refused."""
    try:
        made = page.receive(form, person, worker())
    except Invalid as refused:
        db.session.rollback()  # files that were taken before it was refused go again
        form.refuse(refused)
        return False
    receipt_session.remember(made.case, made.receipt_code, request.path)
    return True


def _draw(page: RecordingPage, form: CameForm, person: PersonForm) -> Any:
    drawn = render_template(
        "desk/record.html",
        page=page,
        form=form,
        person=person,
        accept=content.ACCEPT,
        other=recording_registry.find_beside(page),
    )
    return (drawn, 422) if form.is_submitted() else drawn
