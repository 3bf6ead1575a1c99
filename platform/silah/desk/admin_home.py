"""The administrators' first page: what can be set up here, and what still needs a decision."""

from typing import Any

from flask import render_template, url_for
from flask_babel import lazy_gettext as _l

from silah import clock
from silah.desk import navigation
from silah.desk.member import worker
from silah.desk.routes import bp
from silah.intake import request_types
from silah.web.access import Member, Permission, requires
from tenants import versions
from tenants.policy import Policy

P = Permission

ABOUT: dict[str, tuple[str, Any]] = {
    "policies.overview": ("file", _l("The policy, its versions, and what follows from it.")),
    "calendars.year": ("calendar", _l("Holidays, special days, and the dates that they move.")),
    "desk.request_types": ("list", _l("The forms that the public fills in, their criteria and documents.")),
    "desk.settings": ("settings", _l("Colour, logo, digits, letterhead and contact.")),
    "surveys.questionnaires": ("question", _l("What beneficiaries and staff are asked, and how often.")),
    "admin.staff": ("people", _l("Who works here, their roles and branch offices.")),
    "admin.roles": ("lock", _l("What each role may do.")),
    "admin.pending_grants": ("check", _l("Sensitive permissions that a second administrator confirms.")),
    "admin.departments": ("list", _l("How the association is divided, and who works where.")),
    "admin.change_log": ("clock", _l("Who changed what about staff, roles and settings, and when.")),
    "acknowledgements.campaigns": ("check", _l("Who has read the policy, the code of ethics and the regulations.")),
    "acknowledgements.all_notices": ("message", _l("What the public is told when something changes.")),
    "admin.branches": ("place", _l("Names, hours and addresses of the offices.")),
    "committees.admin": ("hand", _l("Who sits on each committee, as what, and for how long.")),
    "settlements.settlement_rules": ("hand", _l("Who may accept what for the association, and on which grounds.")),
    "messages.templates": ("mail", _l("What applicants and staff are told, in both languages.")),
}
"""The drawing and the words of each area's door."""


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
    areas = [place for place in navigation.existing(navigation.ADMINISTRATION) if place.endpoint in ABOUT]
    return [
        {
            "label": place.label,
            "href": url_for(place.endpoint),
            "icon": ABOUT[place.endpoint][0],
            "about": ABOUT[place.endpoint][1],
        }
        for place in areas
        if member.may(*place.permissions)
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
