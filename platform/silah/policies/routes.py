"""`/admin/policy`: one blueprint, its views grouped in modules by what they show."""

from flask import Blueprint

bp = Blueprint("policies", __name__, template_folder="templates", url_prefix="/admin")

from silah.policies import (  # noqa: E402, F401  # the views hang themselves on bp
    approval_routes,
    blueprint_routes,
    blueprint_update_routes,
    checking_routes,
    editing_routes,
    version_routes,
)
