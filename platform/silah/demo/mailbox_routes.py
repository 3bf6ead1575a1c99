"""The demo's mailbox at `/demo/mail` of the platform's host: what mail and SMS would have said, and to whom."""

from io import BytesIO
from pathlib import Path

from flask import Blueprint, Response, current_app, render_template, request, send_file

from silah.demo.letters import Letter, letter, letters
from silah.errors import NotFound
from silah.web.access import public

bp = Blueprint("mailbox", __name__, url_prefix="/demo/mail", template_folder="templates")

SHOWN = 50


@bp.get("")
@public(place="platform")
def index() -> str:
    """The latest messages, all or those to one address."""
    to = request.args.get("to", "").strip()
    found = [one for one in letters(folder()) if to.lower() in one.to.lower()]
    return render_template("demo/mailbox.html", letters=found[:SHOWN], to=to, count=len(found))


@bp.get("/<name>")
@public(place="platform")
def show(name: str) -> str:
    """One message."""
    return render_template("demo/letter.html", letter=wanted(name))


@bp.get("/<name>/<int:number>")
@public(place="platform")
def attachment(name: str, number: int) -> Response:
    """A file that came with a message, always as a download."""
    files = wanted(name).attachments
    if number >= len(files):
        raise NotFound
    file_name, media_type, content = files[number]
    return send_file(BytesIO(content), mimetype=media_type, as_attachment=True, download_name=file_name)


def wanted(name: str) -> Letter:
    """The message that the address names; raises `NotFound`."""
    found = letter(folder(), name)
    if found is None:
        raise NotFound
    return found


def folder() -> Path:
    """Where the messages are."""
    found: Path = current_app.config["SILAH"].mailbox_dir
    return found
