"""`/admin/changes`: who changed what, when, about staff, roles, departments, offices and settings."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for

from silah.language.dates import read_iso_instant
from silah.staff import change_labels, changes
from silah.staff.admin_routes import bp
from silah.web.access import Permission, requires


@bp.get("/changes")
@requires(Permission.MANAGE_STAFF)
def change_log() -> Any:
    """The latest changes first: all, or those of one kind or about one subject."""
    subject = request.args.get("kind")
    subject = subject if subject in change_labels.SUBJECTS else None
    about, after = _uuid(request.args.get("about")), _place(request.args.get("after"))
    found = changes.page(subject=subject, about=about, after=after)
    shown, more = found[: changes.PAGE], len(found) > changes.PAGE
    kept: dict[str, Any] = {"kind": subject, "about": about}
    return render_template(
        "admin/changes.html",
        lines=[change_labels.told(line) for line in shown],
        subject=subject,
        about=about,
        subjects=change_labels.SUBJECTS,
        first=url_for(".change_log", **kept) if after else None,
        further=url_for(".change_log", **kept, after=_word(shown[-1])) if more else None,
    )


def _word(line: changes.Line) -> str:
    return f"{line.record.at.isoformat()}_{line.record.id}"


def _place(word: str | None) -> tuple[datetime, UUID] | None:
    """Where a page begins; None for no word or a damaged one."""
    moment, _, id = (word or "").replace(" ", "+").rpartition("_")
    at, found = read_iso_instant(moment), _uuid(id)
    return (at, found) if at and found else None


def _uuid(word: str | None) -> UUID | None:
    try:
        return UUID(word) if word else None
    except ValueError:
        return None
