"""What heads and ends every paper of an association: its name, logo, numbers and how to reach it."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from silah.documents import pdf, service
from silah.documents.models import StoredFile
from silah.language.bilingual import localized, other_language
from silah.shell.models import AssociationSetting
from tenants.context import current_tenant
from tenants.database import db

DEFAULT_ACCENT = "#0f6b5c"


def letterhead(*, lines: list[tuple[str, str]] | None = None, licence: bool = True) -> dict[str, Any]:
    """The letterhead in the language of the moment; ``lines`` (label, value) stand at its end: number, date …

    ``licence`` is false for a paper that does not carry the number of the licence.
    """
    tenant = current_tenant()
    setting = db.session.scalar(select(AssociationSetting)) or AssociationSetting(accent=DEFAULT_ACCENT)
    name, other = localized(tenant, "name"), localized(tenant, "name", other_language())
    numbers = [
        (_("Licence number"), setting.licence_number if licence else ""),
        (_("Letterhead number"), setting.letterhead_number),
    ]
    return {
        "name": name,
        "other_name": other if other != name else "",
        "accent": setting.accent or DEFAULT_ACCENT,
        "logo": _logo(setting),
        "lines": [list(line) for line in [*numbers, *(lines or [])] if line[1]],
        "contact": [part for part in (name, localized(setting, "city"), setting.phone, setting.email) if part],
    }


def _logo(setting: AssociationSetting) -> str | None:
    stored = db.session.get(StoredFile, setting.logo_id) if setting.logo_id else None
    return pdf.picture(service.open(stored), stored.media_type) if stored else None
