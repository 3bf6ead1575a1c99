"""Rounds: nobody invited twice, resumed after a kill, reminded within a cap, closed for good; the programme's own."""

from datetime import UTC, date, datetime, timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import func, select

from silah import clock as time
from silah.cases.models import Case
from silah.cases.parties import reached_person_of
from silah.errors import Conflict
from silah.jobs import handlers, runner
from silah.notifications.models import OutboxMessage
from silah.surveys import aggregates, audience, invitations, programme, responses, results_presenters, rounds, rules
from silah.surveys import jobs as work
from silah.surveys.audience import Audience
from silah.surveys.models import SurveyInvitation, SurveyRound
from tenants.database import db
from tenants.registry import DueWork
from tests.surveys.conftest import begun, invited, opened, planned, served, take
from tests.waiting import PATIENCE

ANSWER = {"happy": "4", "office": "north"}


def letters(template="survey_invitation"):
    return db.session.scalar(select(func.count()).where(OutboxMessage.template == template)) or 0


def list_of(found):
    return db.session.scalars(select(SurveyInvitation).where(SurveyInvitation.round_id == found.id)).all()


class TestInviting:
    def test_lists_each_person_once_though_they_had_several_cases(self, at_home):
        found = invited(opened(rule=served()))
        people = [one.person for one in list_of(found)]
        assert len(people) == len(set(people)) == audience.size(served()) > 3

    def test_goes_on_where_it_was_killed_and_writes_to_nobody_twice(self, serve, home, monkeypatch):
        monkeypatch.setattr(invitations, "PART", 2)
        with serve(home):
            found = opened(rule=served())
            db.session.commit()
            key, before = found.id, letters()
            assert invitations.invite_next_part(found)
            db.session.commit()
            invitations.invite_next_part(found)
            db.session.rollback()  # the worker is killed in the midst of the second part
        with serve(home):
            found = rounds.get(key)
            assert (found.told, letters() - before) == (2, 2)
            while invitations.invite_next_part(found):
                db.session.commit()
            invitations.invite_next_part(found)
            db.session.commit()
            reached = [one for one in list_of(found) if one.told_on]
            assert found.told == len(reached) == letters() - before
            assert found.invited == len(list_of(found))

    def test_is_one_piece_of_work_after_the_other_until_all_are_told(self, serve, home, app, monkeypatch):
        monkeypatch.setattr(invitations, "PART", 3)
        handlers.load()
        with serve(home):
            found = opened(rule=served())
            db.session.commit()
            key = str(found.id)
        with app.app_context():
            while runner.work(home.role, rounds.BUILD, key):
                pass
        with serve(home):
            found = rounds.get(key)
            row = db.session.get(DueWork, (home.role, rounds.BUILD, key))
            assert found.told == len([one for one in list_of(found) if one.reachable]) > 3
            assert row.done_at or row.due_at > time.now() - timedelta(seconds=5)

    def test_keeps_no_answer_waiting_that_comes_meanwhile(self, serve, home):
        """The letters of 100,000 people go out for a long while, and that is when most of them answer."""
        with serve(home):
            found = opened(rule=served())
            db.session.commit()
            key, done = found.id, Event()
            assert not invitations.invite_next_part(found)

            def answer():
                with serve(home):
                    take(rounds.get(key), ANSWER)
                    db.session.commit()
                    done.set()

            thread = Thread(target=answer)
            thread.start()
            assert done.wait(PATIENCE), "the part of the letters is not committed yet"
            db.session.commit()
            thread.join()

    def test_whom_no_message_reaches_is_told_apart(self, at_home):
        found = opened(rule=served())
        invitations.enter(found, audience.people(served()))
        assert found.invited > 3
        for one, to, _locale in invitations._recipients(list_of(found)):
            assert one.case_id
            assert to is None or to.means in ("email", "sms")

    def test_of_staff_reaches_those_who_work_here(self, at_home):
        found = invited(opened(rule=Audience(who="staff")))
        assert found.told == found.invited >= 4


class TestTheAudience:
    def test_a_sample_is_drawn_alike_by_its_seed(self, at_home):
        def drawn(seed):
            return {row.person for row in db.session.execute(audience.people(served(sample=3, seed=seed)))}

        assert drawn("a") == drawn("a")
        assert len(drawn("a")) == 3
        assert len({frozenset(drawn(str(n))) for n in range(9)}) > 1

    def test_is_narrowed_by_each_fact(self, at_home):
        whole = audience.size(served())
        today = time.today()
        assert audience.size(served(since=date(2000, 1, 1), until=today)) == whole
        assert audience.size(served(since=today + timedelta(1))) == 0
        assert audience.size(served(until=date(2000, 1, 1))) == 0
        assert audience.size(served(kinds=("complaint",))) == 0
        assert audience.size(served(kinds=("request",))) == whole
        assert audience.size(served(channels=("fax_that_nobody_has",))) == 0
        assert 0 < audience.size(served(closed=True)) < whole


class TestReminding:
    @pytest.fixture
    def found(self, at_home, clock):
        clock(datetime(2026, 11, 1, 9, tzinfo=UTC))
        found = opened(rule=served(), closes_on=date(2026, 11, 20), opens_on=date(2026, 11, 1))
        return invited(found)

    def test_goes_to_those_who_have_not_answered_once_a_turn(self, found, clock):
        clock(datetime(2026, 11, 6, 9, tzinfo=UTC))
        told = [one for one in list_of(found) if one.told_on]
        take(found, ANSWER, told[0])
        before = letters("survey_reminder")
        late = told[1]
        late.told_on = date(2026, 11, 4)
        for _ in range(2):
            invitations.remind_next_part(found)
        assert letters("survey_reminder") - before == len(told) - 2, "one has answered, for one it is too early"
        for day, more in ((9, 1), (11, len(told) - 2), (14, 1), (19, 0)):
            clock(datetime(2026, 11, day, 9, tzinfo=UTC))
            sent = letters("survey_reminder")
            invitations.remind_next_part(found)
            assert letters("survey_reminder") - sent == more, day
        assert {one.reminded for one in told[1:]} == {2}, "two are the cap"

    def test_a_turn_that_was_missed_is_passed_over(self, found, clock):
        before, told = letters("survey_reminder"), [one for one in list_of(found) if one.told_on]
        for day in (14, 15, 16):
            clock(datetime(2026, 11, day, 9, tzinfo=UTC))
            invitations.remind_next_part(found)
        assert letters("survey_reminder") - before == len(told)

    def test_repeats_the_same_link(self, found):
        one = next(one for one in list_of(found) if one.told_on)
        assert responses.find(responses.token(one.id)).invitation is one

    def test_is_owed_each_morning_until_the_end(self, found, clock):
        key = (db.session.scalar(select(func.current_user())), rounds.REMIND, str(found.id))
        assert time.day_of(db.session.get(DueWork, key, populate_existing=True).due_at) == date(2026, 11, 6)
        for day, due in ((6, 7), (19, 20), (20, 20)):
            clock(datetime(2026, 11, day, 9, tzinfo=UTC))
            work.remind(str(found.id), {})
            assert time.day_of(db.session.get(DueWork, key, populate_existing=True).due_at) == date(2026, 11, due)

    def test_stops_where_the_round_has_ended(self, found, clock):
        clock(datetime(2026, 11, 25, 9, tzinfo=UTC))
        before = letters("survey_reminder")
        assert not invitations.remind_next_part(found)
        assert letters("survey_reminder") == before


class TestTheEnd:
    def test_is_final(self, at_home):
        found = opened()
        rounds.close(found)
        for deed in (rounds.open_now, rounds.close, rounds.discard):
            with pytest.raises(Conflict):
                deed(found)

    def test_comes_by_itself_after_the_last_day(self, serve, home, app, clock):
        handlers.load()
        with serve(home):
            found = opened(closes_on=time.today())
            take(found, ANSWER)
            db.session.commit()
            key = str(found.id)
        clock(time.now() + timedelta(days=1, hours=1))
        with app.app_context():
            assert runner.work(home.role, rounds.CLOSE, key)
        with serve(home):
            found = rounds.get(key)
            assert found.state == "closed"
            assert found.counted == aggregates.in_full(found)

    def test_with_many_answers_leaves_the_counting_to_a_worker(self, at_home, monkeypatch):
        monkeypatch.setattr(aggregates, "AT_ONCE", 2)
        found = opened()
        for _ in range(5):
            take(found, ANSWER)
        rounds.close(found)
        assert results_presenters.waits(found)
        assert results_presenters.findings(found) == []
        work.count(str(found.id), {})
        assert not results_presenters.waits(found)
        assert found.counted == aggregates.in_full(found)

    def test_a_planned_round_opens_on_its_day(self, serve, home, app, clock):
        handlers.load()
        with serve(home):
            found = planned(opens_on=time.today() + timedelta(2), closes_on=time.today() + timedelta(9))
            db.session.commit()
            key = str(found.id)
        clock(time.now() + timedelta(days=3))
        with app.app_context():
            assert runner.work(home.role, rounds.OPEN, key)
        with serve(home):
            assert rounds.get(key).state == "open"


class TestTheProgramme:
    @pytest.fixture
    def chosen(self, at_home):
        source = begun()

        def choose(**more):
            sources = {name: source.id for name in ("after_cases", "periodic") if more.get(name)}
            made = rules.SurveyRules(**more | sources)
            rules.save(made)
            db.session.flush()
            return made

        return choose

    def made(self, prefix):
        return db.session.scalars(select(SurveyRound).where(SurveyRound.period.startswith(prefix))).all()

    def test_asks_after_each_closed_case_once_a_month(self, chosen, monkeypatch):
        rules_ = chosen(after_cases=True, after_kinds=("request",))
        closed = audience.size(served(closed=True))
        for _ in range(3):
            programme.after_cases(rules_)
        found = self.made(f"after:{time.today():%Y-%m}")
        assert len(found) == 1
        assert found[0].invited <= closed
        listed = {one.person for one in list_of(found[0])}
        wanted = {row.person for row in db.session.execute(audience.people(rounds.rule_of(found[0])))}
        assert listed == wanted

    def test_a_morning_that_was_missed_at_the_turn_of_the_month_loses_nobody(self, chosen, clock):
        rules_ = chosen(after_cases=True, after_kinds=("request",))
        cases = db.session.scalars(
            select(Case).where(Case.state == "closed", ~Case.anonymous, Case.kind == "request")
        ).all()
        for case in cases:
            case.closed_at = datetime(2027, 1, 5, 9, tzinfo=UTC)
        clock(datetime(2027, 3, 6, 6, tzinfo=UTC))
        programme.after_cases(rules_)
        (march,) = self.made("after:2027-03")
        assert march.invited == 0
        clock(datetime(2027, 4, 3, 6, tzinfo=UTC))
        cases[0].closed_at, cases[1].closed_at = (datetime(2027, month, 20, 9, tzinfo=UTC) for month in (3, 2))
        programme.after_cases(rules_)
        assert [one.person for one in list_of(march)] == [reached_person_of(cases[0])]
        assert not self.made("after:2027-02"), "what was over before the programme began is not asked about"

    def test_makes_a_round_every_so_many_months(self, chosen, clock):
        rules_ = chosen(periodic=True, every_months=6)
        for month, day, expected in ((2, 10, 1), (2, 11, 1), (7, 1, 1), (8, 9, 1), (8, 10, 2), (12, 31, 2)):
            clock(datetime(2027, month, day, 6, tzinfo=UTC))
            programme.periodic(rules_)
            assert len(self.made("periodic:2027")) == expected, (month, day)

    def test_runs_each_morning_for_as_long_as_it_is_wanted(self, chosen):
        role = db.session.scalar(select(func.current_user()))
        chosen(periodic=True)
        programme.run()
        row = db.session.get(DueWork, (role, programme.PROGRAMME, programme.KEY), populate_existing=True)
        assert row.done_at is None
        assert row.due_at.astimezone(time.RIYADH).hour == 9
        chosen()
        programme.run()
        row = db.session.get(DueWork, (role, programme.PROGRAMME, programme.KEY), populate_existing=True)
        assert row.done_at is not None

    def test_of_a_questionnaire_with_faults_makes_none(self, chosen):
        rules_ = chosen(periodic=True, every_months=1)
        source = db.session.get(rounds.Questionnaire, rules_.periodic)
        source.definition = {"title": {}}
        programme.periodic(rules_)
        assert not self.made("periodic:")
