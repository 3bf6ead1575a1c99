"""The first page of an association."""

from typing import Any

from flask import render_template

from silah.acknowledgements import notices
from silah.complaints.rules import rules
from silah.console import front
from silah.intake import request_catalogue
from silah.portal import public_context
from silah.portal.page_cache import remembered
from silah.portal.routes import bp
from silah.submissions import idempotency
from silah.web.access import public
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
    policy = public_context.policy()
    return render_template(
        "portal/home.html",
        policy=policy,
        offered=[(revision, request_catalogue.definition(revision)) for revision in request_catalogue.offered()],
        channels=policy.public_channels,
        branches=public_context.branches(),
        notices=notices.fresh(),
        statistics=rules().public_statistics,
    )
