"""The first page of an association, and what to do with a complaint or an inquiry today."""

from flask import render_template
from flask_babel import gettext as _

from silah.access import public
from silah.acknowledgements import notices
from silah.console import front
from silah.intake import offers
from silah.portal import standing
from silah.portal.remembered import remembered
from silah.portal.routes import bp
from tenants.context import PLATFORM, place
from tenants.policy_parts import Channel


@bp.get("/")
@public(place="any")
@remembered
def home() -> str:
    """Four doors, the channels, the branch offices and the policy; on the platform's own host what Silah is."""
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
    )


@bp.get("/complaints/new")
@public
@remembered
def complaint() -> str:
    """How to complain today: by the channels that the policy names."""
    return _elsewhere(_("Make a complaint"), standing.complaint_channels())


@bp.get("/inquiries/new")
@public
@remembered
def inquiry() -> str:
    """How to ask something today."""
    return _elsewhere(_("Ask a question"), standing.inquiry_channels())


def _elsewhere(title: str, channels: list[Channel]) -> str:
    return render_template("portal/elsewhere.html", title=title, channels=channels, branches=standing.branches())
