"""The administrators' pages on staff, roles and branch offices: one blueprint, its views grouped by what they show."""

from flask import Blueprint

bp = Blueprint("admin", __name__, template_folder="templates", url_prefix="/admin")

from silah.staff import (  # noqa: E402, F401  # the views hang themselves on bp
    branch_routes,
    change_routes,
    department_routes,
    grant_routes,
    role_routes,
    staff_routes,
)
