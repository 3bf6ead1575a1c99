"""The pages of the satisfaction programme: writing, running and answering questionnaires, and their results."""

from flask import Blueprint

bp = Blueprint("surveys", __name__, template_folder="templates")

from silah.surveys import portal_routes  # noqa: E402, F401  # the views hang themselves on bp
