"""The staff's pages over complaints and inquiries: what is late and where it recurs, each officer's load."""

from typing import Any

from flask import Blueprint, render_template

from silah import clock
from silah.complaints import overview
from silah.desk.member import worker
from silah.web.access import Permission, requires

bp = Blueprint("complaints", __name__, template_folder="templates")
P = Permission


@bp.app_context_processor
def today() -> dict[str, Any]:
    """The day, for saying what is late."""
    return {"today": clock.today()}


@bp.get("/desk/complaints")
@requires(P.ANSWER_COMPLAINTS, P.OVERSEE_COMPLAINTS)
def board() -> str:
    """The standing page over the complaints link: what waits, what is late, what recurs and where."""
    return render_template("complaints/desk/board.html", **overview.board(worker()))


@bp.get("/desk/inquiries")
@requires(P.ANSWER_INQUIRIES, P.OVERSEE_CASES, P.OVERSEE_COMPLAINTS)
def load() -> str:
    """Each liaison officer's load and lateness, as it stands now."""
    return render_template("complaints/desk/load.html", **overview.load(worker()))
