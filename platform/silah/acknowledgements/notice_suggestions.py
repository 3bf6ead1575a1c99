"""What a notice to the public may say about what just changed: a beginning in both languages, to be edited."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _

from silah.calendars.models import CalendarChange
from silah.cases import deadline_changes
from silah.language.localization import locale
from silah.organisation.models import BranchOffice
from tenants.database import db
from tenants.texts import Text

Words = tuple[str, str]


def about(word: str | None) -> dict[str, str]:
    """The fields of a notice about what a word names (calendar:id or branch:id); none for anything else."""
    kind, _mark, id = (word or "").partition(":")
    try:
        model, words = SUBJECTS[kind]
        found = db.session.get(model, UUID(id))
    except (KeyError, ValueError):
        return {}
    if found is None:
        return {}
    said: dict[str, str] = {}
    for language in ("ar", "en"):
        with force_locale(language):
            said[f"title_{language}"], said[f"body_{language}"] = words(found)
    return said


def _calendar(change: CalendarChange) -> Words:
    return str(_("A change in our days off")), deadline_changes.because(change.days)


def _branch(office: BranchOffice) -> Words:
    def text(name: str) -> str:
        return Text(ar=getattr(office, f"{name}_ar"), en=getattr(office, f"{name}_en")).for_locale(locale())

    lines = [(_("Opening hours"), text("hours")), (_("Address"), text("address")), (_("Telephone"), office.phone)]
    body = "\n".join(f"{label}: {value}" for label, value in lines if value)
    return str(_("A change at the office: %(office)s", office=text("name"))), body


SUBJECTS: dict[str, tuple[type[Any], Callable[[Any], Words]]] = {
    "calendar": (CalendarChange, _calendar),
    "branch": (BranchOffice, _branch),
}
