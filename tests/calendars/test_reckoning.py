"""Open cases reckoned anew: in batches, once, by whichever change came last, with everybody told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from silah import clock as time
from silah.calendars import reckoning, service
from silah.calendars.models import CalendarChange, MovedCase
from silah.cases import clocks, timeline
from silah.cases.models import Case, TimelineEntry
from silah.cases.states import State
from silah.jobs import handlers, run
from silah.notifications.models import OutboxMessage
from tenants import versions
from tenants.database import db
from tenants.periods import Span
from tenants.registry import DueWork
from tenants.versions import PolicyVersion
from tests.calendars.conftest import NATIONAL

FIRST, FOURTH, FIFTH = date(2026, 10, 1), date(2026, 10, 4), date(2026, 10, 5)
OUR_DAY = {**NATIONAL, "name_ar": "يوم الجمعية", "name_en": "Our day", "first": "2026-09-22", "kind": "own"}
REMOVE = "/admin/calendar/holidays/2026-09-23/remove"


def letters(template: str) -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == template)))


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


@pytest.fixture
def taken_over(house):
    """The cooperative with the year's holidays as its own."""
    house.browser.post("/admin/calendar/2026/take-over")
    return house


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
        assert work.due_at == clocks.morning_after(FIRST)

    def test_that_became_overdue_by_it_is_so_at_once(self, taken_over, clock):
        house = taken_over
        case = house.case()
        house.now = datetime(2026, 10, 4, 9, 0, tzinfo=UTC)
        clock(house.now)
        house.browser = house.signed_in(house.tenant, "administrator")
        house.done(REMOVE)
        with house.app.app_context():
            assert run.work(house.tenant.role, clocks.OVERDUE, str(case))
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
            clocks.pause(db.session.get_one(Case, case))
            db.session.commit()
        house.done(REMOVE)
        assert house.dates(case)[1] is None
        with house.serve(house.tenant):
            clocks.go_on(db.session.get_one(Case, case))
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


class TestTheWork:
    def test_goes_on_in_batches_and_is_reported(self, taken_over, monkeypatch):
        house = taken_over
        monkeypatch.setattr(reckoning, "BATCH", 2)
        cases = [house.case() for _ in range(5)]
        report = house.do(REMOVE).location
        assert house.work(steps=1) == 1
        page = house.browser.get(f"{report}?lang=en").text
        assert "2 of 5" in page
        assert "Open cases reckoned anew" in house.browser.get("/admin/calendar/2026?lang=en").text
        assert sorted(house.dates(case)[1] for case in cases) == [FIRST] * 2 + [FOURTH] * 3
        house.work()
        change = house.changes()[-1]
        assert (change.state, change.total, change.looked, change.moved) == ("done", 5, 5, 5)
        page = house.browser.get(f"{report}?lang=en").text
        assert "5 cases got other dates." in page
        assert page.count("/desk/cases/") == 5

    def test_killed_before_its_commit_is_done_again_and_changes_each_once(self, taken_over, monkeypatch):
        house = taken_over
        monkeypatch.setattr(reckoning, "BATCH", 2)
        cases = [house.case() for _ in range(3)]
        house.do(REMOVE)
        house.work(steps=1)
        with monkeypatch.context() as broken:
            broken.setattr(reckoning, "_end", lambda *given: 1 / 0)
            house.later(seconds=1)
            key = str(house.changes()[-1].id)
            with house.app.app_context():
                assert not run.work(house.tenant.role, service.RECKON, key)
        assert sorted(house.dates(case)[1] for case in cases) == [FIRST, FIRST, FOURTH]
        house.later(minutes=1)
        house.work()
        assert [house.dates(case)[1] for case in cases] == [FIRST] * 3
        with house.serve(house.tenant):
            moved = select(TimelineEntry.case_id).where(TimelineEntry.verb == "dates_moved")
            assert len(db.session.scalars(moved).all()) == 3
            assert len(letters("dates_moved")) == 3

    def test_done_again_changes_nothing(self, taken_over):
        house = taken_over
        house.case()
        house.done(REMOVE)
        with house.serve(house.tenant):
            change = db.session.get_one(CalendarChange, house.changes()[-1].id)
            change.state = "running"
            reckoning.carry_on(change, {})
            assert change.moved == 1
            assert len(letters("dates_moved")) == 1

    def test_a_later_change_wins_while_an_earlier_one_runs(self, taken_over, monkeypatch):
        house = taken_over
        monkeypatch.setattr(reckoning, "BATCH", 2)
        cases = [house.case() for _ in range(5)]
        house.do(REMOVE)
        house.work(steps=1)
        house.do("/admin/calendar/add", **OUR_DAY)
        house.work()
        # Without National Day and with a day of its own the fifteenth working day is 4 October for each of them.
        assert {house.dates(case)[1] for case in cases} == {FOURTH}
        earlier, later = house.changes()[-2:]
        assert (earlier.state, later.state) == ("overtaken", "done")
        assert set(later.days) == {"2026-09-22", "2026-09-23"}
        assert later.moved == 2  # those that the earlier one had moved already

    def test_a_later_change_of_other_days_finishes_what_the_earlier_left(self, taken_over, monkeypatch):
        house = taken_over
        monkeypatch.setattr(reckoning, "BATCH", 1)
        cases = [house.case() for _ in range(3)]
        house.do(REMOVE)
        house.do("/admin/calendar/add", **{**OUR_DAY, "first": "2026-12-01"})
        house.work()
        assert {house.dates(case)[1] for case in cases} == {FIRST}

    def test_looks_once_more_for_what_came_while_it_was_saved(self, taken_over):
        house = taken_over
        house.done(REMOVE)
        late = house.case()
        with house.serve(house.tenant):  # as a transaction leaves it that read the calendar before the change
            case = db.session.get_one(Case, late)
            case.latest = FOURTH
            db.session.commit()
        house.later(minutes=11)
        house.work()
        assert house.dates(late)[1] == FIRST
        assert house.changes()[-1].moved == 1

    def test_costs_each_case_the_same(self, taken_over, queries):
        house = taken_over

        def cost(cases: int) -> int:
            for _ in range(cases):
                house.case()
            house.do(REMOVE)
            with queries() as sent:
                house.work(steps=1)
            house.done("/admin/calendar/add", **NATIONAL)
            return len(sent)

        one, three = cost(1), cost(3)  # the second time there are four
        assert three - one <= 3 * 14


class TestTwoAtOnce:
    def test_the_second_sees_what_the_first_did_before_anything_is_saved(self, taken_over):
        house = taken_over
        second = house.signed_in(house.tenant, "administrator")
        with house.serve(house.tenant):
            seen = service.latest_number()
        house.do("/admin/calendar/add", **OUR_DAY)
        answer = house.do(f"{REMOVE}?lang=en", browser=second, seen=seen)
        assert answer.status_code == 409
        assert "The calendar changed since you opened this page" in answer.text
        assert len(house.changes()) == 2
        assert house.do(REMOVE, browser=second).status_code == 302

    def test_the_second_cannot_add_what_the_first_added(self, taken_over):
        house = taken_over
        house.do("/admin/calendar/add", **OUR_DAY)
        answer = house.do("/admin/calendar/add?lang=en", **{**OUR_DAY, "name_en": "Another"})
        assert answer.status_code == 422
        assert "is in the calendar already: Our day." in answer.text

    @pytest.mark.parametrize("seen", ["", "x", "-1", "99999999999"])
    def test_a_confirmation_that_saw_nothing_confirms_nothing(self, taken_over, seen):
        house = taken_over
        sent = {"deed": "confirm", "seen": seen}
        assert house.browser.post(REMOVE, data=sent).status_code == 409
        assert len(house.changes()) == 1


class TestThePreview:
    def test_counts_a_bounded_sample(self, taken_over, monkeypatch):
        from silah.calendars import affected

        house = taken_over
        monkeypatch.setattr(affected, "SAMPLE", 2)
        for _ in range(3):
            house.case()
        page = house.preview(f"{REMOVE}?lang=en").text
        assert "3 open cases count these days. Of the 2 whose replies are due first, 2 get other dates." in page

    def test_shows_no_case_that_its_reader_may_not_see(self, taken_over, app):
        house = taken_over
        house.case()
        with house.serve(house.tenant):
            from silah.staff.models import Role

            role = db.session.scalars(select(Role).where(Role.key == "volunteer")).one()
            role.permissions = ["edit_policy"]
            db.session.commit()
        browser = house.signed_in(house.tenant, "volunteer")
        page = browser.post(f"{REMOVE}?lang=en").text
        assert "1 open case gets another date." in page
        assert "R-1448-" not in page
        report = house.done(REMOVE).location
        page = browser.get(f"{report}?lang=en").text
        assert "Those that you may not see are not listed." in page
        assert "R-1448-" not in page


def test_every_job_of_the_calendar_has_its_handler():
    handlers.load()
    assert service.RECKON in handlers.kinds()
    assert timedelta(0) < reckoning.AGAIN_AFTER
