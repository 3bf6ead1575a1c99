"""The administrators' first page: what can be set up here, and what still needs a decision."""

from typing import Any

from flask import render_template, url_for
from flask_babel import lazy_gettext as _l

from silah import clock
from silah.access import Member, Permission, requires
from silah.desk import rail, request_types
from silah.desk.routes import bp
from silah.desk.who import worker
from tenants import versions
from tenants.policy import Policy

P = Permission

ABOUT: dict[str, Any] = {
    "desk.request_types": _l("The forms that the public fills in, their criteria and documents."),
    "desk.settings": _l("Colour, logo, digits, letterhead and contact."),
    "admin.staff": _l("Who works here, their roles and branch offices."),
    "admin.roles": _l("What each role may do."),
    "admin.branches": _l("Names, hours and addresses of the offices."),
}


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
    )


def doors(member: Member) -> list[dict[str, Any]]:
    """The areas as cards."""
    here = url_for("desk.admin_home")
    areas = {url_for(place.endpoint): ABOUT.get(place.endpoint, "") for place in rail.existing(rail.ADMINISTRATION)}
    return [
        {"label": one["label"], "href": one["href"], "about": areas[one["href"]]}
        for one in rail.places(member, rail.ADMINISTRATION)
        if one["href"] != here
    ]


def warnings(policy: Policy) -> Any:
    """What the administrator should know: nothing is corrected in silence."""
    if policy.reply_period.bound == "floor" and policy.reply_period.target is None:
        yield _l(
            "The policy sets the earliest day of a reply and no latest one, and there is no internal target: "
            "no case will ever be overdue."
        )
    if not any(one.type.active for one in request_types.listed()):
        yield _l("No request type is offered, so the public cannot send a request.")
