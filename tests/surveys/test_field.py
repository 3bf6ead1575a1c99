"""What phones bring back from the field: for those to whom it was given, each answer once, by the rules of the web."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from silah import clock as time
from silah.notifications.models import OutboxMessage
from silah.staff.models import Membership
from silah.surveys import aggregates, field_work, rounds
from silah.surveys.field_models import SurveyReceipt
from silah.surveys.models import SurveyResponse, SurveyRound
from tenants.database import db
from tests.surveys.conftest import opened, planned

WHOLE = {"happy": "1", "recommend": "١٠", "office": "north", "got": ["north", "west"], "times": "٣", "why": "تأخر"}


@pytest.fixture(scope="module")
def seats():
    return {}


@pytest.fixture
def seat(home, signed_in, seats):
    def at(role):
        if role not in seats:
            seats[role] = signed_in(home, role)
        return seats[role]

    return at


@pytest.fixture
def given(seat, serve, home):
    """Opens a round and gives it to the delegate; gives its id."""

    def give(anonymous=False, **more):
        seat("delegate")
        with serve(home):
            found = opened(anonymous=anonymous, **more)
            field_work.assign(found, [delegate()])
            db.session.commit()
            return found.id

    return give


def delegate():
    newest = select(Membership.id).where(Membership.roles.any(key="delegate")).order_by(Membership.created_at.desc())
    return db.session.scalars(newest).first()


def bring(browser, id_, client_id=None, **more):
    sent = WHOLE | {"id": str(client_id or uuid4())} | more
    return browser.post(f"/desk/field/{id_}/answers.json", data=sent)


def kept(serve, home, id_):
    with serve(home):
        return db.session.scalars(select(SurveyResponse).where(SurveyResponse.round_id == id_)).all()


class TestTakingAlong:
    def test_is_for_those_to_whom_the_round_was_given(self, given, seat):
        id_ = str(given())
        carried = seat("delegate").get("/desk/field/rounds.json").json
        assert id_ in [one["id"] for one in carried["rounds"]]
        assert seat("volunteer").get("/desk/field/rounds.json").json["rounds"] == []
        assert bring(seat("volunteer"), id_).status_code == 404

    def test_carries_each_question_in_both_languages(self, given, seat):
        id_ = str(given())
        (one,) = [it for it in seat("delegate").get("/desk/field/rounds.json").json["rounds"] if it["id"] == id_]
        first, second = one["pages"]
        assert "happy بالعربية" in first["html"]["ar"]
        assert "Very satisfied" in first["html"]["en"]
        assert "Very satisfied" not in first["html"]["ar"]
        assert [q["key"] for q in second["questions"] if q["when"]] == ["why"]
        assert 'name="lines.north"' in second["html"]["ar"]

    def test_a_round_that_is_not_open_stays_at_home(self, seat, serve, home):
        seat("delegate")
        with serve(home):
            found = planned(opens_on=time.today() + timedelta(3))
            field_work.assign(found, [delegate()])
            db.session.commit()
            id_ = str(found.id)
        assert id_ not in [one["id"] for one in seat("delegate").get("/desk/field/rounds.json").json["rounds"]]

    def test_the_page_names_nobody_and_its_worker_keeps_what_it_is_drawn_with(self, client, home, seat):
        page = seat("delegate").get("/desk/field/?lang=ar").text
        assert "منسوب" not in page
        assert "csrf" not in page
        script = client(home).get("/desk/field/worker.js")
        assert script.mimetype == "text/javascript"
        known = json.loads(script.text.split("const KEPT = ")[1].split(";\n")[0])
        assert {path.split("?")[0] for path in known["files"]} >= {
            "/static/silah.css",
            "/static/field.js",
            "/theme.css",
        }
        assert all(client(home).get(path).status_code == 200 for path in known["files"])

    def test_the_manifest_and_its_icons_stand_on_the_associations_own_host(self, client, home):
        about = json.loads(client(home).get("/desk/field/manifest.webmanifest?lang=ar").text)
        assert (about["dir"], about["start_url"]) == ("rtl", "/desk/field/")
        assert client(home).get(about["icons"][0]["src"]).data[:4] == b"\x89PNG"

    def test_a_stranger_gets_the_way_in_and_a_program_a_word(self, client, home):
        assert client(home).get("/desk/field/").status_code == 302
        assert client(home).get("/desk/field/rounds.json").status_code == 401


class TestBringing:
    @pytest.mark.parametrize("anonymous", [False, True])
    def test_the_same_answer_twice_is_one(self, given, seat, serve, home, anonymous):
        id_, mine = given(anonymous), uuid4()
        for _ in range(3):
            assert bring(seat("delegate"), id_, mine).json == {"taken": True}
        (one,) = kept(serve, home, id_)
        assert one.answers["recommend"] == "10"
        assert one.texts == '{"why": "تأخر"}'

    def test_again_after_the_round_has_ended_is_still_taken(self, given, seat, serve, home):
        id_, mine = given(True), uuid4()
        bring(seat("delegate"), id_, mine)
        with serve(home):
            rounds.close(rounds.get(id_))
            db.session.commit()
        assert bring(seat("delegate"), id_, mine).json == {"taken": True}
        late = bring(seat("delegate"), id_)
        assert late.status_code == 409
        assert "أُغلقت" in late.json["error"]
        assert len(kept(serve, home, id_)) == 1

    def test_by_two_at_once_is_one(self, given, seat, serve, home, app):
        """The second waits for the first to be written, then has nothing to do."""
        from threading import Thread

        id_, mine, said = given(), uuid4(), []
        browser = seat("delegate")
        cookie = browser.get_cookie("silah", domain=f"{home.slug}.silah.test").value

        def send():
            other = app.test_client(use_cookies=True)
            other.set_cookie("silah", cookie, domain=f"{home.slug}.silah.test")
            sent = WHOLE | {"id": str(mine)}
            address = f"http://{home.slug}.silah.test"
            said.append(other.post(f"/desk/field/{id_}/answers.json", data=sent, base_url=address).status_code)

        threads = [Thread(target=send) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert said == [200] * 4
        assert len(kept(serve, home, id_)) == 1

    def test_is_checked_as_on_the_web_and_refused_with_words(self, given, seat, serve, home):
        id_ = given()
        answer = bring(seat("delegate"), id_, happy="9", times="many")
        assert answer.status_code == 422
        assert set(answer.json["fields"]) == {"happy", "times"}
        assert kept(serve, home, id_) == []

    def test_after_being_put_right_it_is_taken_under_the_same_id(self, given, seat, serve, home):
        id_, mine = given(), uuid4()
        assert bring(seat("delegate"), id_, mine, happy="9").status_code == 422
        assert bring(seat("delegate"), id_, mine).status_code == 200
        assert len(kept(serve, home, id_)) == 1

    @pytest.mark.parametrize("strange", ["", "1", "not-an-id", "00000000-0000-1000-8000-000000000000"])
    def test_needs_a_proper_id(self, given, seat, strange):
        assert bring(seat("delegate"), given(), id=strange).status_code == 422

    def test_an_id_of_another_round_is_not_taken_for_this_one(self, given, seat, serve, home):
        first, second, mine = given(), given(), uuid4()
        assert bring(seat("delegate"), first, mine).status_code == 200
        assert bring(seat("delegate"), second, mine).status_code == 409

    def test_without_proof_of_where_it_was_made_is_refused(self, given, seat, app, monkeypatch, serve, home):
        id_ = given()
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
        assert bring(seat("delegate"), id_).status_code == 400
        proof = seat("delegate").get("/desk/field/rounds.json").json["proof"]
        sent = WHOLE | {"id": str(uuid4())}
        path = f"/desk/field/{id_}/answers.json"
        assert seat("delegate").post(path, data=sent, headers={"X-CSRFToken": proof}).status_code == 200

    def test_the_quota_holds(self, given, seat, serve, home):
        id_ = given(quota=1)
        assert [bring(seat("delegate"), id_).status_code for _ in range(2)] == [200, 409]


class TestAnAnonymousRound:
    def test_keeps_no_day_no_way_no_order_and_no_bearer(self, given, seat, serve, home):
        id_ = given(True)
        ids = [uuid4() for _ in range(3)]
        for one in ids:
            bring(seat("delegate"), id_, one)
        rows = kept(serve, home, id_)
        assert {(row.answered_on, row.way, row.invitation_id) for row in rows} == {(None, None, None)}
        assert not {row.id for row in rows} & set(ids)
        with serve(home):
            receipts = db.session.scalars(select(SurveyReceipt).where(SurveyReceipt.round_id == id_)).all()
            assert {one.id for one in receipts} == set(ids)
            assert {one.member_id for one in receipts} == {None}

    def test_the_database_refuses_the_bearer(self, given, serve, home):
        id_ = given(True)
        with serve(home):
            db.session.add(SurveyReceipt(id=uuid4(), round_id=id_, anonymous=True, member_id=delegate()))
            with pytest.raises(IntegrityError, match="anonymous_names_nobody"):
                db.session.flush()
            db.session.rollback()

    def test_no_transaction_joins_receipts_to_answers_once_they_are_counted(self, given, seat, serve, home):
        id_ = given(True)
        for _ in range(3):
            bring(seat("delegate"), id_)
        with serve(home):
            aggregates.count(rounds.get(id_))
            db.session.commit()
            asked = text(
                "SELECT count(*) FROM survey_response a JOIN survey_receipt b ON a.xmin = b.xmin WHERE a.round_id = :id"
            )
            assert db.session.scalar(asked, {"id": id_}) == 0


class TestTheTeam:
    def test_is_chosen_on_a_page_and_told_once(self, seat, serve, home):
        seat("delegate")
        with serve(home):
            id_, who = opened().id, str(delegate())
            db.session.commit()
        for _ in range(2):
            answer = seat("administrator").post(f"/desk/surveys/{id_}/field", data={"members": [who]})
            assert answer.status_code == 302
        with serve(home):
            found = db.session.get(SurveyRound, id_)
            mail = select(OutboxMessage).where(OutboxMessage.template == "field_given")
            told = [one for one in db.session.scalars(mail) if found.title_ar in one.subject]
            assert found.team == [who]
            assert told
        assert "checked" in seat("administrator").get(f"/desk/surveys/{id_}/field").text

    def test_what_each_brought_is_told_of_a_named_round_only(self, given, seat, serve, home):
        for anonymous, told in ((False, 1), (True, 0)):
            id_ = given(anonymous)
            bring(seat("delegate"), id_)
            with serve(home):
                found = field_work.brought(rounds.get(id_))
                assert (found.answers, len(found.by)) == (1, told)
            for lang in ("ar", "en"):
                assert seat("administrator").get(f"/desk/surveys/{id_}/field?lang={lang}").status_code == 200

    def test_whoever_is_taken_out_brings_nothing_more(self, given, seat, serve, home):
        id_ = given()
        assert seat("administrator").post(f"/desk/surveys/{id_}/field", data={"submit": "1"}).status_code == 302
        assert bring(seat("delegate"), id_).status_code == 404

    def test_is_chosen_by_who_runs_surveys(self, given, seat):
        assert seat("delegate").post(f"/desk/surveys/{given()}/field").status_code == 403


class TestThePeriod:
    def test_counts_rounds_that_stood_open_in_it_with_what_came(self, given, seat, serve, home):
        id_ = given(True)
        for _ in range(2):
            bring(seat("delegate"), id_)
        with serve(home):
            today = time.today()
            opened()
            found = field_work.field_rounds_between(today - timedelta(2), today)
            assert {one.round.id: one.answers for one in found}[id_] == 2
            assert all(one.round.team for one in found)
            assert field_work.field_rounds_between(today - timedelta(90), today - timedelta(60)) == []

    def test_answers_are_counted_by_the_same_aggregates(self, given, seat, serve, home):
        id_ = given()
        for _ in range(4):
            bring(seat("delegate"), id_)
        with serve(home):
            found = rounds.get(id_)
            assert aggregates.count(found) == 4
            assert found.counted == json.loads(json.dumps(aggregates.in_full(found)))
            counted = select(func.count()).where(SurveyResponse.round_id == id_, SurveyResponse.way == "field")
            assert db.session.scalar(counted) == 4
            db.session.rollback()


class TestThePhone:
    def test_is_asked_in_a_fixed_number_of_statements(self, given, seat, queries):
        browser = seat("delegate")
        given()
        browser.get("/desk/field/rounds.json")
        with queries() as few:
            browser.get("/desk/field/rounds.json")
        for _ in range(3):
            given()
        with queries() as many:
            browser.get("/desk/field/rounds.json")
        assert len(many) == len(few)
