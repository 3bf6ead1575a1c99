"""`/admin/grants`: grants of sensitive permissions, each confirmed or refused by a second administrator."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from silah.organisation.models import PendingGrant
from silah.staff import authority, grants
from silah.staff.admin_routes import bp
from silah.staff.administrator_losses import list_losses
from silah.staff.grant_notices import describe_grant
from silah.staff.routes import reader
from silah.web.access import PERMISSION_LABELS, Permission, requires


@bp.get("/grants")
@requires(Permission.MANAGE_STAFF)
def pending_grants() -> Any:
    """What waits to be confirmed, with who asked for it and when."""
    by = reader()
    rows = [(one, sensitive_words(one), grants.can_confirm(one, by), one.asked_by == by.id) for one in grants.listing()]
    shown = {"losses": list_losses(), "describe_grant": describe_grant}
    return render_template("admin/grants.html", rows=rows, grants_roles=by.may(Permission.GRANT_ROLES), **shown)


@bp.post("/grants/<uuid:id>/confirm")
@requires(Permission.GRANT_ROLES)
def confirm_grant(id: UUID) -> Any:
    """Let a grant take effect."""
    grants.confirm(id, by=reader())
    flash(_("Confirmed. It holds from the next page on."), "good")
    return redirect(url_for(".pending_grants"))


@bp.post("/grants/<uuid:id>/refuse")
@requires(Permission.MANAGE_STAFF)
def refuse_grant(id: UUID) -> Any:
    """Refuse a grant, or take back one's own."""
    grants.refuse(id, by=reader())
    flash(_("The grant does not take effect. It stays on record."))
    return redirect(url_for(".pending_grants"))


def tell_of_grants(*, member: UUID | None = None, role: UUID | None = None) -> None:
    """Say that part of what was saved waits for a second administrator, where it does."""
    mine = [one for one in grants.listing() if one.asked_by == reader().id]
    if any(one.member_id == member if member else (one.role_id == role and one.member_id is None) for one in mine):
        flash(_("What is sensitive takes effect once another administrator has confirmed it."), "warn")


def sensitive_words(grant: PendingGrant) -> list[Any]:
    """What a grant would allow that is sensitive, or all that it adds to a role, in words."""
    given = grant.permissions or authority.sensitive(grant.role.permissions)
    seat = [_("A seat on the committee of this role, and a vote there")]
    words = [PERMISSION_LABELS[one] for one in Permission if one.value in given]
    return words + (seat if grant.member_id and authority.seats_one(grant.role) else [])
