"""A change to staff or settings in words: what it concerns, what happened, and each field before and after."""

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah.language.bilingual import join_words, other_language
from silah.language.locale import locale
from silah.organisation.models import ChangeRecord
from silah.staff.changes import Line
from silah.web.access import PERMISSION_LABELS, Permission

SUBJECTS: dict[str, Any] = {
    "member": _l("Staff"),
    "role": _l("Roles"),
    "department": _l("Departments"),
    "branch": _l("Branch offices"),
    "settings": _l("Settings of the association"),
    "blueprint": _l("Blueprint"),
}
VERBS: dict[str, Any] = {
    "added": _l("Added"),
    "changed": _l("Changed"),
    "invited_again": _l("Invited again"),
    "handed_over": _l("Open work handed over"),
    "code_set_up": _l("The code from the telephone was set up"),
    "code_removed": _l("The code from the telephone was removed"),
    "code_reset": _l("The code from the telephone was reset by an administrator"),
    "code_reset_by_platform": _l("The code from the telephone was reset by the operator of the platform"),
    "paper_renewed": _l("Fresh codes on paper were made"),
    "seated": _l("Named to a committee"),
    "administers_no_more": _l("No longer an administrator; sensitive grants wait for 30 days all the same"),
    "grant_asked": _l("Asked for; waits for a second administrator"),
    "grant_confirmed": _l("Confirmed by a second administrator"),
    "grant_refused": _l("Refused, or taken back"),
    "password_chosen": _l("Another password was chosen"),
    "renamed": _l("Changed"),
    "took": _l("Taken from the blueprint"),
    "left": _l("Left as it is, whatever the blueprint has"),
}
FIELDS: dict[str, Any] = {
    "name": _l("Name"),
    "name_ar": _l("Name in Arabic"),
    "name_en": _l("Name in English"),
    "email": _l("E-mail address"),
    "locale": _l("Language of letters"),
    "state": _l("State"),
    "roles": _l("Roles"),
    "branch_id": _l("Branch office"),
    "department_id": _l("Department"),
    "engagement": _l("Works here"),
    "exempt": _l("Has a policy of their own"),
    "permissions": _l("What members with this role may do"),
    "totp_required": _l("Signing in takes a code from the telephone"),
    "active": _l("In use"),
    "hours_ar": _l("Opening hours in Arabic"),
    "hours_en": _l("Opening hours in English"),
    "address_ar": _l("Address in Arabic"),
    "address_en": _l("Address in English"),
    "phone": _l("Telephone"),
    "accent": _l("Colour"),
    "digits": _l("Digits in Arabic pages and letters"),
    "logo_id": _l("Logo"),
    "licence_number": _l("Licence number"),
    "letterhead_number": _l("Letterhead number"),
    "city_ar": _l("City in Arabic"),
    "city_en": _l("City in English"),
    "complaints": _l("Rules for complaints"),
    "surveys": _l("Satisfaction"),
    "settlements": _l("Disputes and compensation"),
    "sends_notices": _l("Applicants with an open case get each notice by e-mail or SMS"),
}
VALUES: dict[str, dict[Any, Any]] = {
    "state": {"active": _l("Active"), "invited": _l("Invited"), "suspended": _l("Suspended")},
    "engagement": {
        "staff": _l("Employed by the association"),
        "contracted": _l("Under contract"),
        "volunteers": _l("As a volunteer"),
    },
    "digits": {"western": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩"},
    "locale": {"ar": "العربية", "en": "English"},
}
PAGES = {"member": "admin.member", "role": "admin.role", "department": "admin.department", "branch": "admin.branch"}


def told(line: Line) -> dict[str, Any]:
    """One change as its page shows it."""
    record = line.record
    return {
        "at": record.at,
        "actor": line.actor,
        "platform": record.verb == "code_reset_by_platform" or line.actor is None,
        "origin": record.origin,
        "subject": SUBJECTS[record.subject],
        "name": _said("name", record.data["name"]),
        "href": _where(record),
        "verb": VERBS[record.verb],
        "fields": [_field(*field) for field in record.data["fields"]],
    }


def _where(record: ChangeRecord) -> str | None:
    page = PAGES.get(record.subject)
    return url_for(page, id=record.subject_id) if page and record.subject_id else None


def _field(name: str, before: Any, after: Any) -> dict[str, Any]:
    """A field's line; of a list of permissions, what came and what went."""
    if name == "permissions":
        was, now = set(before or ()), set(after or ())
        return {"label": FIELDS[name], "gone": _permissions(was - now), "come": _permissions(now - was)}
    return {"label": FIELDS[name], "before": _said(name, before), "after": _said(name, after)}


def _permissions(some: Iterable[str]) -> list[str]:
    return [str(PERMISSION_LABELS[one]) for one in Permission if one.value in some]


def _said(name: str, value: Any) -> str:
    """A value as a reader expects it, in their language."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, dict):
        return str(value.get(locale()) or value.get(other_language()) or "")
    if isinstance(value, list):
        return join_words(_said(name, one) for one in value)
    return str(VALUES.get(name, {}).get(value, value))
