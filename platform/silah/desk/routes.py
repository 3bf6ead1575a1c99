"""The staff's pages and the administrators': one blueprint, its views grouped in modules by what they show."""

from flask import Blueprint

bp = Blueprint("desk", __name__, template_folder="templates")

from silah.desk import (  # noqa: E402, F401  # the views hang themselves on bp
    admin_home,
    admin_request_types,
    admin_settings,
    beneficiary_routes,
    case_routes,
    correcting,
    identity_routes,
    letter_preview,
    move_routes,
    party_routes,
    provide_routes,
    queue_routes,
    rail,
    record_routes,
)
