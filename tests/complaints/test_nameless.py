"""Attacks on who complains without a name: by what is shown, exported, printed, told, searched for and downloaded."""

import io
import itertools
import re
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from silah import clock as time
from silah.cases import file_jobs
from silah.cases.models import Case, CaseDocument
from silah.complaints.models import Complaint
from silah.desk.search import matching
from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.notifications.models import OutboxMessage
from silah.submissions import idempotency
from tenants.database import db
from tests import paper_text
from tests.documents.test_bare import SAID, picture, telling, unpacked

from .test_portal import COMPLAINT, NAMELESS, PERSON, followed, sent

BODY = "follow_up_committee"
HOUR = re.compile(r"\b\d{1,2}:\d\d\b")
FILES = ("IMG_20260907_123456_ليلى.jpg", "Complaint by Layla Al-Nasser.pdf")
_addresses = (f"10.1.{n >> 8}.{n & 255}" for n in itertools.count(1))


@pytest.fixture(scope="module")
def home(make_association):
    return make_association(blueprint="samtah-cooperative")


def elsewhere():
    """Another address each time, past the limits on sending."""
    return {"environ_overrides": {"REMOTE_ADDR": next(_addresses)}}


def papers():
    return [(io.BytesIO(picture()), FILES[0]), (io.BytesIO(telling()), FILES[1])]


def text_of(data):
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return b"".join(book.read(name) for name in book.namelist()).decode("utf-8", "replace")
    return paper_text.everything(data) if data[:5] == b"%PDF-" else data.decode("utf-8", "replace")


@pytest.fixture
def nameless(client, home, serve, seat):
    """An anonymous complaint with papers, a message and an answer; its id, reference, code and tracking page."""
    seat(f"{BODY}_chair")
    browser = client(home)
    reference, code = sent(browser, "/complaints/new", {**NAMELESS, "files": papers()}, **elsewhere())
    where = followed(browser, reference, code, **elsewhere())
    assert browser.post(f"{where}/messages", data={"body": "وأمر آخر"}, **elsewhere()).status_code == 302
    with serve(home):
        case_id = db.session.scalars(select(Case.id).where(Case.reference == reference)).one()
    return case_id, reference, browser, where


class TestOnPagesAndPapers:
    def test_no_hour_is_shown_to_anybody(self, seat, nameless):
        case_id, reference, browser, where = nameless
        chair = seat(f"{BODY}_chair")
        for page in (
            chair.get(f"/desk/cases/{case_id}?lang=en"),
            chair.get(f"/desk/cases?view=all&lang=en&q={reference}"),
            chair.get("/desk/complaints?lang=en"),
            browser.get(f"{where}?lang=en"),
        ):
            assert page.status_code == 200
            main = page.text.partition("<main")[2]
            assert HOUR.search(re.sub(r"<[^>]+>", " ", main)) is None
            assert re.search(r'datetime="[^"]*T(?!00:00)', main) is None

    def test_no_hour_and_no_name_stands_on_its_receipt(self, nameless):
        _case_id, reference, browser, where = nameless
        paper = browser.get(f"{where}/receipt.pdf?lang=en").data
        said = text_of(paper)
        assert HOUR.search(said) is None
        assert reference in said
        assert "Name" not in paper_text.words(paper)

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_no_hour_stands_in_a_table(self, seat, nameless, form):
        answer = seat(f"{BODY}_chair").get(f"/desk/figures.{form}?span=year&kind=complaint")
        said = text_of(answer.data)
        assert nameless[1] in said
        if form == "csv":
            (line,) = [line for line in said.splitlines() if nameless[1] in line]
            assert HOUR.search(line) is None
        else:
            numbers = re.findall(r'<c r="[G-K]\d+"[^>]*><v>([^<]+)</v>', said)
            assert numbers
            assert all("." not in number for number in numbers)


class TestInMessages:
    def test_staff_read_no_hour_and_nothing_of_what_was_said(self, serve, home, nameless):
        with serve(home):
            rows = db.session.scalars(select(OutboxMessage).where(OutboxMessage.case_id == nameless[0])).all()
            bodies = [f"{row.subject} {row.body}" for row in rows]
        assert bodies
        assert not any(HOUR.search(body) or NAMELESS["text"] in body for body in bodies)


class TestInSearch:
    @pytest.mark.parametrize("words", ["عُرضت بياناتي", "وأمر", FILES[1], "127.0.0.1", "ليلى"])
    def test_nothing_that_was_said_finds_it(self, serve, home, nameless, words):
        with serve(home):
            assert db.session.scalar(select(Case.id).where(Case.id == nameless[0], matching(words))) is None


class TestItsFiles:
    def test_are_downloaded_without_their_names_and_origins(self, seat, serve, home, nameless):
        with serve(home):
            rows = select(CaseDocument.file_id).where(CaseDocument.case_id == nameless[0])
            ids = db.session.scalars(rows).all()
        assert len(ids) == 2
        for file_id in ids:
            answer = seat(f"{BODY}_chair").get(f"/documents/{file_id}")
            assert answer.status_code == 200
            assert "Last-Modified" not in answer.headers
            assert re.search(r'filename="[12]\.(jpg|pdf)"', answer.headers["Content-Disposition"])
            assert origins(answer.data) == []


class TestWhereItsFilesLie:
    def test_no_time_of_a_file_or_folder_tells_the_hour(self, serve, home, nameless, settings):
        with serve(home):
            rows = files_of([nameless[0]])
            assert len(rows) == 2
            for row in rows:
                assert row.created_at == time.day_start()
                path = Path(settings.storage_url, row.storage_key)
                for place in (path, path.parent, path.parent.parent):
                    assert datetime.fromtimestamp(place.stat().st_mtime, time.RIYADH).time().isoformat() == "00:00:00"

    def test_by_the_next_morning_no_place_of_a_row_does(self, client, serve, home, nameless, clock):
        def named_one():
            named = sent(client(home), "/complaints/new", {**COMPLAINT, "files": papers()}, **elsewhere())[0]
            with serve(home):
                return db.session.scalars(select(Case.id).where(Case.reference == named)).one()

        others = [named_one() for _ in range(2)]
        with serve(home):
            mine, theirs = [written(files_of(one)) for one in ([nameless[0]], others)]
        clock(time.now() + timedelta(days=1))
        with serve(home):
            file_jobs.sweep("daily", {})
            db.session.commit()
        with serve(home):
            later = written(files_of([nameless[0]]))
            assert {one.xmin for one in later}.isdisjoint(one.xmin for one in mine)
            assert len({one.xmin for one in later}) == 1
            assert {one.ctid for one in later}.isdisjoint(one.ctid for one in mine)
            assert written(files_of(others)) == theirs
            for row in files_of([nameless[0]]):
                assert documents.open(row)


class TestEveryWayIn:
    @pytest.mark.parametrize(
        ("role", "path", "fields"),
        [
            (None, "/complaints/new", {**PERSON, "about": "data", "text": "x", "how": "named"}),
            (None, "/complaints/new", NAMELESS),
            (None, "/inquiries/new", {**PERSON, "kind": "support", "text": "x"}),
            ("relations_officer", "/desk/record/complaint", {**PERSON, "channel": "fax", "about": "data", "text": "x"}),
            ("relations_officer", "/desk/record/inquiry", {**PERSON, "channel": "fax", "kind": "inquiry", "text": "x"}),
        ],
    )
    def test_takes_the_origin_off_pictures_and_papers(self, client, seat, serve, home, role, path, fields):
        with serve(home):
            before = set(db.session.scalars(select(StoredFile.id)))
        browser = seat(role) if role else client(home)
        assert browser.post(path, data={**fields, "files": papers()}, **elsewhere()).status_code in (200, 302)
        with serve(home):
            fresh = db.session.scalars(select(StoredFile).where(StoredFile.id.not_in(before))).all()
            kept = {one.media_type: documents.open(one) for one in fresh}
        assert set(kept) == {"image/jpeg", "application/pdf"}
        assert [origins(data) for data in kept.values()] == [[], []]

    def test_is_not_by_messages_or_asked_documents(self, nameless):
        _case_id, _reference, browser, where = nameless
        answer = browser.post(
            f"{where}/messages", data={"body": "x", "files": papers(), "file": papers()[0]}, **elsewhere()
        )
        assert answer.status_code == 302
        assert browser.get(f"{where}/documents/national_id_copy").status_code == 404

    @pytest.mark.parametrize("path", ["/complaints/new", "/desk/record/complaint"])
    def test_nothing_is_kept_of_what_was_refused(self, client, seat, home, serve, path):
        browser = seat("relations_officer") if path.startswith("/desk") else client(home)
        with serve(home):
            before = set(db.session.scalars(select(StoredFile.id)))
        files = [papers()[0], (io.BytesIO(b"MZ no paper"), "x.exe")]
        answer = browser.post(path, data={**NAMELESS, "channel": "fax", "files": files}, **elsewhere())
        assert answer.status_code == 422
        assert NAMELESS["text"] in answer.text
        with serve(home):
            fresh = db.session.scalars(select(StoredFile).where(StoredFile.id.not_in(before))).all()
            # What was taken waits, nameless, for the next sending; nobody who sends nothing leaves it there for long.
            assert [(one.purpose, one.name, one.created_at) for one in fresh] == [
                ("pending", "1.jpg", time.day_start())
            ]
            assert [origins(documents.open(one)) for one in fresh] == [[]]
            with time.at(time.now() + timedelta(days=2)):
                ids = [one.id for one in fresh]
                idempotency.forget_expired()
            db.session.expire_all()
            assert not db.session.scalars(select(StoredFile).where(StoredFile.id.in_(ids))).all()

    def test_a_paper_that_cannot_be_cleaned_is_refused_beside_its_field(self, client, home, serve):
        with serve(home):
            before = len(db.session.scalars(select(Complaint.case_id)).all())
        odd = (io.BytesIO(b"%PDF-1.7\nAuthor (Layla)\n%%EOF\n"), "x.pdf")
        answer = client(home).post("/complaints/new", data={**NAMELESS, "files": odd}, **elsewhere())
        assert answer.status_code == 422
        with serve(home):
            assert len(db.session.scalars(select(Complaint.case_id)).all()) == before


def files_of(cases):
    """The rows of the files of these cases."""
    rows = select(StoredFile).join(CaseDocument, CaseDocument.file_id == StoredFile.id)
    return db.session.scalars(rows.where(CaseDocument.case_id.in_(cases))).all()


def written(rows):
    """Where PostgreSQL keeps these rows and their places on the case, and which transactions wrote them."""
    sql = text(
        "SELECT f.xmin::text, f.ctid::text, d.xmin::text AS listed FROM stored_file f"
        " JOIN case_document d ON d.file_id = f.id WHERE f.id = ANY(:ids) ORDER BY f.id"
    )
    return db.session.execute(sql, {"ids": [row.id for row in rows]}).all()


def origins(data):
    """What a file still says of where it came from."""
    whole = unpacked(data) if data[:5] == b"%PDF-" else data
    return [said for said in (*SAID, b"2026:09:07", "ليلى".encode()) if said in whole]
