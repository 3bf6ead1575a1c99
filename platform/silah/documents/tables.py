"""Tables for spreadsheets: CSV that Excel opens right in Arabic, and XLSX; nothing in them runs as a formula."""

import csv as writing
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.writer.excel import ExcelWriter

from silah.documents.archives import NO_TIME, UndatedZip

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
    return book([(title, heads, rows)], rtl=rtl)


def book(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]], *, rtl: bool) -> bytes:
    """A workbook of several sheets: the title of each, its heads and rows."""
    made, taken = Workbook(write_only=True), set[str]()
    made.properties.creator = "Silah"
    made.properties.created = made.properties.modified = datetime(*NO_TIME)  # noqa: DTZ001 - openpyxl wants no zone
    for title, heads, rows in sheets:
        _sheet(made, _free(title, taken), heads, rows, rtl=rtl)
    out = io.BytesIO()
    ExcelWriter(made, UndatedZip(out, "w", zipfile.ZIP_DEFLATED)).save()
    return out.getvalue()


def _free(title: str, taken: set[str]) -> str:
    """A name that a sheet may have: short, without the signs that are not allowed, and not given twice."""
    plain = "".join(letter for letter in title if letter not in "[]:*?/\\")
    name, count = plain[:31], 2
    while name in taken:
        name, count = f"{plain[:27]} {count}", count + 1
    taken.add(name)
    return name


def _sheet(made: Workbook, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], *, rtl: bool) -> None:
    sheet = made.create_sheet(title)
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


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: what begins like a formula is marked as text."""
    return f"'{cell}" if cell.lstrip(" ").startswith(RISKY) else cell


def _text(sheet: object, value: str) -> WriteOnlyCell:
    plain = "".join(letter for letter in value if letter >= " " or letter in "\t\n")
    cell = WriteOnlyCell(sheet, value=plain)
    cell.data_type = "s"
    return cell
