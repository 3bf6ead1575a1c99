"""Tables for spreadsheets: CSV that Excel opens right in Arabic, and XLSX; nothing in them runs as a formula."""

import csv as writing
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

Cell = str | int | float | Decimal | date | None
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Text with a BOM, by which Excel knows its letters; what begins like a formula is marked as text."""
    out = io.StringIO()
    writer = writing.writer(out)
    writer.writerow(heads)
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def xlsx(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], *, rtl: bool) -> bytes:
    """A workbook of one sheet, written row by row; text stays text whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.sheet_view.rightToLeft = rtl
    sheet.freeze_panes = "A2"
    for place in range(len(heads)):
        sheet.column_dimensions[chr(ord("A") + place % 26)].width = 20
    bold = []
    for head in heads:
        cell = WriteOnlyCell(sheet, value=head)
        cell.font = Font(bold=True)
        bold.append(cell)
    sheet.append(bold)
    for row in rows:
        sheet.append([_text(sheet, cell) if isinstance(cell, str) else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: what begins like a formula is marked as text."""
    return f"'{cell}" if cell.lstrip(" ").startswith(RISKY) else cell


def _text(sheet: object, value: str) -> WriteOnlyCell:
    plain = "".join(letter for letter in value if letter >= " " or letter in "\t\n")
    cell = WriteOnlyCell(sheet, value=plain)
    cell.data_type = "s"
    return cell
