"""The pages of figures, their tables for spreadsheets, and the public's."""

import io
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from silah import clock as time
from silah.cases.models import Case
from silah.complaints import receiving, rules
from silah.complaints.receiving import Told
from silah.documents import tables
from silah.figures import exports
from silah.figures.models import Export
from silah.jobs import handlers, runner
from tenants.database import db

PERSON = {"relation": "self", "name": "نوف بنت سعد", "mobile": "+966550000055", "reply_channel": "phone"}


@pytest.fixture(scope="module")
def home(make_association):
    return make_association(blueprint="samtah-cooperative")


@pytest.fixture
def filled(serve, home):
    """Some more complaints each time."""

    def fill(count):
        with serve(home):
            for _ in range(count):
                receiving.submit(Told(about="branch", text="x", person=PERSON), channel="website")
            db.session.commit()

    return fill


class TestThePage:
    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_has_tables_beside_its_charts(self, seat, filled, language):
        filled(2)
        page = seat("senior_management").get(f"/desk/figures?span=year&lang={language}").text
        assert page.count('<svg class="chart"') >= 2
        assert page.count("<table") >= 3

    @pytest.mark.parametrize("query", ["", "?kind=complaint", "?mine=yes"])
    def test_costs_the_same_however_many_cases(self, seat, filled, queries, query):
        reader, counts = seat("senior_management"), []
        for more in (1, 8):
            filled(more)
            reader.get(f"/desk/figures{query}")
            with queries() as sent:
                assert reader.get(f"/desk/figures{query}").status_code == 200
            counts.append(len(sent))
        assert counts[0] == counts[1] < 25

    def test_says_what_to_do_where_there_is_nothing(self, seat):
        page = seat("senior_management").get("/desk/figures?kind=support&lang=en").text
        assert "Nothing was received in this time" in page


class TestTables:
    @pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", " =x", "\t=x"])
    def test_nothing_runs_as_a_formula(self, cell):
        text = tables.csv(["a"], [[cell]]).decode("utf-8-sig")
        assert text.splitlines()[1].strip('"').startswith("'")
        book = load_workbook(io.BytesIO(tables.xlsx("x", ["a"], [[cell]], rtl=True)))
        assert book.active["A2"].data_type == "s"

    def test_csv_opens_right_in_arabic(self, seat, filled):
        filled(1)
        answer = seat("senior_management").get("/desk/figures.csv?lang=ar")
        assert answer.data.startswith(b"\xef\xbb\xbf")
        assert "شكوى" in answer.data.decode("utf-8-sig")
        assert PERSON["name"] not in answer.data.decode("utf-8-sig")

    def test_xlsx_reads_from_the_right_in_arabic(self, seat, filled):
        filled(1)
        answer = seat("senior_management").get("/desk/figures.xlsx?lang=ar")
        sheet = load_workbook(io.BytesIO(answer.data)).active
        assert sheet.sheet_view.rightToLeft
        assert sheet.max_row > 1

    def test_holds_only_what_the_reader_may_see(self, seat, filled):
        filled(1)
        text = seat("relations_officer").get("/desk/figures.csv?kind=complaint").data.decode("utf-8-sig")
        assert len(text.splitlines()) == 1

    def test_a_long_one_is_written_in_the_background_for_whoever_asked(
        self, seat, filled, serve, home, app, monkeypatch
    ):
        monkeypatch.setattr(exports, "AT_ONCE", 0)
        handlers.load()
        filled(1)
        reader = seat("senior_management")
        assert 'action="/desk/figures/exports"' in reader.get("/desk/figures.xlsx").text
        page = reader.post("/desk/figures/exports", data={"form": "xlsx", "span": "year"}).location
        assert 'http-equiv="refresh"' in reader.get(page).text
        assert reader.get(f"{page}/table").status_code == 404
        key = page.rsplit("/", 1)[1]
        with app.app_context():
            assert runner.work(home.role, exports.MAKE, key)
        assert load_workbook(io.BytesIO(reader.get(f"{page}/table").data)).active.max_row > 1
        assert seat("relations_officer").get(page).status_code == 404
        with serve(home):
            exports.forget(__import__("uuid").UUID(key))
            db.session.commit()
            assert db.session.scalar(select(Export.id)) is None


class TestThePublic:
    def test_is_shown_nothing_unless_the_association_wants_it(self, client, home):
        assert client(home).get("/statistics").status_code == 404

    def test_is_shown_no_exact_number_of_today(self, client, serve, home, filled):
        filled(8)
        with serve(home):
            rules.save(rules.rules().model_copy(update={"public_statistics": True}))
            kinds = db.session.scalars(select(Case.kind)).all()
            db.session.commit()
        assert (set(kinds), len(kinds) >= 5) == ({"complaint"}, True)
        today = client(home).get("/statistics?lang=en").text
        assert re.search(rf">\s*{len(kinds)}\s*<", today) is None
        assert "Too few to show" in today
        with time.at(time.now() + timedelta(days=32)):
            later = client(home).get("/statistics?lang=en").text
        number = re.search(r'<td[^>]*class="numeric"[^>]*>\s*(?:<[^>]+>)*(\d+)', later)[1]
        assert int(number) % 5 == 0
        assert abs(int(number) - len(kinds)) < 5
        with serve(home):
            rules.save(rules.rules().model_copy(update={"public_statistics": False}))
            db.session.commit()
