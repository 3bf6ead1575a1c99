"""Complaints and inquiries at the portal: sent, confirmed once, followed, answered, objected to; and told to nobody."""

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from redis import Redis
from sqlalchemy import func, select, text

from silah.cases import one_time_codes
from silah.cases.errors import NoAddress
from silah.cases.models import Case, CaseDocument, OneTimeCode
from silah.cases.states import State
from silah.cases.workflow import perform
from silah.complaints import public_answers, rules
from silah.complaints.models import Complaint
from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.organisation.models import BranchOffice
from silah.portal.follow_routes import ASKED, send_asked
from tenants.database import db
from tenants.registry import DueWork

from .conftest import Office
from .test_inquiries import TEXTS

PERSON = {
    "relation": "self",
    "name": "رنا بنت فيصل الحازمي",
    "mobile": "0550000088",
    "email": "rana@example.com",
    "reply_channel": "email",
    "branch": "",
    "locale": "ar",
}
COMPLAINT = {"about": "service", "text": "تأخرت الخدمة شهرًا", "how": "named", **PERSON}
NAMELESS = {"about": "data", "text": "عُرضت بياناتي على غير المختص", "how": "anonymous"}
ADDRESS, AGENT = "203.0.113.77", "A-browser-of-mine/7.7"


@pytest.fixture(scope="module")
def home(make_association):
    return make_association(blueprint="samtah-cooperative")


@pytest.fixture
def visitor(client, home):
    return client(home)


def picture():
    exif = Image.Exif()
    exif[0x013B], exif[0x0132] = "Author of the picture", "2026:09:07 12:34:56"
    out = io.BytesIO()
    Image.new("RGB", (12, 12), "red").save(out, "JPEG", exif=exif)
    return io.BytesIO(out.getvalue()), "at-home.jpg"


def sent(browser, path, data, **options):
    answer = browser.post(path, data=data, **options)
    assert answer.status_code == 302, re.findall(r'<a href="#[^>]*>([^<]*)', answer.text)
    page = browser.get(answer.location).text
    reference = re.search(r'id="reference">.*?([A-Z]-\d{4}-\d+)', page, re.S)[1]
    code = re.search(r'id="receipt-code">.*?([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})', page, re.S)[1]
    return reference, code


def followed(browser, reference, code, **options):
    answer = browser.post("/follow", data={"reference": reference, "code": code}, **options)
    assert answer.status_code == 302, answer.text
    return answer.location


def case_of(reference):
    return db.session.scalars(select(Case).where(Case.reference == reference)).one()


class TestSending:
    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_the_forms_open(self, visitor, language):
        for path in ("/complaints/new", "/inquiries/new", "/answers"):
            assert visitor.get(f"{path}?lang={language}").status_code == 200
        assert visitor.get("/c").location == "/complaints/new"

    def test_a_named_complaint_gets_its_code_once(self, visitor, serve, home):
        reference, code = sent(visitor, "/complaints/new", COMPLAINT)
        assert code not in visitor.get("/follow/sent").text
        with serve(home):
            case = case_of(reference)
            assert case.applicant.name == PERSON["name"]
            assert db.session.get(Complaint, case.id).text == COMPLAINT["text"]

    @pytest.mark.parametrize("lacks", ["about", "text", "name", "reply_channel"])
    def test_what_is_missing_is_said_and_nothing_typed_is_lost(self, visitor, lacks):
        answer = visitor.post("/complaints/new", data={**COMPLAINT, "wanted": "أريد اعتذارًا", lacks: ""})
        assert answer.status_code == 422
        assert "أريد اعتذارًا" in answer.text
        assert f'href="#{lacks}' in answer.text

    def test_about_a_branch_office_says_which(self, visitor, serve, home):
        offices = re.search(r'<select[^>]*name="office".*?</select>', visitor.get("/complaints/new").text)[0]
        wanted = re.findall(r'value="([0-9a-f-]{36})"', offices)[1]
        told = {**NAMELESS, "about": "branch", "office": wanted}
        reference, _code = sent(visitor, "/complaints/new", told)
        elsewhere, _code = sent(visitor, "/complaints/new", {**told, "about": "data"})
        with serve(home):
            case = case_of(reference)
            assert str(case.branch_id) == str(db.session.get(Complaint, case.id).about_branch_id) == wanted
            assert db.session.get(Complaint, case_of(elsewhere).id).about_branch_id is None

    def test_where_there_is_one_office_it_is_not_asked_for(self, visitor, serve, home):
        with serve(home):
            _first, *others = db.session.scalars(select(BranchOffice).where(BranchOffice.active)).all()
            for one in others:
                one.active = False
            db.session.commit()
        assert 'name="office"' not in visitor.get("/complaints/new").text
        with serve(home):
            for one in db.session.scalars(select(BranchOffice)):
                one.active = True
            db.session.commit()

    def test_with_papers(self, visitor, serve, home):
        reference, _code = sent(visitor, "/complaints/new", {**COMPLAINT, "files": [picture(), picture()]})
        with serve(home):
            case = case_of(reference)
            assert len(db.session.scalars(select(CaseDocument).where(CaseDocument.case_id == case.id)).all()) == 2

    def test_a_file_that_is_none_is_refused_beside_its_field(self, visitor):
        odd = (io.BytesIO(b"MZ\x90 not a paper"), "virus.exe")
        answer = visitor.post("/complaints/new", data={**COMPLAINT, "files": odd})
        assert answer.status_code == 422
        assert COMPLAINT["text"] in answer.text

    def test_an_inquiry(self, visitor, serve, home):
        reference, _code = sent(visitor, "/inquiries/new", {"kind": "suggestion", "text": "افتحوا مساءً", **PERSON})
        assert reference.startswith("S-")


class TestFollowing:
    def test_a_complaint_to_its_objection(self, visitor, client, serve, home):
        reference, code = sent(visitor, "/complaints/new", COMPLAINT)
        browser = client(home)
        where = followed(browser, reference, code)
        assert COMPLAINT["text"] in browser.get(where).text
        assert browser.post(f"{where}/messages", data={"body": "نسيت أن أذكر التاريخ"}).status_code == 302
        with serve(home):
            office, case = Office(home), case_of(reference)
            chair = office.member("follow_up_committee_chair")
            perform(case, "classify", chair, {"topic": "delay", "severity": "low"})
            perform(case, "find", chair, {"finding": "upheld", "findings": "x", "answer": "نعتذر عما حدث"})
            perform(case, "answer", chair)
            db.session.commit()
        page = browser.get(where).text
        assert "نعتذر عما حدث" in page
        assert chair.name not in page
        assert browser.post(f"{where}/rate/no").status_code == 302
        assert browser.post(f"{where}/object", data={"reasons": ""}).status_code == 422
        assert browser.post(f"{where}/object", data={"reasons": "لم يُعالج شيء"}).status_code == 302
        with serve(home):
            assert case_of(reference).state is State.UNDER_STUDY

    def test_an_inquiry_asked_again(self, visitor, client, serve, home):
        reference, code = sent(visitor, "/inquiries/new", {"kind": "inquiry", "text": "متى؟", **PERSON})
        with serve(home):
            perform(case_of(reference), "answer", Office(home).member("liaison_officer"), {"text": "غدًا"})
            db.session.commit()
        browser = client(home)
        where = followed(browser, reference, code)
        assert "غدًا" in browser.get(where).text
        assert browser.post(f"{where}/again", data={"reason": "أي ساعة؟"}).status_code == 302
        assert browser.post(f"{where}/take-back").status_code == 302
        with serve(home):
            assert case_of(reference).state is State.WITHDRAWN

    def test_a_request_is_none_of_these(self, visitor, client, serve, home):
        reference, code = sent(visitor, "/inquiries/new", {"kind": "inquiry", "text": "متى؟", **PERSON})
        browser = client(home)
        where = followed(browser, reference, code)
        assert browser.post(f"{where}/rate/yes").status_code == 404
        assert browser.post(f"{where}/confirm").status_code in (404, 409)
        assert browser.get(f"{where}/attestation.pdf").status_code == 404
        assert browser.get(f"{where}/missing.pdf").status_code == 404
        assert browser.post(f"{where}/documents/family_record").status_code == 404


class TestWithoutAName:
    def test_needs_the_associations_leave(self, visitor, serve, home):
        with serve(home):
            rules.save(rules.rules().model_copy(update={"anonymous": False}))
            db.session.commit()
        assert "anonymous" not in visitor.get("/complaints/new").text
        with serve(home):
            rules.save(rules.rules().model_copy(update={"anonymous": True}))
            db.session.commit()

    def test_leaves_no_address_agent_or_hour_anywhere(self, visitor, serve, home, settings, app, caplog):
        caplog.set_level("DEBUG")
        options = {"environ_overrides": {"REMOTE_ADDR": ADDRESS}, "headers": {"User-Agent": AGENT}}
        reference, code = sent(visitor, "/complaints/new", {**NAMELESS, "files": [picture()]}, **options)
        where = followed(visitor, reference, code)
        assert visitor.post(f"{where}/messages", data={"body": "وأمر آخر"}, **options).status_code == 302
        with serve(home):
            case = case_of(reference)
            assert (case.applicant_id, case.reply_address) == (None, None)
            file_id = db.session.scalar(select(CaseDocument.file_id).where(CaseDocument.case_id == case.id))
            stored = db.session.get_one(StoredFile, file_id)
            kept = documents.open(stored)
            rows = db.session.execute(text("SELECT t::text FROM timeline_entry t WHERE case_id = :id"), {"id": case.id})
            everything = " ".join(rows.scalars())
            written = Path(settings.storage_url, stored.storage_key).stat().st_mtime
            hours = {stored.created_at, case.received_at, datetime.fromtimestamp(written, UTC)}
        assert all((one.astimezone().minute, one.second) == (0, 0) for one in hours)
        assert b"Author of the picture" not in kept
        assert b"12:34:56" not in kept
        for trace in (ADDRESS, AGENT):
            assert trace not in everything
            assert trace not in caplog.text
        with Redis.from_url(settings.redis_url) as redis:
            for key in redis.scan_iter("*"):
                assert ADDRESS.encode() not in key
                assert ADDRESS.encode() not in (redis.dump(key) or b"")

    def test_gets_no_one_time_code_and_asking_for_one_leaves_nothing(self, visitor, client, serve, home):
        reference, _code = sent(visitor, "/complaints/new", NAMELESS)
        asked = select(func.count()).select_from(DueWork).where(DueWork.kind == ASKED)
        with serve(home):
            before = db.session.scalar(asked)
            with pytest.raises(NoAddress):
                one_time_codes.send(case_of(reference), "follow")
            send_asked(reference)
        browser = client(home)
        answer = browser.post("/follow/code?lang=en", data={"reference": reference.lower()})
        assert answer.status_code == 422
        assert "sent without a name" in answer.text
        assert "/follow/code" not in browser.get(f"/follow?reference={reference}").text
        assert "/follow/code" in browser.get("/follow?reference=C-1448-000001").text
        with serve(home):
            assert db.session.scalar(asked) == before
            assert db.session.scalar(select(OneTimeCode.id).where(OneTimeCode.case_id == case_of(reference).id)) is None

    def test_is_answered_by_the_receipt_code_alone(self, visitor, client, serve, home):
        reference, code = sent(visitor, "/complaints/new", NAMELESS)
        assert int(reference.rsplit("-", 1)[1]) >= 100_000_000
        browser = client(home)
        page = browser.get(followed(browser, reference, code)).text
        assert not re.search(r"\d{1,2}:\d{2} (صباحًا|مساءً)", page)


class TestAnswersForEverybody:
    def test_are_found_in_either_language(self, visitor, serve, home):
        with serve(home):
            public_answers.publish(by=Office(home).member("administrator"), texts=TEXTS)
            db.session.commit()
        assert TEXTS["question_ar"] in visitor.get("/answers?q=الاعانه&lang=ar").text
        assert TEXTS["question_en"] in visitor.get("/answers?q=hijri&lang=en").text
        nothing = visitor.get("/answers?q=xyzzy&lang=en").text
        assert "No answer matches" in nothing
        assert "/inquiries/new" in nothing
