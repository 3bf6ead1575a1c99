"""The public pages of an association: one blueprint, its views grouped in modules by what they show."""

from typing import Any

from flask import Blueprint

from silah.cases.states import STATE_TONES, STATE_WORDS
from tenants.period_words import day_words

bp = Blueprint("portal", __name__, template_folder="templates")

from silah.portal import (  # noqa: E402, F401  # the views hang themselves on bp
    follow_routes,
    home_routes,
    identity_routes,
    sent_routes,
    tracking_routes,
)


@bp.context_processor
def words() -> dict[str, Any]:
    """What the portal's templates call states and days."""
    return {"state_words": STATE_WORDS, "state_tones": STATE_TONES, "day_words": day_words}
