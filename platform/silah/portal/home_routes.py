"""The first page of an association."""

from collections.abc import Callable
from typing import Any

from flask import current_app, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah.portal import home_parts, public_context
from silah.portal.home_parts import HomeDoor
from silah.portal.page_cache import remembered
from silah.portal.routes import bp
from silah.submissions import idempotency
from silah.web.access import public
from tenants.context import PLATFORM, place

PLATFORM_PAGE = "silah.platform_page"
"""Under this name an application has the function that draws the first page of the platform's own host."""

home_parts.register(
    HomeDoor(
        position=20,
        endpoint="portal.follow",
        icon="search",
        label=lambda policy: _("Follow a request"),
        about=_l("See where your request stands, add what is missing, and read the reply."),
    )
)


@bp.get("/")
@public(place="any")
def home() -> Any:
    """Four doors, the channels, the branch offices and the policy; on the platform's own host what Silah is."""
    idempotency.begin_anew()
    return _drawn()


@remembered
def _drawn() -> str:
    if place.get() is PLATFORM:
        page: Callable[[], str] = current_app.extensions[PLATFORM_PAGE]
        return page()
    policy = public_context.policy()
    return render_template(
        "portal/home.html",
        policy=policy,
        channels=policy.public_channels,
        branches=public_context.branches(),
        doors=home_parts.list_doors(),
        door_links=home_parts.list_links("doors", policy),
        policy_links=home_parts.list_links("policy", policy),
        top_sections=home_parts.list_sections("top"),
        sections=home_parts.list_sections("main"),
    )
