"""The first page of an association."""

from typing import Any

from flask import render_template

from silah.access import public
from silah.acknowledgements import notices
from silah.complaints.rules import rules
from silah.console import front
from silah.intake import offers
from silah.portal import standing
from silah.portal.remembered import remembered
from silah.portal.routes import bp
from silah.web import idempotency
from tenants.context import PLATFORM, place


@bp.get("/")
@public(place="any")
def home() -> Any:
    """Four doors, the channels, the branch offices and the policy; on the platform's own host what Silah is."""
    idempotency.begin_anew()
    return _drawn()


@remembered
def _drawn() -> str:
    if place.get() is PLATFORM:
        return front.page()
    policy = standing.policy()
    return render_template(
        "portal/home.html",
        policy=policy,
        offered=[(revision, offers.definition(revision)) for revision in offers.offered()],
        channels=policy.public_channels,
        branches=standing.branches(),
        notices=notices.fresh(),
        statistics=rules().public_statistics,
    )
