"""Who takes a round along, what is told of what they brought, and that an anonymous round tells nothing of it."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from silah import clock as time
from silah.notifications.models import OutboxMessage
from silah.surveys import aggregates, field_work, rounds
from silah.surveys.models import SurveyReceipt, SurveyResponse, SurveyRound
from tenants.database import db
from tests.surveys.conftest import opened
from tests.surveys.fielding import bring, delegate, given, kept

__all__ = ["given"]


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
