"""What a change of the holidays makes of a case: its dates, its timeline, what is owed, and who is told."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from silah import clock as time
from silah.calendars.models import MovedCase
from silah.cases import clocks, timeline
from silah.cases.models import Case, TimelineEntry
from silah.cases.states import State
from silah.jobs import runner
from tenants import versions
from tenants.database import db
from tenants.periods import Span
from tenants.registry import DueWork
from tenants.versions import PolicyVersion
from tests.calendars.conftest import OUR_DAY, REMOVE, letters

FIRST, FOURTH, FIFTH = date(2026, 10, 1), date(2026, 10, 4), date(2026, 10, 5)


def owed(house, kind: str, case_id) -> DueWork:
    with house.serve():
        here = (DueWork.tenant == house.tenant.role, DueWork.kind == kind, DueWork.key == str(case_id))
        return db.session.scalars(select(DueWork).where(*here)).one()


def other_policy(house, unit: str, amount: int, **more) -> None:
    """Put a version into force with another reply period."""
    with house.serve(house.tenant):
        policy = versions.in_force(time.today()).policy
        period = policy.reply_period.model_copy(update={"unit": unit, "amount": amount, **more})
        made = PolicyVersion.of(policy.model_copy(update={"reply_period": period}), at=time.now())
        made.number = "02"
        made.approve(time.today())
        versions.bring_into_force(made, time.today())
        db.session.commit()


class TestACase:
    def test_says_on_its_timeline_what_became_what_and_why(self, taken_over):
        house = taken_over
        case = house.case()
        house.done(REMOVE)
        with house.serve(house.tenant):
            found = db.session.get_one(Case, case)
            assert timeline.verify(found) == []
            line = timeline.entries(found, for_applicant=True)[0]
            assert line.verb == "dates_moved"
            assert "4 أكتوبر 2026م" in line.body
            assert "1 أكتوبر 2026م" in line.body
            assert "اليوم الوطني" in line.body
            assert line.body in {one.body for one in timeline.entries(found, for_applicant=False)}

    def test_its_applicant_is_told_by_the_agreed_means_in_their_language(self, taken_over):
        house = taken_over
        arabic, english = house.case(), house.case(locale="en", reply_channel="letters", reply_address=None)
        house.done(REMOVE)
        with house.serve(house.tenant):
            told = {one.case_id: one for one in letters("dates_moved")}
            assert (told[arabic].means, told[arabic].locale) == ("email", "ar")
            assert "كان آخر موعد للرد" in told[arabic].body
            assert told[english].means == "hand"
            assert "The latest day for the reply was 4 October 2026 and is 1 October 2026." in told[english].body
            assert "Worked after all: National Day (23 September 2026)." in told[english].body

    def test_what_falls_due_is_owed_for_the_other_day(self, taken_over):
        house = taken_over
        case = house.case()
        assert owed(house, clocks.OVERDUE, case).payload["day"] == FOURTH.isoformat()
        house.done(REMOVE)
        work = owed(house, clocks.OVERDUE, case)
        assert work.payload["day"] == FIRST.isoformat()
        assert work.due_at == time.morning_after(FIRST)

    def test_that_became_overdue_by_it_is_so_at_once(self, taken_over, clock):
        house = taken_over
        case = house.case()
        house.now = datetime(2026, 10, 4, 9, 0, tzinfo=UTC)
        clock(house.now)
        house.browser = house.signed_in(house.tenant, "administrator")
        house.done(REMOVE)
        with house.app.app_context():
            assert runner.work(house.tenant.role, clocks.OVERDUE, str(case))
        with house.serve(house.tenant):
            verbs = select(TimelineEntry.verb).where(TimelineEntry.case_id == case)
            assert "overdue" in db.session.scalars(verbs).all()

    @pytest.mark.parametrize("state", [State.REPLIED, State.CLOSED, State.WITHDRAWN])
    def test_that_is_answered_or_ended_is_left_alone(self, taken_over, state):
        house = taken_over
        case = house.case()
        with house.serve(house.tenant):
            found = db.session.get_one(Case, case)
            found.state, found.replied_at = state, time.now()
            db.session.commit()
        house.done(REMOVE)
        assert house.dates(case)[1] == FOURTH
        assert house.changes()[-1].moved == 0

    def test_whose_clock_stands_still_is_left_alone_until_it_goes_on(self, taken_over):
        house = taken_over
        case = house.case()
        with house.serve(house.tenant):
            found = db.session.get_one(Case, case)
            clocks.pause(found)
            clocks.set_clock(found)
            db.session.commit()
        house.done(REMOVE)
        assert house.dates(case)[1] is None
        with house.serve(house.tenant):
            found = db.session.get_one(Case, case)
            clocks.go_on(found)
            clocks.set_clock(found)
            db.session.commit()
        assert house.dates(case)[1] == FIRST

    def test_is_reckoned_under_the_version_that_it_stands_under(self, taken_over):
        house = taken_over
        working = house.case()
        other_policy(house, "weeks", 2)
        weeks = house.case()
        before = house.dates(weeks)
        house.done(REMOVE)
        assert house.dates(working)[1] == FIRST
        assert house.dates(weeks) == before

    def test_with_a_floor_gets_another_earliest_day(self, make_house):
        house = make_house("madinah-centers")
        other_policy(house, "working_days", 15, starts="complete")
        case = house.case()
        assert house.dates(case)[0] == FOURTH
        house.done("/admin/calendar/add", **OUR_DAY)
        assert house.dates(case)[0] == FIFTH
        with house.serve(house.tenant):
            assert "أقرب موعد للرد" in letters("dates_moved")[0].body

    def test_whose_target_alone_moves_tells_staff_and_not_the_applicant(self, make_house):
        house = make_house("madinah-centers")
        other_policy(house, "weeks", 2, target=Span(amount=15, unit="working_days"))
        case = house.case()
        assert house.dates(case)[2] == FOURTH
        house.done("/admin/calendar/add", **OUR_DAY)
        assert house.dates(case)[2] == FIFTH
        assert owed(house, clocks.TARGET, case).payload["day"] == FIFTH.isoformat()
        with house.serve(house.tenant):
            assert letters("dates_moved") == []
            found = db.session.get_one(Case, case)
            assert "dates_moved" not in {line.verb for line in timeline.entries(found, for_applicant=True)}
            assert "dates_moved" in {line.verb for line in timeline.entries(found, for_applicant=False)}

    def test_that_is_overdue_and_keeps_its_day_is_not_told_of_again(self, make_house, clock):
        house = make_house()
        other_policy(house, "days", 5, target=Span(amount=15, unit="working_days"))
        case = house.case()
        with house.serve(house.tenant):
            clocks.stop(db.session.get_one(Case, case))
            db.session.commit()
        house.done("/admin/calendar/add", **OUR_DAY)
        assert house.dates(case)[2] == FIFTH
        assert owed(house, clocks.OVERDUE, case).done_at is not None

    def test_that_does_not_count_the_day_is_not_looked_at(self, taken_over):
        house = taken_over
        house.case()
        house.done("/admin/calendar/add", **{**OUR_DAY, "first": "2026-10-06"})
        assert (house.changes()[-1].total, house.changes()[-1].looked) == (0, 0)

    def test_on_a_weekend_nothing_changes(self, taken_over):
        house = taken_over
        house.case()
        answer = house.do("/admin/calendar/add", **{**OUR_DAY, "first": "2026-09-18"})
        assert answer.location == "/admin/calendar/2026"
        assert house.changes()[-1].days == {}


class TestItsHolder:
    def test_is_told_of_one_case_by_name_and_of_several_by_their_number(self, taken_over):
        house = taken_over
        one, many = house.member(), house.member()
        house.case(holder_id=one)
        house.case(holder_id=many)
        house.case(holder_id=many)
        house.case()
        house.done(REMOVE)
        with house.serve(house.tenant):
            assert len(letters("dates_moved_staff")) == 1
            (told,) = letters("dates_moved_many")
            assert "2" in told.subject
            assert "/desk/cases?view=mine" in told.body
            assert not db.session.scalars(select(MovedCase).where(MovedCase.told.is_(False))).all()
