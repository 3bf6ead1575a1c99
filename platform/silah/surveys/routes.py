"""The pages of the satisfaction programme: writing, running and answering questionnaires, and their results."""

from flask import Blueprint

bp = Blueprint("surveys", __name__, template_folder="templates")

from silah.surveys import (  # noqa: E402, F401  # they hang on bp
    admin_routes,
    desk_routes,
    field_routes,
    portal_routes,
    results_routes,
)
