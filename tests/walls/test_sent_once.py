"""A form that is pressed twice, sent again or loaded anew is recorded once, and answered the same each time."""

import re
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from silah.cases.models import Case, CaseMessage
from silah.complaints.models import Complaint
from silah.submissions import idempotency
from silah.submissions.models import Submission
from silah.surveys.audience import Audience
from silah.surveys.models import SurveyResponse
from tenants.database import db
from tests.complaints.test_portal import COMPLAINT, NAMELESS, PERSON, picture
from tests.settlements.conftest import TYPED
from tests.surveys.conftest import opened
from tests.walls.forms import typed_in

LAST = {"page": "s1", "go": "send", "happy": "5", "office": "north"}
REFERENCE, CODE = r"[A-Z]-\d{4}-[0-9A-Z]+", r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}"


@pytest.fixture(scope="module")
def home(make_association: Any) -> Any:
    return make_association(blueprint="samtah-cooperative")


@pytest.fixture
def count(serve: Any, home: Any) -> Any:
    def counted(model: Any) -> int:
        with serve(home):
            return db.session.scalar(select(func.count()).select_from(model)) or 0

    return counted


def key_in(page: str) -> str:
    """The key of the last form of a page, which is its main one."""
    return re.findall(r'name="idempotency_key" value="([^"]+)"', page)[-1]


def keyed(browser: Any, path: str, data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "idempotency_key": key_in(browser.get(path).text)}


class TestThePublic:
    @pytest.mark.parametrize(
        ("path", "typed"),
        [
            ("/complaints/new", COMPLAINT),
            ("/complaints/new", NAMELESS),
            ("/inquiries/new", {"kind": "inquiry", "text": "متى؟", **PERSON}),
        ],
    )
    def test_who_sends_twice_has_one_case(self, client, home, count, path, typed):
        browser, before = client(home), count(Case)
        sent = keyed(browser, path, typed)
        first = browser.post(path, data=sent)
        page = browser.get(first.location).text
        again = browser.post(path, data=sent)
        assert (first.status_code, again.status_code, again.location) == (302, 302, first.location)
        shown = browser.get(again.location).text
        assert re.search(REFERENCE, page)[0] == re.search(REFERENCE, shown)[0]
        assert count(Case) == before + 1

    def test_whom_the_first_answer_never_reached_gets_the_code_by_the_second(self, client, home, app):
        browser = client(home)
        sent = keyed(browser, "/complaints/new", COMPLAINT)
        with browser.session_transaction("/", base_url=browser.base_url) as session:
            before = dict(session)
        assert browser.post("/complaints/new", data=sent).status_code == 302
        with browser.session_transaction(
            "/", base_url=browser.base_url
        ) as session:  # as if the answer with its cookie had been lost
            session.clear()
            session.update(before)
        again = browser.post("/complaints/new", data=sent)
        page = browser.get(again.location).text
        assert re.search(rf'id="receipt-code">.*?{CODE}', page, re.S)

    def test_the_key_opens_nothing_in_another_browser(self, client, home, count):
        mine, theirs, before = client(home), client(home), count(Case)
        sent = keyed(mine, "/complaints/new", COMPLAINT)
        with mine.session_transaction("/", base_url=mine.base_url) as session:
            session["csrf_token"] = "mine"
        assert mine.post("/complaints/new", data=sent).status_code == 302
        with theirs.session_transaction("/", base_url=theirs.base_url) as session:
            session["csrf_token"] = "theirs"
        stranger = theirs.post("/complaints/new", data=sent)
        assert stranger.status_code == 409
        assert not re.search(REFERENCE, stranger.text.replace(sent["idempotency_key"], ""))
        assert count(Case) == before + 1

    def test_who_changed_the_text_is_told_and_loses_nothing(self, client, home, count):
        browser, before = client(home), count(Case)
        sent = keyed(browser, "/complaints/new", COMPLAINT)
        browser.post("/complaints/new", data=sent)
        changed = browser.post("/complaints/new", data=sent | {"text": "نص آخر كُتب بعد العودة"})
        assert changed.status_code == 409
        assert count(Case) == before + 1

    def test_a_form_that_came_back_is_sent_with_its_key_all_the_same(self, client, home, count):
        browser, before = client(home), count(Case)
        sent = keyed(browser, "/complaints/new", COMPLAINT)
        assert browser.post("/complaints/new", data=sent | {"text": ""}).status_code == 422
        assert browser.post("/complaints/new", data=sent).status_code == 302
        assert count(Case) == before + 1

    def test_who_goes_back_to_a_page_asked_for_anew_has_one_case_all_the_same(
        self, app, monkeypatch, client, home, count
    ):
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
        browser, before = client(home), count(Case)
        first, second = (typed_in(browser.get("/complaints/new").text) | COMPLAINT for _ in range(2))
        assert first["idempotency_key"] != second["idempotency_key"]
        browser.post("/complaints/new", data=first)
        reference = re.search(REFERENCE, browser.get("/follow/sent").text)[0]
        again = browser.post("/complaints/new", data=second)
        assert (again.status_code, again.location) == (302, "/follow/sent")
        assert reference in browser.get(again.location).text
        assert count(Case) == before + 1
        neighbour = client(home)
        sent = typed_in(neighbour.get("/complaints/new").text) | COMPLAINT
        assert neighbour.post("/complaints/new", data=sent).status_code == 302
        assert count(Case) == before + 2, "the same words of another browser are another case"

    def test_the_same_words_of_the_next_person_at_a_shared_browser_are_their_own(
        self, app, monkeypatch, client, home, count
    ):
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
        browser, before, told = client(home), count(Case), set()
        for number in (1, 2):
            assert browser.get("/").status_code == 200
            for _ in range(2):  # each goes back once, and sends again
                sent = typed_in(browser.get("/complaints/new").text) | NAMELESS
                assert browser.post("/complaints/new", data=sent).location == "/follow/sent"
            told.add(re.search(REFERENCE, browser.get("/follow/sent").text)[0])
            assert (count(Case), len(told)) == (before + number, number)

    def test_files_are_part_of_what_was_sent(self, client, home, count):
        browser, before = client(home), count(Case)
        sent = keyed(browser, "/complaints/new", COMPLAINT)
        for _ in range(2):
            assert browser.post("/complaints/new", data={**sent, "files": picture()}).status_code == 302
        assert count(Case) == before + 1

    def test_two_presses_at_once_make_one(self, client, home, count):
        browser, before = client(home), count(Complaint)
        sent = keyed(browser, "/complaints/new", COMPLAINT)
        cookie = browser.get_cookie("silah", domain=browser.base_url.removeprefix("http://"))
        ready, answers = Barrier(3), list[Any]()

        def press() -> None:
            mine = client(home)
            mine.set_cookie("silah", cookie.value, domain=browser.base_url.removeprefix("http://"))
            ready.wait()
            answers.append(mine.post("/complaints/new", data=sent))

        presses = [Thread(target=press) for _ in range(3)]
        for one in presses:
            one.start()
        for one in presses:
            one.join()
        assert {(one.status_code, one.location) for one in answers} == {(302, "/follow/sent")}
        assert count(Complaint) == before + 1

    def test_a_message_is_written_once(self, client, home, count):
        browser = client(home)
        browser.post("/complaints/new", data=COMPLAINT)
        where = re.search(r'href="(/follow/[0-9a-f-]{36})"', browser.get("/follow/sent").text)[1]
        before = count(CaseMessage)
        sent = keyed(browser, where, {"body": "نسيت التاريخ"})
        for _ in range(2):
            assert browser.post(f"{where}/messages", data=sent).location == f"{where}#messages"
        assert count(CaseMessage) == before + 1
        assert (
            browser.post(f"{where}/messages", data=keyed(browser, where, {"body": "نسيت التاريخ"})).status_code == 302
        )
        assert count(CaseMessage) == before + 2, "the same words on a page opened anew are another message"


class TestStaff:
    @pytest.mark.parametrize(
        ("role", "path", "typed"),
        [
            ("relations_officer", "/desk/record/complaint", {"about": "data", "text": "رفض الموظف"}),
            ("relations_officer", "/desk/record/complaint", {**NAMELESS, "text": "بلا اسم"}),
            ("relations_officer", "/desk/record/inquiry", {"kind": "inquiry", "text": "متى؟"}),
            ("relations_officer", "/desk/record/dispute", {"text": "خلاف", "wanted": ""}),
        ],
    )
    def test_who_loads_the_answer_page_anew_sends_nothing(self, seat, count, role, path, typed):
        officer, before = seat(role), count(Case)
        person = {} if typed.get("how") == "anonymous" else TYPED
        answer = officer.post(path, data=keyed(officer, path, {**person, **typed, "channel": "fax"}))
        assert answer.status_code == 302, re.findall(r'<a href="#[^>]*>([^<]*)', answer.text)
        pages = [officer.get(answer.location).text for _ in range(3)]
        assert len({re.search(CODE, page)[0] for page in pages}) == 1, "the code again, to whoever recorded it"
        assert all(f'href="{path}"' in page for page in pages)
        assert count(Case) == before + 1

    def test_who_presses_twice_records_once(self, seat, count):
        officer, before = seat("relations_officer"), count(Case)
        data = {**TYPED, "about": "data", "text": "رفض الموظف الإجابة", "channel": "fax"}
        sent = keyed(officer, "/desk/record/complaint", data)
        assert {officer.post("/desk/record/complaint", data=sent).location for _ in range(3)} == {
            "/desk/record/received"
        }
        assert count(Case) == before + 1

    def test_the_cookie_names_no_case(self, seat, serve, home):
        officer = seat("relations_officer")
        officer.post("/desk/record/complaint", data={**NAMELESS, "channel": "fax", "text": "بلا اسم أيضًا"})
        with officer.session_transaction("/", base_url=officer.base_url) as session, serve(home):
            ids = [str(one) for one in db.session.scalars(select(Case.id))]
            assert not any(one in str(dict(session)) for one in ids)

    def test_after_minutes_the_code_is_gone(self, seat, clock):
        from datetime import timedelta

        from silah import clock as time

        officer = seat("relations_officer")
        officer.post("/desk/record/complaint", data={**TYPED, "about": "data", "text": "نص", "channel": "fax"})
        assert officer.get("/desk/record/received").status_code == 200
        clock(time.now() + timedelta(minutes=11))
        assert officer.get("/desk/record/received").status_code == 404


class TestAnswers:
    @pytest.fixture
    def link(self, serve, home):
        with serve(home):
            found = opened(rule=Audience(who="comers", kiosk=True))
            db.session.commit()
            return f"/s/{found.code}"

    def test_of_an_open_link_pressed_twice_are_one_and_thanked_twice(self, client, home, link, count):
        before = count(SurveyResponse)
        sent = LAST | {"page": "s2", "idempotency_key": idempotency.new_key()}
        answers = [client(home).post(link, data=sent) for _ in range(2)]
        assert [one.status_code for one in answers] == [200, 200]
        assert answers[0].text == answers[1].text
        assert count(SurveyResponse) == before + 1

    def test_on_the_tablet_pressed_twice_are_one_and_the_next_persons_another(self, client, home, link, count):
        tablet, path, before = client(home), f"{link}/kiosk", count(SurveyResponse)
        for person in range(2):
            page = tablet.get(path).text
            mark = re.search(r'name="sitting" value="([^"]+)"', page)[1]
            sent = LAST | {"page": "s2", "sitting": mark, "idempotency_key": key_in(page)}
            shown = [tablet.post(path, data=sent) for _ in range(2)]
            assert [one.status_code for one in shown] == [200, 200]
            assert count(SurveyResponse) == before + person + 1

    def test_at_once_are_one(self, client, home, link, count):
        before, ready, answers = count(SurveyResponse), Barrier(3), list[Any]()
        sent = LAST | {"page": "s2", "idempotency_key": idempotency.new_key()}

        def press() -> None:
            ready.wait()
            answers.append(client(home).post(link, data=sent))

        presses = [Thread(target=press) for _ in range(3)]
        for one in presses:
            one.start()
        for one in presses:
            one.join()
        assert {one.status_code for one in answers} == {200}
        assert count(SurveyResponse) == before + 1


class TestWhatIsKept:
    def test_tells_a_day_and_nothing_of_the_case_and_goes(self, client, home, serve, clock):
        browser = client(home)
        sent = keyed(browser, "/complaints/new", NAMELESS)
        browser.post("/complaints/new", data=sent)
        with serve(home):
            row = db.session.get(Submission, idempotency.id_of(sent["idempotency_key"]))
            case_ids = list(db.session.scalars(select(Case.id)))
            assert row is not None
            assert row.sealed is not None
            assert not any(UUID(str(one)).bytes in row.sealed or str(one).encode() in row.sealed for one in case_ids)
            idempotency.forget_expired()
            assert db.session.get(Submission, row.id) is not None
        from datetime import timedelta

        from silah import clock as time

        clock(time.now() + timedelta(days=3))
        with serve(home):
            idempotency.forget_expired()
            db.session.commit()
            assert db.session.scalar(select(func.count()).select_from(Submission)) == 0
