"""`/admin/notices`: dated notices to the public, and by which approved channels each went out."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from silah.acknowledgements import notice_sending as sending
from silah.acknowledgements import notice_suggestions, notices
from silah.acknowledgements.forms import ChannelsForm, NoticeForm, SendingForm
from silah.acknowledgements.routes import bp
from silah.desk.admin_settings import current
from silah.language.localization import locale
from silah.portal import public_context
from silah.staff.routes import page, reader
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, requires

MAY = (Permission.EDIT_POLICY, Permission.FOLLOW_ACKNOWLEDGEMENTS, Permission.EDIT_SETTINGS)


@bp.get("/admin/notices")
@requires(*MAY)
def all_notices() -> Any:
    """Every notice, withdrawn ones too."""
    form = SendingForm(data={"on": sending.is_on()})
    return render_template("acknowledgements/all_notices.html", notices=notices.listing(withdrawn=True), form=form)


@bp.post("/admin/notices/sending")
@requires(Permission.EDIT_SETTINGS)
def notice_sending() -> Any:
    """Have notices sent on to applicants with an open case, or not."""
    form = SendingForm()
    if form.validate_on_submit():
        current().sends_notices = form.on.data
        flash(_("Saved."), "good")
    return redirect(url_for(".all_notices"))


@bp.route("/admin/notices/new", methods=["GET", "POST"])
@requires(*MAY)
@sent_once
def new_notice() -> Any:
    """Tell the public that something changed."""
    form = NoticeForm(data={"send_on": sending.is_on(), **notice_suggestions.about(request.args.get("about"))})
    if form.validate_on_submit():
        said = [form[name].data for name in ("title_ar", "title_en", "body_ar", "body_en")]
        made = notices.issue(*said, by=reader(), send_on=form.send_on.data)
        flash(_("The notice stands on the portal."), "good")
        return redirect(url_for(".notice", id=made.id))
    return page("acknowledgements/new_notice.html", form)


@bp.route("/admin/notices/<uuid:id>", methods=["GET", "POST"])
@requires(*MAY)
def notice(id: UUID) -> Any:
    """One notice: what it says, and by which of the policy's channels it went out."""
    found = notices.get(id)
    offered = [(one.key, one.name.for_locale(locale())) for one in public_context.policy().public_channels]
    form = ChannelsForm(offered, list(found.channels))
    if form.validate_on_submit():
        notices.went_out(found, form.channels.data or [])
        flash(_("Saved."), "good")
        return redirect(url_for(".notice", id=id))
    return page("acknowledgements/notice.html", form, it=found, words=dict(offered))


@bp.post("/admin/notices/<uuid:id>/withdraw")
@requires(*MAY)
def withdraw_notice(id: UUID) -> Any:
    """Show it to the public no longer."""
    notices.withdraw(notices.get(id))
    flash(_("The notice is no longer shown to the public."))
    return redirect(url_for(".notice", id=id))
