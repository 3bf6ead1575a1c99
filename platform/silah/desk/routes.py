"""The staff's pages and the administrators': one blueprint, its views grouped in modules by what they show."""

from flask import Blueprint

bp = Blueprint("desk", __name__, template_folder="templates")

from silah.desk import (  # noqa: E402, F401  # the views hang themselves on bp
    action_routes,
    admin_home,
    admin_settings,
    beneficiary_routes,
    case_routes,
    correction_routes,
    identity_routes,
    navigation,
    party_routes,
    queue_routes,
    receipt_routes,
    recording_routes,
    work_handover_routes,
)
