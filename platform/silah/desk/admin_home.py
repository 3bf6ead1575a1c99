"""The administrators' first page: what can be set up here, and what still needs a decision."""

from typing import Any

from flask import render_template, url_for
from flask_babel import lazy_gettext as _l

from silah import clock
from silah.cases.reindexing import find_progress
from silah.desk import admin_warnings, navigation_items
from silah.desk.member import worker
from silah.desk.routes import bp
from silah.web.access import Member, Permission, requires
from tenants import versions
from tenants.policy import Policy

P = Permission


@bp.get("/admin/", endpoint="admin_home")
@requires(P.EDIT_REQUEST_TYPES, P.EDIT_SETTINGS, P.MANAGE_STAFF, P.MANAGE_BRANCHES)
def home() -> str:
    """The areas that this member administers."""
    policy = versions.in_force(clock.today())
    return render_template(
        "admin/home.html",
        doors=doors(worker()),
        policy=policy.policy,
        version=policy,
        warnings=list(warnings(policy.policy)),
        reindexing=find_progress(),
    )


def doors(member: Member) -> list[dict[str, Any]]:
    """The areas as cards."""
    return [
        {"label": item.label, "href": url_for(item.endpoint), "icon": item.icon, "about": item.about}
        for item in navigation_items.list_items("administration")
        if item.icon and member.may(*item.permissions)
    ]


def warnings(policy: Policy) -> Any:
    """What the administrator should know: nothing is corrected in silence."""
    if policy.reply_period.bound == "floor" and policy.reply_period.target is None:
        yield _l(
            "The policy sets the earliest day of a reply and no latest one, and there is no internal target: "
            "no case will ever be overdue."
        )
    yield from admin_warnings.list_warnings(policy)
