"""Interviews: consent first, notes that are sealed, and of a refusal nothing but that there was one."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from silah import clock
from silah.beneficiaries.models import Beneficiary
from silah.interviews import service, subjects
from silah.interviews.models import Interview
from silah.interviews.service import CONSENT_AR
from silah.surveys import questionnaires
from silah.web.access import Member, Permission
from tenants.database import db

OFFICER, RUNNER, READER, STRANGER = "relations_officer", "administrator", "senior_management", "board_nominee"
SAID = "قالت إن الموعد لم يُبلّغ"


@pytest.fixture(scope="module")
def home(make_association, app):
    from tenants.context import serving

    tenant = make_association(blueprint="hayat-arar")
    with app.app_context(), serving(tenant):
        questionnaires.begin("after_service")
        db.session.commit()
    return tenant


@pytest.fixture
def guide(serve, home):
    with serve(home):
        return str(questionnaires.listing()[0].id)


@pytest.fixture
def begun(seat, guide, serve, home):
    """Begins an interview by its page; gives its id."""

    def begin(role=OFFICER, query="", **more):
        answer = seat(role).post(
            f"/desk/interviews/new{query}", data={"questionnaire": guide, "consent": "spoken"} | more
        )
        assert answer.status_code == 302, answer.text
        return answer.location.split("/")[-2]

    return begin


def noted(seat, id_, **more):
    return seat(OFFICER).post(
        f"/desk/interviews/{id_}/notes", data={"note-satisfied": SAID, "summary": "نحسن الإبلاغ"} | more
    )


class TestConsent:
    def test_comes_first_and_is_kept_with_its_words(self, begun, serve, home):
        id_ = begun()
        with serve(home):
            it = db.session.get(Interview, id_)
            assert (it.state, it.consent_how, it.consent_ar) == ("open", "spoken", CONSENT_AR)
            assert it.consent_at <= clock.now()

    def test_must_be_answered(self, seat, guide):
        answer = seat(OFFICER).post("/desk/interviews/new?lang=en", data={"questionnaire": guide})
        assert answer.status_code == 422
        assert "Choose the answer that was given." in answer.text

    def test_is_not_given_in_the_future(self, seat, guide):
        sent = {"questionnaire": guide, "consent": "signed", "on": (clock.today() + timedelta(2)).isoformat()}
        answer = seat(OFFICER).post("/desk/interviews/new", data=sent)
        assert answer.status_code == 422

    def test_refused_leaves_nothing_but_the_count(self, seat, guide, serve, home):
        sent = {"questionnaire": guide, "consent": "refused", "reference": "R-1", "on": "", "at": ""}
        assert seat(OFFICER).post("/desk/interviews/new", data=sent).location == "/desk/interviews"
        with serve(home):
            row = db.session.scalars(select(Interview).where(Interview.state == "refused")).first()
            kept = {one.key for one in Interview.__mapper__.column_attrs if getattr(row, one.key) not in (None, "", {})}
            assert kept == {"id", "state", "held_on"}
            assert row.held_on.day == 1

    @pytest.mark.parametrize("more", [{"consent_how": "spoken"}, {"notes": "x"}, {"asks": {"title": {}}}])
    def test_refused_the_database_keeps_no_more(self, serve, home, more):
        with serve(home):
            db.session.add(Interview(**{"state": "refused", "held_on": clock.today(), "asks": {}} | more))
            with pytest.raises(IntegrityError, match="refused_is_only_counted"):
                db.session.flush()
            db.session.rollback()

    def test_missing_the_database_keeps_no_interview(self, serve, home):
        with serve(home):
            db.session.add(Interview(state="open", held_on=clock.today(), asks={}))
            with pytest.raises(IntegrityError, match="consent_comes_first"):
                db.session.flush()
            db.session.rollback()

    def test_taken_back_erases_everything(self, begun, seat, serve, home):
        id_ = begun()
        noted(seat, id_)
        assert seat(OFFICER).post(f"/desk/interviews/{id_}/withdraw").status_code == 302
        assert seat(OFFICER).get(f"/desk/interviews/{id_}").status_code == 404
        with serve(home):
            row = db.session.get(Interview, id_)
            assert (row.state, row.notes, row.summary, row.interviewer_id) == ("refused", None, None, None)


class TestNotes:
    def test_follow_the_questions_and_stand_once_it_is_over(self, begun, seat):
        id_ = begun()
        page = seat(OFFICER).get(f"/desk/interviews/{id_}/notes?lang=ar").text
        assert 'name="note-satisfied"' in page
        assert "{الخدمة}" not in page
        assert noted(seat, id_).status_code == 302
        assert SAID in seat(OFFICER).get(f"/desk/interviews/{id_}?lang=ar").text
        assert seat(OFFICER).post(f"/desk/interviews/{id_}/over").status_code == 302
        assert noted(seat, id_).status_code == 409

    def test_end_with_a_summary(self, begun, seat, serve, home):
        id_ = begun()
        assert seat(OFFICER).post(f"/desk/interviews/{id_}/over").status_code == 302
        with serve(home):
            assert db.session.get(Interview, id_).state == "open"

    def test_are_sealed(self, begun, seat, serve, home):
        id_ = begun()
        noted(seat, id_)
        with serve(home):
            row = db.session.execute(text("SELECT notes, summary FROM interview WHERE id = :id"), {"id": id_}).one()
            assert SAID.encode() not in bytes(row.notes)
            assert "الإبلاغ".encode() not in bytes(row.summary)

    def test_are_the_interviewers_to_write(self, begun, seat):
        id_ = begun()
        assert seat(RUNNER).post(f"/desk/interviews/{id_}/notes", data={"summary": "x"}).status_code == 403


class TestReading:
    def test_is_for_the_interviewer_and_who_follows_surveys(self, begun, seat):
        id_ = begun()
        assert seat(READER).get(f"/desk/interviews/{id_}").status_code == 200
        assert seat("delegate").get(f"/desk/interviews/{id_}").status_code == 404
        assert str(id_) not in seat("delegate").get("/desk/interviews").text
        assert str(id_) in seat(READER).get("/desk/interviews").text

    def test_the_list_takes_a_fixed_number_of_statements(self, begun, seat, queries):
        begun()
        seat(OFFICER).get("/desk/interviews")
        with queries() as few:
            seat(OFFICER).get("/desk/interviews")
        for _ in range(3):
            begun()
        with queries() as many:
            seat(OFFICER).get("/desk/interviews")
        assert len(many) == len(few)

    @pytest.mark.parametrize("lang", ["ar", "en"])
    def test_each_page_is_there_in_both_languages(self, begun, seat, lang):
        id_ = begun()
        for path in ("", "/new", f"/{id_}", f"/{id_}/notes"):
            assert seat(OFFICER).get(f"/desk/interviews{path}?lang={lang}").status_code == 200


class TestWhomItIsWith:
    @pytest.fixture
    def case(self, serve, home, app):
        from silah.complaints import inquiries

        person = {"name": "سلمى بنت خالد", "mobile": "+966550000088", "reply_channel": "phone", "relation": "self"}
        person["national_id"] = "1000000008"
        with serve(home):
            made = inquiries.ask("inquiry", "متى يصرف الدعم؟", person, channel="website").case
            db.session.commit()
            return made.id, made.reference

    def test_a_case_is_named_by_its_reference_to_who_may_see_it(self, begun, seat, case, serve, home):
        id_ = begun(reference=case[1].replace("1", "١"))
        assert case[1] in seat(OFFICER).get(f"/desk/interviews/{id_}").text
        reader = Member(uuid4(), uuid4(), "reader", permissions=frozenset({Permission.SEE_SURVEYS}))
        with serve(home):
            assert subjects.named([service.get(UUID(id_), reader)], reader) == {}

    def test_another_reference_is_refused_at_its_field(self, seat, guide):
        sent = {"questionnaire": guide, "consent": "spoken", "reference": "R-1440-000999"}
        answer = seat(OFFICER).post("/desk/interviews/new?lang=en", data=sent)
        assert answer.status_code == 422
        assert "no case of this reference" in answer.text
        assert 'value="R-1440-000999"' in answer.text

    def test_a_file_is_named_by_its_page(self, begun, seat, case, serve, home):
        with serve(home):
            person = db.session.scalars(select(Beneficiary)).first()
            id_, name = person.id, person.name
        made = begun(query=f"?beneficiary={id_}")
        assert name in seat(OFFICER).get(f"/desk/interviews/{made}").text
        assert name not in seat(RUNNER).get(f"/desk/interviews/{made}").text


class TestThePeriod:
    def test_counts_what_was_over_open_and_refused(self, begun, seat, serve, home):
        with serve(home):
            before = service.interviews_between(clock.today(), clock.today())
        id_ = begun()
        noted(seat, id_)
        seat(OFFICER).post(f"/desk/interviews/{id_}/over")
        begun()
        seat(OFFICER).post(f"/desk/interviews/{begun()}/withdraw")
        with serve(home):
            after = service.interviews_between(clock.today(), clock.today())
            long_ago = service.interviews_between(clock.today() - timedelta(99), clock.today() - timedelta(66))
        assert (after.over - before.over, after.open - before.open, after.refused - before.refused) == (1, 1, 1)
        assert after.last == clock.today()
        assert (long_ago.last, long_ago.over, long_ago.open, long_ago.refused) == (None, 0, 0, 0)
