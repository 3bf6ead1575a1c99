"""The work that a change of the calendar owes: batch by batch, once, the latest change winning; and two at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select

from silah import clock as time
from silah.calendars import affected_cases, reckoning, service
from silah.calendars.models import CalendarChange
from silah.cases.models import Case, TimelineEntry
from silah.jobs import handlers, runner
from silah.organisation.models import Role
from tenants.database import db
from tests.calendars.conftest import NATIONAL, OUR_DAY, REMOVE, letters

FIRST, FOURTH = date(2026, 10, 1), date(2026, 10, 4)


class TestTheWork:
    def test_goes_on_in_batches_and_is_reported(self, taken_over, monkeypatch):
        house = taken_over
        monkeypatch.setattr(reckoning, "BATCH", 2)
        cases = [house.case() for _ in range(5)]
        report = house.do(REMOVE).location
        assert house.work(steps=1) == 1
        page = house.browser.get(f"{report}?lang=en").text
        assert "40 of 100" in page
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
                assert not runner.work(house.tenant.role, service.RECKON, key)
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

    def test_of_two_confirmations_in_the_same_moment_one_is_kept(self, taken_over):
        house = taken_over
        browsers = [house.browser, house.signed_in(house.tenant, "administrator")]
        with house.serve(house.tenant):
            seen = service.latest_number()

        def confirm(number: int) -> int:
            with time.at(house.now):
                day = {**OUR_DAY, "first": f"2026-09-2{number}", "deed": "confirm", "seen": seen}
                return browsers[number].post("/admin/calendar/add", data=day).status_code

        with ThreadPoolExecutor(2) as together:
            assert sorted(together.map(confirm, range(2))) == [302, 409]
        assert [change.number for change in house.changes()] == [seen, seen + 1]

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
        house = taken_over
        monkeypatch.setattr(affected_cases, "SAMPLE", 2)
        for _ in range(3):
            house.case()
        page = house.preview(f"{REMOVE}?lang=en").text
        assert "3 open cases count these days. Of the 2 whose replies are due first, 2 get other dates." in page

    def test_shows_no_case_that_its_reader_may_not_see(self, taken_over, app):
        house = taken_over
        house.case()
        with house.serve(house.tenant):
            role = db.session.scalars(select(Role).where(Role.key == "volunteer")).one()
            role.permissions = ["edit_policy"]
            db.session.commit()
        browser = house.signed_in(house.tenant, "volunteer")
        page = browser.post(f"{REMOVE}?lang=en").text
        assert "1 open case gets another date." in page
        assert "R-1448-" not in page
        report = house.done(REMOVE).location
        page = browser.get(f"{report}?lang=en").text
        assert "Cases that you may not see are not listed" in page
        assert "R-1448-" not in page


def test_the_work_of_the_calendar_has_its_handler():
    handlers.load()
    assert service.RECKON in handlers.kinds()
