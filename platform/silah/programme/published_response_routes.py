"""`/desk/programme/said` and `/you-said`: what people said, and what was done about it."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from silah.desk.member import worker
from silah.errors import Invalid
from silah.portal.page_cache import remembered
from silah.programme import forms, published_responses
from silah.programme.models import SaidAndDone
from silah.programme.routes import bp, shown
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, public, requires

P = Permission


@bp.get("/desk/programme/said")
@requires(P.PUBLISH_ANSWERS)
def said() -> str:
    """What people said and what was done, as the public reads it, and what was withdrawn."""
    return render_template("programme/said.html", found=published_responses.every())


@bp.route("/desk/programme/said/new", methods=["GET", "POST"])
@requires(P.PUBLISH_ANSWERS)
@sent_once
def new_said() -> Any:
    """Publish one."""
    return _said(None)


@bp.route("/desk/programme/said/<uuid:id>", methods=["GET", "POST"])
@requires(P.PUBLISH_ANSWERS)
def change_said(id: UUID) -> Any:
    """Change one, or show one again that was withdrawn."""
    return _said(published_responses.get(id))


@bp.post("/desk/programme/said/<uuid:id>/withdraw")
@requires(P.PUBLISH_ANSWERS)
def withdraw_said(id: UUID) -> Any:
    """Show it to the public no longer."""
    published_responses.withdraw(published_responses.get(id), by=worker())
    flash(_("The public sees it no longer."))
    return redirect(url_for(".said"))


@bp.get("/you-said")
@public
@remembered
def you_said() -> str:
    """What people said, and what was done about it."""
    return render_template("programme/you_said.html", found=published_responses.for_everybody())


def _said(found: SaidAndDone | None) -> Any:
    form = forms.SaidForm(obj=found)
    if form.validate_on_submit():
        try:
            published_responses.publish(
                {name: form[name].data or "" for name in published_responses.FIELDS}, by=worker(), found=found
            )
            flash(_("Everybody can read it now."), "good")
            return redirect(url_for(".said"))
        except Invalid as refused:
            shown(form, refused)
    page = render_template("programme/write_said.html", form=form, it=found)
    return (page, 422) if form.errors else page
