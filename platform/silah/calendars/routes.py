"""`/admin/calendar`: one blueprint, its views grouped in modules by what they show."""

from flask import Blueprint

bp = Blueprint("calendars", __name__, template_folder="templates", url_prefix="/admin/calendar")

from silah.calendars import change_routes, year_routes  # noqa: E402, F401  # the views hang themselves on bp
