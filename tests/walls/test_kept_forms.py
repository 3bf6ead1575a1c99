"""What was typed is never lost: not by a session that ended, a token of yesterday, a wrong field, another language."""

import re
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import func, select

from silah.cases.models import Case, CaseDocument
from silah.complaints.models import Complaint
from silah.documents.models import StoredFile
from silah.submissions import idempotency, kept_form
from silah.submissions.models import Submission
from tenants.database import db
from tests.complaints.test_portal import COMPLAINT, NAMELESS, picture
from tests.settlements.conftest import TYPED
from tests.walls.forms import main_form, typed_in

RECORD = "/desk/record/complaint"
TOLD = {**TYPED, "about": "data", "text": "<b>رفض</b> الموظف & «صرخ»", "channel": "fax"}
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def home(make_association: Any) -> Any:
    return make_association(blueprint="samtah-cooperative")


@pytest.fixture
def count(serve: Any, home: Any) -> Any:
    def counted(model: Any, *where: Any) -> int:
        with serve(home):
            return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0

    return counted


@pytest.fixture
def proof(app, monkeypatch):
    """Forms have to prove where they stood, as in earnest."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


def session_ends(browser: Any) -> None:
    """The session ends as it does after twelve hours or in another window."""
    browser.delete_cookie("silah", domain=browser.base_url.removeprefix("http://"))


def signs_in(browser: Any, person: tuple[str, str], leads_to: str | None = None) -> Any:
    page = browser.get("/sign-in" if leads_to is None else leads_to).text
    sent = typed_in(page) | {"email": person[0], "password": person[1]}
    return browser.post("/sign-in", data=sent)


class TestThePublic:
    def test_gets_the_form_back_filled_and_sends_it_by_one_press(self, proof, client, home, count):
        browser, before = client(home), count(Case)
        stale = typed_in(browser.get("/complaints/new").text)
        session_ends(browser)
        again = browser.post("/complaints/new", data=stale | {**COMPLAINT, "files": picture()}, headers=HERE)
        assert again.status_code == 400
        assert "ما كتبته ما زال" in again.text
        form = typed_in(again.text)
        assert {name: form.get(name) for name in COMPLAINT} == COMPLAINT
        assert "at-home.jpg" in again.text
        assert count(Case) == before, "nothing is sent by itself"
        answer = browser.post("/complaints/new", data=form)
        assert answer.status_code == 302
        assert count(Case) == before + 1

    def test_is_never_told_to_go_back_and_reload(self, proof, client, home):
        for headers in (HERE, {"Sec-Fetch-Site": "cross-site"}):
            told = client(home).post("/inquiries/new", data={"text": "متى؟"}, headers=headers).text
            assert "ارجع" not in told
            assert "أعد تحميل" not in told

    @pytest.mark.parametrize(
        "headers",
        [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}],
    )
    def test_is_not_shown_what_another_site_wrote(self, proof, client, home, headers, count):
        before = count(StoredFile)
        sent = {**COMPLAINT, "text": "written elsewhere", "files": picture()}
        answer = client(home).post("/complaints/new", data=sent, headers=headers)
        assert answer.status_code == 400
        assert "written elsewhere" not in answer.text
        assert count(StoredFile) == before

    def test_reads_what_a_form_without_a_page_of_its_own_said(self, proof, client, home):
        browser = client(home)
        browser.post("/complaints/new", data=typed_in(browser.get("/complaints/new").text) | COMPLAINT)
        where = re.search(r'href="(/follow/[0-9a-f-]{36})"', browser.get("/follow/sent").text)[1]
        again = browser.post(f"{where}/messages", data={"body": "<i>نسيت</i>", "csrf_token": "stale"}, headers=HERE)
        assert again.status_code == 400
        assert "&lt;i&gt;نسيت&lt;/i&gt;" in again.text
        assert "<i>نسيت" not in again.text
        action, form = main_form(again.text)
        assert action == f"{where}/messages"
        assert browser.post(action, data=form).location == f"{where}#messages"

    def test_who_changed_what_was_sent_sends_it_anew_knowingly(self, client, home, count):
        browser, before = client(home), count(Complaint)
        sent = typed_in(browser.get("/complaints/new").text) | COMPLAINT
        browser.post("/complaints/new", data=sent)
        changed = browser.post("/complaints/new", data=sent | {"text": "نص آخر بعد العودة"})
        assert changed.status_code == 409
        form = typed_in(changed.text)
        assert form["text"] == "نص آخر بعد العودة"
        assert count(Complaint) == before + 1
        assert browser.post("/complaints/new", data=form).status_code == 302
        assert count(Complaint) == before + 2

    def test_who_sends_too_much_keeps_the_text_and_fills_no_disk(self, client, home, count):
        browser, before = client(home), count(StoredFile)
        options = {"environ_overrides": {"REMOTE_ADDR": "198.51.100.77"}, "headers": HERE}
        page = None
        for _ in range(25):
            page = browser.post("/inquiries/new", data={"text": "متى يُصرف الدعم؟", "files": picture()}, **options)
            if page.status_code == 429:
                break
            before = count(StoredFile)
        assert page is not None
        assert page.status_code == 429
        assert typed_in(page.text)["text"] == "متى يُصرف الدعم؟"
        assert count(StoredFile) == before

    def test_no_password_or_code_is_ever_filled_in(self, proof, client, home):
        answer = client(home).post("/sign-in", data={"email": "a@b.example", "password": "s3cret-s3cret"}, headers=HERE)
        assert "a@b.example" in answer.text
        assert "s3cret-s3cret" not in answer.text


class TestStaff:
    @pytest.fixture
    def officer(self, staff, home):
        return staff(home, "relations_officer")

    def written(self, browser: Any, **more: Any) -> Any:
        stale = typed_in(browser.get(RECORD).text)
        session_ends(browser)
        return browser.post(RECORD, data={**stale, **TOLD, **more}, headers=HERE)

    @pytest.mark.parametrize("proved", [True, False])
    def test_finds_the_form_filled_after_signing_in_again(self, app, monkeypatch, client, home, officer, count, proved):
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", proved)
        browser, before = client(home), count(Case)
        assert signs_in(browser, officer).status_code == 302
        answer = self.written(browser, files=picture())
        assert (answer.status_code, answer.location) == (302, "/sign-in?next=/desk/kept")
        assert TOLD["text"] not in str(browser._cookies), "the cookie holds a key, not what was written"
        back = signs_in(browser, officer, answer.location)
        assert back.location == "/desk/kept"
        page = browser.get(browser.get(back.location).location).text
        form = typed_in(page)
        assert {name: form.get(name) for name in TOLD} == TOLD
        assert "at-home.jpg" in page
        assert "ما كتبته ما زال" in page
        assert count(Case) == before, "nothing is sent by itself"
        sent = browser.post(RECORD, data=form)
        assert sent.status_code == 302
        assert count(Case) == before + 1
        assert browser.get("/desk/kept").location == "/desk/", "once it is sent nothing is kept for the browser"

    def test_somebody_else_at_the_same_browser_sees_nothing_of_it(self, client, home, officer, staff):
        browser = client(home)
        signs_in(browser, officer)
        answer = self.written(browser)
        signs_in(browser, staff(home, "relations_officer"), answer.location)
        assert browser.get("/desk/kept").location == "/desk/"
        page = browser.get(f"{RECORD}?kept_form=1").text
        assert "صرخ" not in page
        session_ends(browser)
        signs_in(browser, officer)
        assert "صرخ" in browser.get(browser.get("/desk/kept").location).text

    def test_what_is_kept_is_sealed_with_a_key_that_the_database_does_not_have(self, client, home, officer, serve):
        browser = client(home)
        signs_in(browser, officer)
        self.written(browser)
        key = browser.get_cookie(kept_form.COOKIE, domain=browser.base_url.removeprefix("http://")).value
        with serve(home):
            row = db.session.get(Submission, idempotency.id_of(key, "kept"))
            assert "رفض".encode() not in row.sealed
            assert "رفض" in idempotency.unseal_for(key, kept_form.PURPOSE, row.sealed).encode().decode("unicode_escape")
            others = idempotency.new_key()
            with pytest.raises(InvalidTag):
                idempotency.unseal_for(others, kept_form.PURPOSE, row.sealed)

    def test_who_was_never_shown_the_form_fills_no_disk(self, client, home, count):
        before, stranger = count(Submission), client(home)
        for key in ({}, {"idempotency_key": "made-up"}, {"idempotency_key": idempotency.new_key.__name__}):
            answer = stranger.post(RECORD, data={**TOLD, **key, "files": picture()}, headers=HERE)
            assert answer.location == "/sign-in"
        huge = {"idempotency_key": f"{'a' * 22}.{'b' * 16}", "text": "x" * 600_000}
        assert stranger.post(RECORD, data=huge, headers=HERE).location == "/sign-in"
        assert count(Submission) == before

    def test_a_move_on_a_case_is_kept_too(self, client, home, staff, serve):
        browser, chair = client(home), staff(home, "follow_up_committee_chair")
        browser.post("/complaints/new", data=COMPLAINT)
        signs_in(browser, chair)
        with serve(home):
            cases = select(Case.id).where(Case.kind == "complaint", ~Case.anonymous)
            case_id = db.session.scalars(cases.order_by(Case.received_at.desc())).first()
        path = f"/desk/cases/{case_id}/moves/note"
        stale = typed_in(browser.get(path).text)
        session_ends(browser)
        answer = browser.post(path, data={**stale, "text": "ملاحظة طويلة"}, headers=HERE)
        signs_in(browser, chair, answer.location)
        assert "ملاحظة طويلة" in typed_in(browser.get(browser.get("/desk/kept").location).text).values()


class TestFiles:
    def test_stay_when_another_field_is_wrong_with_name_picture_and_a_way_out(self, client, home, count, serve):
        browser, before = client(home), count(StoredFile, StoredFile.purpose == "pending")
        back = browser.post("/complaints/new", data={**COMPLAINT, "text": "", "files": [picture(), picture()]})
        assert back.status_code == 422
        form = back.text
        values = re.findall(r'name="pending_file" value="([^"]+)"', form)
        assert len(values) == 2
        assert form.count("at-home.jpg") == 2
        shown = browser.get(re.search(r'<img src="(/pending-files/[^"]+)"', form)[1])
        assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
        sent = {**COMPLAINT, "pending_file": values, "pending_dropped": values[0]}
        assert browser.post("/complaints/new", data=sent).status_code == 302
        with serve(home):
            case_id = db.session.scalars(select(Case.id).order_by(Case.received_at.desc())).first()
        assert count(CaseDocument, CaseDocument.case_id == case_id) == 1
        assert count(StoredFile, StoredFile.purpose == "pending") == before, "what was sent or taken out waits no more"

    def test_stay_over_several_tries_and_are_sent_once_by_two_presses(self, client, home, count):
        browser, before = client(home), count(Complaint)
        page = browser.post("/complaints/new", data={**NAMELESS, "text": "", "files": picture()}).text
        for _ in range(2):
            page = browser.post("/complaints/new", data=typed_in(page)).text
            assert page.count('name="pending_file"') == 1, "what waits is not kept once more at each try"
        sent = typed_in(page) | {"text": NAMELESS["text"]}
        assert "pending_file" in sent
        assert {browser.post("/complaints/new", data=sent).status_code for _ in range(2)} == {302}
        assert count(Complaint) == before + 1

    def test_of_nobody_open_to_nobody(self, client, home):
        browser = client(home)
        for token in ("a" * 22, "..%2f..", "x"):
            assert browser.get(f"/pending-files/{token}").status_code == 404
        sent = {**COMPLAINT, "pending_file": ["files:" + "a" * 22, "files:x", "nonsense"]}
        assert browser.post("/complaints/new", data=sent).status_code == 302


class TestTheOtherLanguage:
    def test_shows_the_form_filled_and_records_nothing(self, client, home, count):
        browser, before = client(home), count(Case)
        page = browser.get("/complaints/new?lang=ar").text
        switch = re.search(r'formaction="([^"]*switch_language=1)"', page)[1].replace("&amp;", "&")
        assert "lang=en" in switch
        answer = browser.post(switch, data={**COMPLAINT, "files": picture(), "switch_language": ""})
        assert answer.status_code == 200
        assert 'lang="en"' in answer.text
        action, form = main_form(answer.text)
        assert {name: form.get(name) for name in COMPLAINT} == COMPLAINT
        assert "at-home.jpg" in answer.text
        assert action == "/complaints/new?lang=en"
        assert "error-summary" not in answer.text
        assert count(Case) == before

    def test_needs_proof_of_where_the_form_stood(self, proof, client, home):
        answer = client(home).post("/complaints/new?lang=en&switch_language=1", data={"text": "x"})
        assert answer.status_code == 400

    def test_of_a_form_that_is_sent_elsewhere_stays_on_its_page(self, client, home):
        browser = client(home)
        browser.post("/complaints/new", data=COMPLAINT)
        where = re.search(r'href="(/follow/[0-9a-f-]{36})"', browser.get("/follow/sent").text)[1]
        page = browser.get(f"{where}?lang=ar").text
        assert f'value="{where}/messages"' in page
        sent = {"body": "كتبت نصفها", "switch_language": f"{where}/messages"}
        answer = browser.post(f"{where}?lang=en&switch_language=1", data=sent)
        assert answer.status_code == 200
        assert "كتبت نصفها" in answer.text


class TestWhatIsRefused:
    def test_shows_what_a_person_wrote_and_no_secret_and_nothing_from_elsewhere(self, app: Any) -> None:
        sent = {"text": "كتبتُه هنا", "present": "Hush 1", "password": "Hush 2", "code": "H-1 2", "about": "service"}
        with app.test_request_context("/x", method="POST", data=sent, headers=HERE):
            assert kept_form.written_texts() == ["كتبتُه هنا"]
        with app.test_request_context("/x", method="POST", data=sent, headers={"Sec-Fetch-Site": "cross-site"}):
            assert kept_form.written_texts() == []
