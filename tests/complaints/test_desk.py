"""The staff's pages of complaints and inquiries, over real clients."""

import re

import pytest
from sqlalchemy import select

from silah.cases.models import Case
from silah.cases.workflow import perform
from silah.complaints import inquiries, public_answers, receiving
from silah.complaints.models import Complaint, PublicAnswer
from silah.complaints.receiving import Told
from silah.corrective.models import CorrectiveAction
from silah.documents import service as documents
from silah.notifications.models import OutboxMessage
from silah.organisation.models import Membership
from tenants.database import db

from .conftest import PERSON, Office
from .test_inquiries import TEXTS
from .test_portal import picture

CHAIR = "follow_up_committee_chair"


@pytest.fixture(scope="module")
def home(make_association):
    return make_association(blueprint="samtah-cooperative")


@pytest.fixture
def complaint(serve, home):
    """The id of a fresh complaint."""
    with serve(home):
        made = receiving.submit(Told(about="service", text="تأخرت السلة", person=PERSON), channel="website")
        db.session.commit()
        return made.case.id


def done(browser, case_id, key, **data):
    page = browser.get(f"/desk/cases/{case_id}/moves/{key}")
    assert page.status_code == 200, page.text
    seen = re.search(r'name="seen" value="(\d+)"', page.text)[1]
    return browser.post(f"/desk/cases/{case_id}/moves/{key}", data={"seen": seen, **data})


class TestAComplaint:
    def test_is_handled_from_its_page_to_the_answer(self, seat, serve, home, complaint):
        chair = seat(CHAIR)
        page = chair.get(f"/desk/cases/{complaint}")
        assert page.status_code == 200
        assert "تأخرت السلة" in page.text
        assert done(chair, complaint, "classify", topic="delay", severity="high").status_code == 302
        owner = seat("delegate") and None
        with serve(home):
            owner = db.session.scalars(select(Membership.id).where(Membership.state == "active")).first()
        action = {"what": "مراجعة جدول التوزيع", "owner": str(owner), "due_on": "2099-01-01"}
        assert done(chair, complaint, "set_action", **action).status_code == 302
        found = {"finding": "upheld", "findings": "تأخر المورد", "answer": "نعتذر عن التأخر"}
        assert done(chair, complaint, "find", **found).status_code == 302
        preview = chair.get(f"/desk/cases/{complaint}/moves/answer?lang=en").text
        assert "as the applicant will get it" in preview
        assert "نعتذر عن التأخر" in preview
        assert done(chair, complaint, "answer").status_code == 302
        page = chair.get(f"/desk/cases/{complaint}").text
        assert "نعتذر عن التأخر" in page
        with serve(home):
            assert db.session.get(Case, complaint).state == "replied"
            assert db.session.scalar(select(CorrectiveAction.what).where(CorrectiveAction.case_id == complaint))

    def test_an_objection_is_heard_by_senior_management_from_its_page(self, seat, serve, home, complaint):
        chair, above = seat(CHAIR), seat("senior_management")
        found = {"finding": "upheld", "findings": "تأخر المورد", "answer": "نعتذر عن التأخر"}
        assert done(chair, complaint, "classify", topic="delay", severity="high").status_code == 302
        assert above.get(f"/desk/cases/{complaint}/moves/find").status_code == 403
        assert done(chair, complaint, "find", **found).status_code == 302
        assert done(chair, complaint, "answer").status_code == 302
        with serve(home):
            perform(db.session.get_one(Case, complaint), "object", None, {"reasons": "لم يصلني شيء"})
            db.session.commit()
        assert chair.get(f"/desk/cases/{complaint}/moves/find").status_code == 403
        assert done(above, complaint, "find", **found | {"answer": "نعوضك"}).status_code == 302
        action = {"what": "تغيير المورد", "owner": "", "due_on": "2099-01-01"}
        assert done(above, complaint, "set_action", **action).status_code == 422
        assert done(above, complaint, "answer").status_code == 302
        with serve(home):
            assert db.session.get_one(Case, complaint).state == "replied"

    def test_bad_input_is_said_beside_its_field_and_kept(self, seat, complaint):
        chair = seat(CHAIR)
        answer = done(chair, complaint, "classify", topic="", severity="", request="مرجع غريب")
        assert answer.status_code == 422
        assert "مرجع غريب" in answer.text

    def test_is_no_page_for_who_does_not_handle_complaints(self, seat, complaint):
        for role in ("relations_officer", "administrator", "liaison_officer"):
            assert seat(role).get(f"/desk/cases/{complaint}").status_code == 404
            listed = seat(role).get("/desk/cases?view=all&q=C-")
            assert str(complaint) not in listed.text

    def test_of_a_confidential_one_reading_a_file_or_a_letter_is_on_record_too(self, seat, serve, home):
        colleague = seat("follow_up_committee_secretary")
        with serve(home):
            file = documents.keep(picture()[0], "a.jpg", purpose="complaint")
            told = Told(about="data", text="سرّي", person=PERSON | {"reply_channel": "phone"})
            case = receiving.submit(told, [file], channel="website").case
            office = Office(home)
            perform(
                case, "classify", office.member(CHAIR), {"topic": "privacy", "severity": "high", "confidential": True}
            )
            me = db.session.scalars(
                select(Membership).where(Membership.name == "منسوب follow_up_committee_secretary")
            ).one()
            perform(case, "name_reader", office.member(CHAIR), {"member": me.id})
            rows = select(OutboxMessage.id).where(OutboxMessage.case_id == case.id, OutboxMessage.means == "call")
            letter, case_id, file_id = db.session.scalars(rows).first(), case.id, file.id
            db.session.commit()

        def reads():
            with serve(home):
                return office.verbs(db.session.get_one(Case, case_id)).count("read")

        assert seat("administrator").get(f"/documents/{file_id}").status_code == 404
        assert reads() == 0
        assert colleague.get(f"/documents/{file_id}").status_code == 200
        assert reads() == 1
        assert colleague.get(f"/desk/letters/{letter}").status_code == 200
        assert reads() == 1

    def test_one_may_read_the_person_in_full_and_that_is_on_record(self, seat, serve, home, complaint):
        assert "haya@example.com" not in seat(CHAIR).get(f"/desk/cases/{complaint}").text

    @pytest.mark.parametrize("path", ["/desk/complaints", "/desk/actions"])
    def test_the_standing_pages_open(self, seat, complaint, path):
        assert seat("senior_management").get(path).status_code == 200

    def test_the_board_costs_the_same_however_many_wait(self, seat, serve, home, queries):
        above = seat("senior_management")
        counts = []
        for more in (1, 6):
            with serve(home):
                for _ in range(more):
                    receiving.submit(Told(about="branch", text="x", person=PERSON), channel="website")
                db.session.commit()
            above.get("/desk/complaints")
            with queries() as sent:
                assert above.get("/desk/complaints").status_code == 200
            counts.append(len(sent))
        assert counts[0] == counts[1] < 25


UNPROVED = {"identity": "none", "identity_paper": ""}
"""What the form sends where the officer does not know who it is."""


class TestRecording:
    def test_a_complaint_by_fax_shows_its_code_once(self, seat, serve, home):
        officer = seat("relations_officer")
        person = {key: value for key, value in PERSON.items() if value}
        sent = {"channel": "fax", "about": "branch", "text": "الفرع مغلق", **person, **UNPROVED}
        answer = officer.post("/desk/record/complaint", data=sent, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        assert re.search(r"C-\d{4}-\d{8}\b", answer.text)
        with serve(home):
            found = db.session.scalars(select(Complaint).order_by(Complaint.case_id)).all()
            assert any(one.text == "الفرع مغلق" and one.case.channel == "fax" for one in found)

    def test_a_letter_without_a_name_tells_not_even_who_recorded_it(self, seat, serve, home):
        officer = seat("relations_officer")
        sent = {"channel": "letters", "about": "data", "text": "رسالة بلا اسم", "how": "anonymous"}
        answer = officer.post("/desk/record/complaint", data=sent, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        with serve(home):
            (found,) = [one for one in db.session.scalars(select(Complaint)) if one.text == "رسالة بلا اسم"]
            assert (found.case.anonymous, found.case.taken_in_by, found.case.applicant_id) == (True, None, None)
            case_id = found.case_id
        assert str(case_id) not in answer.text
        assert found.case.reference in answer.text
        assert officer.get(f"/desk/cases/{case_id}").status_code == 404

    def test_nothing_typed_is_lost(self, seat):
        answer = seat("relations_officer").post("/desk/record/complaint", data={"text": "نص طويل كُتب"})
        assert answer.status_code == 422
        assert "نص طويل كُتب" in answer.text

    def test_an_inquiry_by_telephone(self, seat):
        person = {key: value for key, value in PERSON.items() if value}
        sent = {"channel": "phone", "kind": "support", "text": "لا يفتح الرابط", **person, **UNPROVED}
        answer = seat("liaison_officer").post("/desk/record/inquiry", data=sent, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        assert re.search(r"T-\d{4}-\d{6}", answer.text)


class TestInquiries:
    def test_is_answered_and_made_public(self, seat, serve, home):
        with serve(home):
            case_id = inquiries.ask("inquiry", "متى يفتح الباب؟", PERSON, channel="website").case.id
            db.session.commit()
        officer = seat("liaison_officer")
        assert done(officer, case_id, "answer", text="في الثامنة").status_code == 302
        admin = seat("administrator")
        form = admin.get(f"/desk/answers/new?case={case_id}")
        assert "متى يفتح الباب؟" in form.text
        assert admin.post(f"/desk/answers/new?case={case_id}", data=TEXTS).status_code == 302
        with serve(home):
            made = db.session.scalars(select(PublicAnswer).where(PublicAnswer.case_id == case_id)).one()
            assert made in public_answers.shown()[0]
        assert admin.post(f"/desk/answers/{made.id}/withdraw").status_code == 302
        assert seat("senior_management").get("/desk/inquiries").status_code == 200


class TestAdministration:
    def test_a_field_with_its_officer(self, seat, serve, home):
        admin = seat("administrator")
        seat("liaison_officer")
        page = admin.get("/admin/liaison/new").text
        officer = re.search(r'<option value="([0-9a-f-]{36})"', page)[1]
        sent = {"by": "field", "name_ar": "الإسكان", "name_en": "Housing", "officer": officer, "active": "y"}
        assert admin.post("/admin/liaison/new", data=sent).status_code == 302
        assert "الإسكان" in admin.get("/admin/liaison").text
        twice = admin.post("/admin/liaison/new", data=sent | {"stand_in": officer})
        assert twice.status_code == 422

    def test_the_rules_are_kept_and_checked(self, seat, serve, home):
        from silah.complaints import rules

        admin = seat("administrator")
        page = admin.get("/admin/complaints").text
        sent = dict(re.findall(r'name="([a-z_]+)"[^>]*value="(\d+)"', page))
        sent |= {"handlers": "follow_up_committee", "above_management": "board_nominee", "pauses": "y"}
        assert admin.post("/admin/complaints", data=sent | {"complaint_within": "7"}).status_code == 302
        with serve(home):
            assert rules.rules().complaint_within.amount == 7
            assert not rules.rules().anonymous
        assert admin.post("/admin/complaints", data=sent | {"second_step": "1"}).status_code == 422
