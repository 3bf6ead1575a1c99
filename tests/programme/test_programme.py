"""The programme: promised beside done, standing reviews, what changed because people said so, evidence."""

import hashlib
import io
import json
import subprocess
import zipfile
from datetime import date, timedelta
from typing import ClassVar

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from silah import clock
from silah.cases.models import CaseBar
from silah.committees.models import AgendaItem, CommitteeMeeting, MeetingMinutes
from silah.jobs import handlers
from silah.notifications.models import OutboxMessage
from silah.organisation.models import Membership
from silah.programme import evidence, evidence_parts, promised_instruments, reviews
from silah.programme.models import EvidencePack, SaidAndDone, StandingReview
from silah.staff.members import as_member
from tenants import versions
from tenants.database import db
from tenants.registry import DueWork
from tenants.versions import PolicyVersion
from tests.complaints.conftest import Office

BOSS, SPEAKER, OUTSIDER = "senior_management", "administrator", "volunteer"


@pytest.fixture(scope="module")
def home(make_association):
    return make_association(blueprint="samtah-cooperative")


@pytest.fixture
def begun(seat, serve, home):
    """Begins a review by its page; gives its id."""

    def begin(instrument="link_follow_up", since=None, until=None):
        since, until = since or clock.today().replace(day=1), until or clock.today()
        sent = {"instrument": instrument, "since": since.isoformat(), "until": until.isoformat()}
        answer = seat(BOSS).post("/desk/programme/reviews/new", data=sent)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"].rsplit("/", 1)[1]

    return begin


class TestPromised:
    def test_each_instrument_of_the_policy_stands_beside_what_was_done(self, seat, begun):
        page = seat(BOSS).get("/desk/programme?lang=en").text
        for name in ("Questionnaires", "Field surveys", "Supervisory visits", "Interviews"):
            assert name in page
        assert "Goes on all the time" in page  # the link is followed up continuously
        missing = page.count("Not done yet this year")
        review = begun("liaison_oversight")
        seat(BOSS).post(f"/desk/programme/reviews/{review}", data={"remarks": "راجعناها", "decisions": ""})
        assert seat(BOSS).post(f"/desk/programme/reviews/{review}/hold").status_code == 302
        assert seat(BOSS).get("/desk/programme?lang=en").text.count("Not done yet this year") == missing - 1

    def test_another_year_is_told_apart(self, seat):
        year = clock.today().year - 1
        page = seat(BOSS).get(f"/desk/programme?lang=en&year={year}").text
        assert "Not done yet this year" not in page
        assert str(year) in page
        assert "No policy was in force in this year" in seat(BOSS).get("/desk/programme?lang=en&year=2020").text
        assert seat(BOSS).get("/desk/programme?year=9999").status_code == 200

    def test_is_not_for_everybody(self, seat):
        assert seat(OUTSIDER).get("/desk/programme").status_code == 403

    def test_is_what_the_policy_of_that_time_promised(self, serve, home):
        with serve(home):
            now = versions.in_force(clock.today())
            since, before = now.in_force_from, now.in_force_from - timedelta(days=400)
            first = now.policy.satisfaction.instruments[:1]
            satisfaction = now.policy.satisfaction.model_copy(update={"instruments": first})
            older = PolicyVersion.of(now.policy.model_copy(update={"satisfaction": satisfaction}), at=clock.now())
            older.state, older.in_force_from, older.in_force_until = "superseded", before, since
            db.session.add(older)
            db.session.flush()
            assert [one.instrument for one in promised_instruments.lines(before, since - timedelta(days=1))] == list(
                first
            )
            assert len(promised_instruments.lines(since, since + timedelta(days=600))) == len(
                now.policy.satisfaction.instruments
            )
            assert promised_instruments.lines(before - timedelta(days=9), before - timedelta(days=1)) == []
            db.session.rollback()


class TestReviews:
    def test_begin_with_figures_and_are_held_once_and_for_all(self, seat, begun):
        review = begun()
        at = f"/desk/programme/reviews/{review}"
        page = seat(BOSS).get(f"{at}?lang=en").text
        assert "Complaint" in page
        assert "Days (median)" in page
        assert seat(BOSS).post(f"{at}/hold").status_code == 302
        assert "Write what was remarked" in seat(BOSS).get(f"{at}?lang=en").text
        assert seat(BOSS).post(at, data={"remarks": "تأخر", "decisions": "متابعة أسبوعية"}).status_code == 302
        assert seat(BOSS).post(f"{at}/hold").status_code == 302
        assert "متابعة أسبوعية" in seat(BOSS).get(at).text
        assert seat(BOSS).post(at, data={"remarks": "غيره"}).status_code == 409
        assert seat(BOSS).post(f"{at}/hold").status_code == 409
        assert seat(BOSS).post(f"{at}/drop").status_code == 409
        assert seat(BOSS).get(f"{at}/review.pdf").data.startswith(b"%PDF")

    def test_are_thrown_away_before_that(self, seat, begun, serve, home):
        review = begun()
        assert seat(BOSS).post(f"/desk/programme/reviews/{review}/drop").status_code == 302
        with serve(home):
            assert db.session.get(StandingReview, review) is None

    @pytest.mark.parametrize(
        ("since", "until", "field"),
        [("2026-09-02", "2026-09-01", "until"), ("2999-01-01", "2999-02-01", "since"), ("x", "2026-09-01", "since")],
    )
    def test_bad_spans_are_said_at_their_field(self, seat, since, until, field):
        sent = {"instrument": "link_follow_up", "since": since, "until": until}
        answer = seat(BOSS).post("/desk/programme/reviews/new", data=sent)
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text

    def test_are_for_senior_management(self, seat, begun):
        review = begun()
        assert seat("administrator").get(f"/desk/programme/reviews/{review}").status_code == 403
        assert seat("administrator").get("/desk/programme/reviews/new").status_code == 403

    @pytest.mark.parametrize(
        ("day", "first", "last"),
        [
            (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
            (date(2026, 11, 30), date(2026, 10, 1), date(2026, 12, 31)),
            (date(2024, 2, 29), date(2024, 1, 1), date(2024, 3, 31)),
        ],
    )
    def test_quarters(self, day, first, last):
        assert reviews.quarter(day) == (first, last)

    def test_each_quarter_asks_for_its_own_until_it_is_held(self, seat, serve, home):
        seat(BOSS)
        handlers.load()
        with serve(home):
            row = db.session.scalars(select(DueWork).where(DueWork.kind == reviews.QUARTER)).one()
            assert row.due_at.astimezone(clock.RIYADH).date() == reviews.quarter(clock.today())[1] + timedelta(days=1)
            with clock.at(row.due_at):
                handlers.handler_of(reviews.QUARTER)(reviews.KEY, {})
                db.session.flush()
                waits = OutboxMessage.template == "review_waits"
                assert db.session.scalars(select(OutboxMessage).where(waits)).first() is not None
                db.session.refresh(row)
                assert row.due_at > clock.now()
            db.session.rollback()


class TestSaid:
    TEXTS: ClassVar = {"said_ar": "قلتم", "said_en": "You spoke", "done_ar": "فعلنا", "done_en": "We acted"}

    def test_is_published_changed_and_withdrawn(self, seat, client, home, serve):
        desk, visitor = seat(SPEAKER), client(home)
        assert desk.post("/desk/programme/said/new", data=self.TEXTS).status_code == 302
        assert "You spoke" in visitor.get("/you-said?lang=en").text
        assert "فعلنا" in visitor.get("/you-said?lang=ar").text
        with serve(home):
            made = db.session.scalars(select(SaidAndDone.id)).one()
        assert desk.post(f"/desk/programme/said/{made}", data=self.TEXTS | {"done_en": "Changed"}).status_code == 302
        assert "Changed" in visitor.get("/you-said?lang=en").text
        assert desk.post(f"/desk/programme/said/{made}/withdraw").status_code == 302
        assert "Changed" not in visitor.get("/you-said?lang=en").text

    def test_needs_both_languages_and_keeps_what_was_typed(self, seat):
        answer = seat(SPEAKER).post("/desk/programme/said/new", data=self.TEXTS | {"said_en": " "})
        assert answer.status_code == 422
        assert "We acted" in answer.text
        assert 'id="said_en-error"' in answer.text


class TestEvidence:
    @pytest.fixture
    def pack(self, seat, serve, home):
        since = clock.today() - timedelta(days=300)
        sent = {"since": since.isoformat(), "until": clock.today().isoformat()}
        answer = seat(BOSS).post("/desk/programme/evidence", data=sent)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"].rsplit("/", 1)[1]

    def test_is_one_file_with_a_manifest_that_fits(self, seat, serve, home, pack, tmp_path):
        at = f"/desk/programme/evidence/{pack}"
        assert seat(BOSS).get(f"{at}/pack.zip").status_code == 404
        assert "http-equiv" in seat(BOSS).get(at).text
        with serve(home):
            found = db.session.get(EvidencePack, pack)
            boss = as_member(db.session.get_one(Membership, found.member_id))
            whole = evidence.whole(found.since, found.until, boss)
            evidence.make(found.id)
            evidence.make(found.id)
            db.session.commit()
        data = seat(BOSS).get(f"{at}/pack.zip").data
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            manifest = json.loads(held.read("manifest.json"))
            listed = {one["path"]: one["sha256"] for one in manifest["files"]}
            assert set(held.namelist()) == {*listed, "manifest.json", "SHA256SUMS"}
            held.extractall(tmp_path)
            for path, digest in listed.items():
                assert hashlib.sha256(held.read(path)).hexdigest() == digest
            folders = {path.partition("/")[0] for path in listed}
        checked = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path, check=True)  # noqa: S607
        assert checked.returncode == 0
        (tmp_path / next(iter(listed))).write_bytes(b"forged")
        assert subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=tmp_path, check=False).returncode  # noqa: S607
        assert len(listed) == whole
        assert {"policy", "acknowledgements", "complaints"} <= folders
        assert manifest["association"]["slug"] == home.slug

    def test_holds_no_minutes_of_a_complaint_that_is_closed_to_whoever_asked(self, home, serve):
        """Least of all those of a complaint about that very person."""
        with serve(home):
            office = Office(home)
            chair, boss = office.member("follow_up_committee_chair"), office.member(BOSS)
            today = clock.today()
            files = lambda: evidence.whole(today, today, boss)  # noqa: E731
            before = files()
            for number, barred in ((901, None), (902, boss)):
                case = office.complain().case
                if barred:
                    db.session.add(CaseBar(case_id=case.id, member_id=barred.id, reason="interest"))
                held = CommitteeMeeting(committee="x", number=number, called_for=clock.now(), called_by=chair.id)
                db.session.add(held)
                db.session.flush()
                db.session.add(AgendaItem(meeting_id=held.id, case_id=case.id, position=1, result="accepted"))
                db.session.add(MeetingMinutes(meeting_id=held.id, content="{}", sha256="", written_by=chair.id))
                db.session.flush()
            assert files() == before + 1
            minutes = next(part for part in evidence_parts.PARTS if part.folder == "minutes")
            kept = db.session.scalars(minutes.narrowed(minutes.rows(today, today), boss)).all()
            assert [one.number for one in kept if one.committee == "x"] == [901]
            db.session.rollback()

    def test_is_for_whoever_asked(self, seat, pack):
        assert seat("administrator").get(f"/desk/programme/evidence/{pack}").status_code == 403

    def test_goes_after_a_week(self, serve, home, pack):
        with serve(home):
            evidence.make(pack)
            evidence.forget(pack)
            evidence.forget(pack)
            db.session.commit()
            assert db.session.get(EvidencePack, pack) is None

    def test_of_too_long_a_span_is_refused(self, seat):
        sent = {"since": "2010-01-01", "until": clock.today().isoformat()}
        answer = seat(BOSS).post("/desk/programme/evidence", data=sent)
        assert answer.status_code == 422
        assert 'id="until-error"' in answer.text


class TestReport:
    SPAN: ClassVar = {"since": "2026-01-01", "until": "2026-12-31"}

    def test_is_a_paper_and_a_workbook_in_both_languages(self, seat, begun):
        review = begun()
        seat(BOSS).post(f"/desk/programme/reviews/{review}", data={"remarks": "ملاحظة مهمة", "decisions": "قرار"})
        seat(BOSS).post(f"/desk/programme/reviews/{review}/hold")
        span = {"since": "2020-01-01", "until": clock.today().isoformat()}
        for lang, heading in (("ar", "الأداة"), ("en", "Instrument")):
            asked = {**span, "lang": lang}
            assert seat(BOSS).get("/desk/programme/report.pdf", query_string=asked).data.startswith(b"%PDF")
            data = seat(BOSS).get("/desk/programme/report.xlsx", query_string=asked).data
            book = load_workbook(io.BytesIO(data))
            cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
            assert heading in cells
            assert "ملاحظة مهمة" in cells
            assert all(sheet.sheet_view.rightToLeft is (lang == "ar") for sheet in book)

    @pytest.mark.parametrize("span", [{"since": "2026-12-31", "until": "2026-01-01"}, {"since": "x", "until": ""}])
    def test_a_bad_span_is_said(self, seat, span):
        answer = seat(BOSS).get("/desk/programme/report.pdf", query_string=span, follow_redirects=True)
        assert answer.status_code == 422
        assert "-error" in answer.text

    def test_is_for_senior_management(self, seat):
        assert seat("administrator").get("/desk/programme/report.pdf", query_string=self.SPAN).status_code == 403


def test_the_page_takes_the_same_queries_however_many_reviews(seat, begun, queries):
    begun()
    seat(BOSS).get("/desk/programme")
    with queries() as few:
        seat(BOSS).get("/desk/programme")
    for _ in range(3):
        begun()
    with queries() as many:
        seat(BOSS).get("/desk/programme")
    assert len(few) == len(many)
