"""No file that is produced tells when, where, or by whose hands it was: each is looked through byte by byte."""

import getpass
import io
import re
import socket
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from silah.documents import pdf, tables
from silah.documents.archives import NO_TIME, UndatedZip
from silah.shell import icons
from tests import paper_text
from tests.documents.test_pdf import missing

ROOT = Path(__file__).resolve().parents[2]
TIMES = re.compile(
    rb"(?:CreationDate|ModDate|CreateDate|ModifyDate|MetadataDate)|D:\d{8}|\d{4}-\d\d-\d\dT\d\d|\d\d:\d\d:\d\d"
)
WRITTEN_FOR_NONE = b"1980-01-01T00:00:00Z"
PLACES = {str(ROOT), str(Path.home()), socket.gethostname()} - {"/", "localhost"}
NAMES = {getpass.getuser(), "openpyxl"}
TEMPLATES = sorted(pdf.TEMPLATES.glob("*.typ"))


def parts(data: bytes) -> list[bytes]:
    """A file and all that is packed into it."""
    if data.startswith(b"%PDF-"):
        return [data, paper_text.unpacked(data)]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return [data, *(part for name in book.namelist() for part in parts(book.read(name)))]
    return [data]


def telling(data: bytes) -> list[object]:
    """The times, names, hosts and paths that stand in a file."""
    whole = b"\n".join(parts(data)).replace(WRITTEN_FOR_NONE, b"")
    words = {
        one
        for one in PLACES | {f"{mark}{name}{end}" for name in NAMES for mark, end in ("()", "><")}
        if one.encode() in whole
    }
    return [*TIMES.findall(whole), *words]


class TestPapers:
    @pytest.mark.parametrize("locale", ["ar", "en"])
    def test_tell_nothing(self, locale):
        assert telling(pdf.render("missing_list", missing("x"), locale)) == []

    def test_the_look_would_see_it(self, monkeypatch, tmp_path):
        (tmp_path / "dated.typ").write_text('#set document(title: "x")\nx', "utf-8")
        monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)
        assert len(telling(pdf.render("dated", {}, "en"))) > 3

    @pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
    def test_every_template_has_its_time_taken_off(self, template):
        source = template.read_text("utf-8")
        if "#show: paper.with(" in source:
            assert "set document" not in source
        else:
            assert re.findall(r"set document\(.*\)", source)
            assert all("date: none" in one for one in re.findall(r"set document\(.*\)", source))
        assert "datetime" not in source


class TestTables:
    def test_tell_nothing(self):
        assert telling(tables.csv(["a"], [["b", 1]])) == []
        assert telling(tables.xlsx("x", ["a"], [["b", 1]], rtl=True)) == []

    def test_open_as_before(self):
        book = load_workbook(io.BytesIO(tables.book([("x", ["a"], [["b"]]), ("y", ["c"], [[1]])], rtl=False)))
        assert [[cell.value for row in sheet for cell in row] for sheet in book] == [["a", "b"], ["c", 1]]

    def test_their_parts_have_no_time(self):
        with zipfile.ZipFile(io.BytesIO(tables.xlsx("x", ["a"], [["b"]], rtl=True))) as book:
            assert {one.date_time for one in book.infolist()} == {NO_TIME}


def test_archives_tell_nothing(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    with UndatedZip(tmp_path / "all.zip", "w") as pack:
        pack.write(tmp_path / "a.txt", "a.txt")
        pack.writestr("b.txt", "y")
        with pack.open("c.txt", "w") as part:
            part.write(b"z")
    with zipfile.ZipFile(tmp_path / "all.zip") as pack:
        assert [(one.filename, one.date_time) for one in pack.infolist()] == [
            (name, NO_TIME) for name in ("a.txt", "b.txt", "c.txt")
        ]
    assert telling((tmp_path / "all.zip").read_bytes()) == []


def test_marks_of_phones_tell_nothing():
    assert telling(icons.square(48, "#0f6b5c")) == []


def test_no_archive_is_written_in_another_way():
    code = {path: path.read_text("utf-8") for path in (ROOT / "platform").rglob("*.py")}
    writing = {path.name for path, text in code.items() if re.search(r"(?<!Undated)Zip(File)?\([^)]*\"w\"", text)}
    assert writing == set()
