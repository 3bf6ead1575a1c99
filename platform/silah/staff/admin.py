"""The administrators' pages on staff, roles and branch offices: one blueprint, its views grouped by what they show."""

from flask import Blueprint

bp = Blueprint("admin", __name__, template_folder="templates", url_prefix="/admin")

from silah.staff import (  # noqa: E402, F401  # the views hang themselves on bp
    branch_pages,
    change_pages,
    department_pages,
    grant_pages,
    handing_pages,
    role_pages,
    staff_pages,
)
