"""What every host serves beside its pages: the theme, and in development the parts."""

from flask import Blueprint, current_app

from silah.errors import NotFound
from silah.shell.parts_page import parts
from silah.shell.theme import theme
from silah.web.access import public

bp = Blueprint("shell", __name__)
bp.add_url_rule("/theme.css", "theme", theme)


@bp.get("/console/parts")
@public(place="any")
def parts_page() -> str:
    """Every part on one page, for those who build pages; there is no such page in production."""
    if not current_app.config["SILAH"].development:
        raise NotFound
    return parts()
