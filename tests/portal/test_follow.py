"""Following a case: who gets in, what is told, and what one can do there."""

import re

import pytest
from sqlalchemy import func, select

from silah import jobs
from silah.cases import receipts
from silah.cases.models import Case, CaseDocument
from silah.cases.states import State
from silah.intake import requests
from silah.intake.service import owe_items
from silah.notifications.models import OutboxMessage
from silah.portal import follow_routes
from silah.portal import jobs as portal_jobs
from tenants.database import db
from tenants.registry import DueWork
from tests.portal.applicant import SIGNATURE, answer, photo

NAME = "hayat-arar"


@pytest.fixture
def fresh(applicant):
    """Somebody who has sent a whole request, with its reference and code."""
    person = applicant(NAME)
    return (person, *person.apply())


@pytest.fixture(scope="module")
def kept():
    return {}


@pytest.fixture
def sent(applicant, kept):
    """The same for all tests that only look, or write a message."""
    if not kept:
        person = applicant(NAME)
        kept["sent"] = (person, *person.apply())
    return kept["sent"]


@pytest.fixture
def home(associations):
    return associations[NAME]


def opened(applicant, reference, code, name=NAME):
    """A fresh browser in which the case is followed, and the address of its page."""
    person = applicant(name)
    answer = person.expect(person.post("/follow", reference=reference, code=code))
    return person, answer.headers["Location"]


def last_code(serve, home) -> str:
    with serve(home):
        rows = select(OutboxMessage).where(OutboxMessage.template == "code").order_by(OutboxMessage.created_at.desc())
        return re.search(r"\d{6}", db.session.scalars(rows.limit(1)).one().body)[0]


def worked(serve, home) -> None:
    """Do what the portal owes: codes that were asked for."""
    with serve(home):
        mine = select(DueWork).where(
            DueWork.tenant == home.role, DueWork.kind == follow_routes.ASKED, DueWork.done_at.is_(None)
        )
        for owed in db.session.scalars(mine).all():
            portal_jobs.code_asked(owed.key, owed.payload)
            jobs.settle(owed.kind, owed.key)
        db.session.commit()


class TestOpening:
    def test_takes_reference_and_code_as_people_type_them(self, applicant, sent):
        _person, reference, code = sent
        arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
        _other, where = opened(applicant, reference.lower().translate(arabic), code.lower().replace("-", " "))
        assert where.startswith("/follow/")

    @pytest.mark.parametrize(("reference", "code"), [(None, "AAAA-AAAA-AAAA"), ("R-1448-999999", None)])
    def test_a_wrong_code_and_a_case_that_does_not_exist_are_answered_alike(self, applicant, sent, reference, code):
        person = applicant(NAME)
        page = person.post("/follow", reference=reference or sent[1], code=code or sent[2])
        assert page.status_code == 422
        assert "R-1448" in page.text
        assert len(re.findall('class="error"', page.text)) == 1

    def test_without_a_code_the_page_is_not_found(self, applicant, sent, serve, home):
        with serve(home):
            case_id = db.session.scalar(select(Case.id).where(Case.reference == sent[1]))
        assert applicant(NAME).get(f"/follow/{case_id}").status_code == 404

    def test_another_association_knows_neither_code_nor_session(self, applicant, sent):
        _person, reference, code = sent
        stranger = applicant("nobough-talents")
        assert stranger.post("/follow", reference=reference, code=code).status_code == 422

    def test_can_be_left_again(self, applicant, sent):
        person, where = opened(applicant, *sent[1:])
        person.post(f"{where}/leave")
        assert person.get(where).status_code == 404

    def test_the_receipt_code_is_in_no_address(self, applicant, sent):
        _person, where = opened(applicant, *sent[1:])
        assert receipts.plain(sent[2]) not in receipts.plain(where)


class TestOneTimeCodes:
    def test_asking_takes_the_same_steps_whether_the_case_exists_or_not(self, applicant, sent, queries):
        steps = []
        for reference in (sent[1], "R-1448-999999"):
            person = applicant(NAME)
            with queries() as made:
                person.expect(person.post("/follow/code", reference=reference))
            steps.append(made)
        assert steps[0] == steps[1]

    def test_a_case_that_does_not_exist_gets_no_message(self, applicant, serve, home):
        worked(serve, home)
        with serve(home):
            before = db.session.scalar(select(func.count()).select_from(OutboxMessage))
        person = applicant(NAME)
        person.expect(person.post("/follow/code", reference="R-1448-999998"))
        worked(serve, home)
        with serve(home):
            assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == before

    def test_open_the_case_without_the_receipt_code(self, applicant, sent, serve, home):
        person = applicant(NAME)
        person.expect(person.post("/follow/code", reference=sent[1]))
        worked(serve, home)
        answer = person.expect(person.post("/follow/code/enter", code=last_code(serve, home)))
        assert person.get(answer.headers["Location"]).status_code == 200

    @pytest.mark.parametrize("typed", ["1098765432", "%C0%80", "نورة بنت فهد", "Z-1448-000001"])
    def test_what_cannot_be_a_reference_is_said_and_kept_nowhere(self, applicant, serve, home, typed):
        person = applicant(NAME)
        assert "R-1448-000123" in person.expect(person.post("/follow/code", reference=typed), 422).text
        with serve(home):
            assert typed not in "".join(map(str, db.session.scalars(select(DueWork.payload))))

    def test_the_answer_is_the_same_where_the_case_does_not_exist(self, applicant, sent):
        pages = []
        for reference in (sent[1], "R-1448-999999"):
            person = applicant(NAME)
            person.expect(person.post("/follow/code", reference=reference))
            pages.append(person.get("/follow/code/enter").text.replace(reference, ""))
            pages.append(
                person.expect(person.post("/follow/code/enter", code="000000"), 422).text.replace(reference, "")
            )
        pages = [re.sub(r'name="(csrf_token|idempotency_key)"[^>]*', "", page) for page in pages]
        assert pages[0] == pages[2]
        assert pages[1] == pages[3]


class TestTheWholePage:
    def test_tells_state_dates_story_and_papers(self, applicant, sent):
        person, where = opened(applicant, *sent[1:])
        page = person.get(where).text
        for words in (sent[1], "متى يأتي الرد؟", "كيف حُسب الموعد", "استلمنا طلبك", "receipt.pdf"):
            assert words in page

    def test_in_english_too(self, applicant, sent):
        person, where = opened(applicant, *sent[1:])
        page = person.get(f"{where}?lang=en").text
        assert 'dir="ltr"' in page
        assert "When does the reply come?" in page

    @pytest.mark.parametrize("paper", ["receipt.pdf", "attestation.pdf"])
    def test_papers_open(self, applicant, sent, paper):
        person, where = opened(applicant, *sent[1:])
        assert person.get(f"{where}/{paper}").data.startswith(b"%PDF-")

    def test_its_documents_open_here_and_nowhere_else(self, applicant, sent, serve, home):
        person, _where = opened(applicant, *sent[1:])
        with serve(home):
            file_id = db.session.scalar(
                select(CaseDocument.file_id).join(Case).where(Case.reference == sent[1]).limit(1)
            )
        here = person.get(f"/documents/{file_id}")
        assert here.status_code == 200
        assert here.headers["Content-Disposition"].startswith("attachment")
        assert here.headers["X-Content-Type-Options"] == "nosniff"
        assert applicant(NAME).get(f"/documents/{file_id}").status_code == 404
        assert applicant("nobough-talents").get(f"/documents/{file_id}").status_code == 404

    def test_asks_the_database_a_fixed_number_of_times(self, applicant, sent, queries):
        person, where = opened(applicant, *sent[1:])
        person.get(where)
        with queries() as few:
            person.get(where)
        for n in range(5):
            person.post(f"{where}/messages", body=f"رسالة {n}")
        with queries() as many:
            person.get(where)
        assert len(many) == len(few)


class TestWriting:
    def test_a_message_goes_to_the_association(self, applicant, sent):
        person, where = opened(applicant, *sent[1:])
        person.expect(person.post(f"{where}/messages", body="<b>سؤال</b>"))
        page = person.get(where).text
        assert "&lt;b&gt;سؤال" in page
        assert "كتبت إلينا" in page

    def test_an_empty_message_comes_back(self, applicant, sent):
        person, where = opened(applicant, *sent[1:])
        person.expect(person.post(f"{where}/messages", body=" "), 422)

    def test_a_long_message_is_not_lost(self, applicant, sent):
        person, where = opened(applicant, *sent[1:])
        assert "س" * 6000 in person.expect(person.post(f"{where}/messages", body="س" * 6000), 422).text


class TestWithdrawing:
    def test_ends_the_case_and_says_so(self, applicant, fresh, serve, home):
        person, where = opened(applicant, *fresh[1:])
        person.expect(person.post(f"{where}/withdraw", reason="لم أعد بحاجة"))
        with serve(home):
            assert db.session.scalars(select(Case).where(Case.reference == fresh[1])).one().state is State.WITHDRAWN
        page = person.get(where).text
        assert f"{where}/withdraw" not in page
        assert f"{where}/messages" not in page


class TestWhatIsOwed:
    @pytest.fixture
    def owing(self, applicant, serve, home):
        person = applicant(NAME)
        person.start()
        person.who()
        person.fill(documents=False)
        person.expect(person.send())
        where = re.search(r'href="(/follow/[0-9a-f-]{36})"', person.get("/follow/sent").text)[1]
        return person, where

    def test_documents_are_added_and_then_the_data_attested(self, owing):
        person, where = owing
        for _ in range(5):
            asked = re.search(rf'href="({where}/documents/[a-z_]+)"', person.get(where).text)
            if not asked:
                break
            assert person.get(asked[1]).status_code == 200
            person.expect(person.post(asked[1], file=photo(), valid_until="1/1/1460"))
        assert f"{where}/attest" in person.get(where).text
        person.expect(person.post(f"{where}/attest", method="drawn", signed_by="نورة", signature=SIGNATURE))
        assert f'href="{where}/attest"' not in person.get(where).text

    def test_what_is_not_asked_for_cannot_be_added(self, owing):
        person, where = owing
        assert person.post(f"{where}/documents/other", file=photo()).status_code == 404

    def test_the_list_can_be_taken_along(self, owing):
        person, where = owing
        assert person.get(f"{where}/missing.pdf").data.startswith(b"%PDF-")

    def test_a_bad_file_is_refused_and_nothing_changes(self, owing):
        from io import BytesIO

        person, where = owing
        asked = re.search(rf'href="({where}/documents/[a-z_]+)"', person.get(where).text)[1]
        sent = {"file": (BytesIO(b"MZ"), "x.exe"), "valid_until": "1/1/1460"}
        assert "file-error" in person.expect(person.post(asked, **sent), 422).text

    def test_an_answer_that_is_asked_for_can_be_given(self, applicant, fresh, serve, home, signed_in):
        person, where = opened(applicant, *fresh[1:])
        with serve(home):
            case = db.session.scalars(select(Case).where(Case.reference == fresh[1])).one()
            form = requests.definition(case)
            step = next(step for step in form.steps if any(f.shown_when is None for f in step.fields))
            one = next(f for f in step.fields if f.shown_when is None)
            owe_items(case, [("field", one.key)], "نرجو التصحيح")
            case.state = State.INCOMPLETE
            db.session.commit()
        page = person.get(f"{where}/answers/{step.key}")
        assert page.text.count('class="label') == 1
        person.expect(person.post(f"{where}/answers/{step.key}", **{one.key: changed(one)}))
        assert f"{where}/answers" not in person.get(where).text


def changed(one):
    return one.choices[-1].value if one.choices else f"{answer(one)} معدل"


class TestSigningWithACode:
    def test_the_code_signs(self, applicant, serve, home):
        person = applicant(NAME)
        person.start()
        person.who()
        person.fill()
        person.expect(person.send(method="code", signed_by="نورة"))
        page = person.get("/follow/sent").text
        where = re.search(r'action="(/follow/[0-9a-f-]{36}/attest/code)"', page)[1]
        person.expect(person.post(where, code="000000"), 422)
        person.expect(person.post(where, code=last_code(serve, home)))
        assert "وُقّع الإقرار" in person.get(where.removesuffix("/attest/code")).text
