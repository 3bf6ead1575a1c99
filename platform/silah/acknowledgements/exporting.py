"""Who has acknowledged, as a table for a spreadsheet: a BOM for Excel, and nothing that it would take for a formula."""

import csv
import io
from collections.abc import Iterable

from flask_babel import gettext as _

from silah.acknowledgements.coverage import Line
from silah.acknowledgements.models import Campaign
from silah.clock import RIYADH
from silah.staff.naming import named

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def table(campaign: Campaign, lines: Iterable[Line]) -> bytes:
    """The campaign's table in the reader's language."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [_("Name"), _("E-mail address"), _("Department"), _("State"), _("Opened"), _("Signed"), _("SHA-256")]
    )
    for line in lines:
        did, department = line.did, line.member.department
        state = _("Done") if line.done else _("Owed")
        times = [did.opened_at if did else None, did.signed_at if did else None]
        stamps = [one.astimezone(RIYADH).strftime("%Y-%m-%d %H:%M") if one else "" for one in times]
        digest = (did.digest or "") if did else ""
        cells = [line.member.name, line.member.email, named(department) if department else "", state, *stamps, digest]
        writer.writerow([harmless(cell) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: what begins like a formula is marked as text."""
    return f"'{cell}" if cell.lstrip(" ").startswith(RISKY) else cell
