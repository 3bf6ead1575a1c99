"""Who has acknowledged, as a table for a spreadsheet."""

from collections.abc import Iterable

from flask_babel import gettext as _

from silah.acknowledgements.coverage import Line
from silah.acknowledgements.models import Campaign
from silah.clock import RIYADH
from silah.documents import tables
from silah.organisation.names import named


def table(campaign: Campaign, lines: Iterable[Line]) -> bytes:
    """The campaign's table in the reader's language."""
    heads = [_("Name"), _("E-mail address"), _("Department"), _("State"), _("Opened"), _("Signed"), _("SHA-256")]
    return tables.csv(heads, [_row(line) for line in lines])


def _row(line: Line) -> list[str]:
    did, department = line.did, line.member.department
    times = [did.opened_at if did else None, did.signed_at if did else None]
    stamps = [one.astimezone(RIYADH).strftime("%Y-%m-%d %H:%M") if one else "" for one in times]
    state, digest = _("Done") if line.done else _("Owed"), (did.digest or "") if did else ""
    return [line.member.name, line.member.email, named(department) if department else "", state, *stamps, digest]
