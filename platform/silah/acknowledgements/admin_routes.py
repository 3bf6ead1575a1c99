"""`/admin/acknowledgements`: who has read and signed, reminders, tables, and activities that spread awareness."""

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select

from silah import clock
from silah.acknowledgements import coverage, exports, reminders, service
from silah.acknowledgements.forms import ActivityForm, CampaignForm
from silah.acknowledgements.models import AwarenessActivity, Campaign
from silah.acknowledgements.routes import bp
from silah.documents import service as documents
from silah.errors import SilahError
from silah.language.localization import fold, number
from silah.organisation import departments
from silah.organisation.names import named
from silah.shell import table_sorting
from silah.staff.routes import page, reader
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, requires
from tenants import versions
from tenants.database import db

FOLLOW = Permission.FOLLOW_ACKNOWLEDGEMENTS
SHOWN = 100
OWING: table_sorting.Columns = {
    "name": (_l("Name"), lambda line: fold(line.member.name)),
    "department": (_l("Department"), lambda line: named(line.member.department) if line.member.department else ""),
    "opened": (_l("Opened"), lambda line: str(line.did.opened_at or "") if line.did else ""),
    "reminders": (_l("Reminders"), lambda line: line.did.reminders if line.did else 0),
}
"""The columns of those who still owe it."""


@bp.get("/admin/acknowledgements")
@requires(FOLLOW)
def campaigns() -> Any:
    """Every campaign with how far it is, and the activities on record."""
    found = db.session.scalars(select(Campaign).order_by(Campaign.begun_at.desc()).limit(SHOWN)).all()
    done = select(AwarenessActivity).order_by(AwarenessActivity.held_on.desc()).limit(SHOWN)
    version = versions.in_force(clock.today())
    return render_template(
        "acknowledgements/campaigns.html",
        campaigns=found,
        totals=coverage.totals(found),
        activities=db.session.scalars(done).all(),
        version=version,
        standing=any(one.policy_version_id == version.id and one.ended_at is None for one in found),
    )


@bp.route("/admin/acknowledgements/new", methods=["GET", "POST"])
@requires(FOLLOW)
@sent_once
def new_campaign() -> Any:
    """Put a document before the staff."""
    form = CampaignForm()
    if form.validate_on_submit() and (made := carried(form)) is not None:
        flash(_("The staff are being told."), "good")
        return redirect(url_for(".campaign", id=made.id))
    return page("acknowledgements/new.html", form)


@bp.post("/admin/acknowledgements/circulate")
@requires(FOLLOW)
@sent_once
def circulate() -> Any:
    """Put the policy in force before the staff now, as it says: to be read, or to be signed."""
    version = versions.in_force(clock.today())
    standing = db.session.scalars(
        select(Campaign).where(Campaign.kind == "policy", Campaign.ended_at.is_(None))
    ).first()
    if standing is None:
        standing = service.circulate(version, version.policy.responsibilities.taken_up_by, by=reader())
        flash(_("The staff are being told."), "good")
    return redirect(url_for(".campaign", id=standing.id))


@bp.get("/admin/acknowledgements/<uuid:id>")
@requires(FOLLOW)
def campaign(id: UUID) -> Any:
    """One campaign: coverage by department, and who still owes it."""
    found = service.get(id)
    lines = coverage.lines(found)
    headings, owing = table_sorting.arranged((one for one in lines if not one.done), OWING, first="name", id=id)
    return render_template(
        "acknowledgements/campaign.html",
        it=found,
        parts_of=coverage.parts(lines),
        asked=len(lines),
        done=sum(line.done for line in lines),
        owing=owing,
        headings=headings,
        without_copy=[one for one in departments.choices() if str(one.id) not in found.copies],
        most=reminders.MOST,
    )


@bp.post("/admin/acknowledgements/<uuid:id>/remind")
@requires(FOLLOW)
@sent_once
def remind(id: UUID) -> Any:
    """Remind who still owes it, within the limits."""
    told = reminders.remind(service.get(id))
    said = ngettext("%(number)s member was reminded.", "%(number)s members were reminded.", told, number=number(told))
    flash(said if told else _("Nobody was reminded: each has done it, or was written to in the last days."))
    return redirect(url_for(".campaign", id=id))


@bp.post("/admin/acknowledgements/<uuid:id>/copies")
@requires(FOLLOW)
@sent_once
def give_copies(id: UUID) -> Any:
    """Give the departments that have none their copy."""
    reminders.give_copies(service.get(id))
    flash(_("The copies are on their way."), "good")
    return redirect(url_for(".campaign", id=id))


@bp.post("/admin/acknowledgements/<uuid:id>/end")
@requires(FOLLOW)
def end(id: UUID) -> Any:
    """Ask nobody any more."""
    service.end(service.get(id))
    flash(_("Nobody is asked any more. What was signed stays on record."))
    return redirect(url_for(".campaign", id=id))


@bp.get("/admin/acknowledgements/<uuid:id>/table.csv")
@requires(FOLLOW)
def table(id: UUID) -> Any:
    """Who has done what, for a spreadsheet."""
    found = service.get(id)
    answer = Response(exports.table(found, coverage.lines(found)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="acknowledgements-{found.begun_at:%Y-%m-%d}.csv"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.route("/admin/acknowledgements/activities/new", methods=["GET", "POST"])
@requires(FOLLOW)
@sent_once
def new_activity() -> Any:
    """Record an activity that spread awareness."""
    form = ActivityForm()
    if form.validate_on_submit():
        said = {name: form[name].data for name in ("held_on", "title", "about", "attended")}
        db.session.add(AwarenessActivity(**said, recorded_by=reader().id))
        flash(_("The activity is on record."), "good")
        return redirect(url_for(".campaigns"))
    return page("acknowledgements/activity.html", form)


def carried(form: CampaignForm) -> Campaign | None:
    """Begin the campaign; None where the file is refused, with the reason at its field."""
    try:
        file = documents.keep(form.file.data.stream, form.file.data.filename, purpose="campaign")
    except SilahError as refused:
        form.file.errors = [str(refused)]
        return None
    if file.media_type != "application/pdf":
        form.file.errors = [_("Choose a PDF.")]
        return None
    said = {name: form[name].data for name in ("kind", "mode", "title_ar", "title_en")}
    return service.carry(file, **said, by=reader())
