"""The calendar's pages: what stands in a year, and changing it with what follows shown first."""

from datetime import date

import pytest
from sqlalchemy import select

from silah.calendars import service
from silah.calendars.days import FIRST_YEAR, LAST_YEAR
from tenants.database import db
from tenants.versions import Holiday
from tests.calendars.conftest import NATIONAL

FIRST, FOURTH = date(2026, 10, 1), date(2026, 10, 4)


class TestTheWorkedCase:
    def test_adding_national_day_moves_it_from_1_to_4_october(self, house):
        assert house.browser.post("/admin/calendar/2026/take-over").status_code == 302
        house.done("/admin/calendar/holidays/2026-09-23/remove")
        case = house.case()
        assert house.dates(case)[1] == FIRST
        page = house.preview("/admin/calendar/add?lang=en", **NATIONAL).text
        assert "1 open case gets another date." in page
        assert page.index("1 October 2026") < page.index("4 October 2026")
        assert house.dates(case)[1] == FIRST  # seen, not saved
        report = house.done("/admin/calendar/add", **NATIONAL).location
        assert house.dates(case)[1] == FOURTH
        assert "1 case got other dates." in house.browser.get(f"{report}?lang=en").text


class TestTheYear:
    @pytest.mark.parametrize(
        ("lang", "said"),
        [("en", ("National Day", "12 Rabi", "Friday and Saturday")), ("ar", ("اليوم الوطني", "الجمعة والسبت"))],
    )
    def test_shows_public_holidays_in_both_calendars_and_the_weekend(self, house, lang, said):
        page = house.browser.get(f"/admin/calendar?lang={lang}").text
        for words in said:
            assert words in page

    def test_is_sorted_as_asked(self, house):
        def order(query: str) -> list[int]:
            page = house.browser.get(f"/admin/calendar/2026?lang=en{query}").text
            return [page.index(f"<bdi>{name}</bdi>") for name in ("Founding Day", "National Day", "Day of Arafah")]

        founding, national, arafah = order("")
        assert founding < arafah < national
        founding, national, arafah = order("&sort=days&order=desc")
        assert national < arafah < founding
        founding, national, arafah = order("&sort=name")
        assert arafah < founding < national

    def test_without_holidays_says_what_to_do(self, house):
        house.browser.post("/admin/calendar/2027/take-over")
        with house.serve(house.tenant):
            for row in db.session.scalars(select(Holiday)):
                db.session.delete(row)
            db.session.commit()
        page = house.browser.get("/admin/calendar/2027?lang=en").text
        assert "No holiday is in this year yet" in page
        assert "/admin/calendar/add" in page

    @pytest.mark.parametrize("year", [0, FIRST_YEAR - 1, LAST_YEAR + 1, 99999])
    def test_outside_the_calendar_there_is_nothing(self, house, year):
        assert house.browser.get(f"/admin/calendar/{year}").status_code == 404
        assert house.browser.post(f"/admin/calendar/{year}/take-over").status_code == 404

    def test_every_year_there_is_can_be_shown_and_taken_over(self, house):
        for year in (FIRST_YEAR, 2030, 2031, LAST_YEAR):
            assert house.browser.get(f"/admin/calendar/{year}").status_code == 200
            assert house.browser.post(f"/admin/calendar/{year}/take-over").status_code == 302

    def test_costs_the_same_however_many_holidays_there_are(self, house, queries):
        house.browser.get("/admin/calendar/2026")
        with queries() as few:
            house.browser.get("/admin/calendar/2028")
        for year in (2026, 2027, 2028):
            house.browser.post(f"/admin/calendar/{year}/take-over")
        with queries() as many:
            house.browser.get("/admin/calendar/2028")
        assert len(few) == len(many) <= 16

    def test_others_do_not_see_it(self, house):
        browser = house.signed_in(house.tenant, "relations_officer")
        assert browser.get("/admin/calendar").status_code == 403
        assert browser.post("/admin/calendar/2026/take-over").status_code == 403
        assert browser.post("/admin/calendar/add", data=NATIONAL).status_code == 403


class TestTakingOver:
    def test_counts_the_same_and_needs_no_confirmation(self, house):
        case = house.case()
        assert house.browser.post("/admin/calendar/2026/take-over").location == "/admin/calendar/2026"
        assert house.browser.post("/admin/calendar/2026/take-over").status_code == 302
        assert house.work() == 0
        assert house.dates(case)[1] == FOURTH
        with house.serve(house.tenant):
            kept = {row.date: row for row in db.session.scalars(select(Holiday).where(Holiday.kind == "public"))}
        assert {date(2026, 2, 22), date(2026, 9, 23), date(2026, 3, 20), date(2026, 5, 27)} <= set(kept)
        assert kept[date(2026, 3, 20)].estimated
        assert not kept[date(2026, 9, 23)].estimated

    def test_leaves_what_was_added_before(self, house):
        founding = {
            "name_ar": "يوم الجمعية",
            "name_en": "Our day",
            "first": "2026-11-03",
            "kind": "own",
            "works": "off",
        }
        house.done("/admin/calendar/add", **founding)
        house.browser.post("/admin/calendar/2026/take-over")
        assert "Our day" in house.browser.get("/admin/calendar/2026?lang=en").text


class TestHolidays:
    def test_of_several_days_stand_as_one(self, house):
        house.done("/admin/calendar/add", **{**NATIONAL, "first": "2026-11-01", "last": "2026-11-05"})
        with house.serve(house.tenant):
            feast = service.get_feast(service.days(), date(2026, 11, 3))
            assert (feast.first, feast.last, feast.length) == (date(2026, 11, 1), date(2026, 11, 5), 5)
        assert "1 to 5 November 2026" in house.browser.get("/admin/calendar/2026?lang=en").text

    def test_are_changed(self, house):
        house.browser.post("/admin/calendar/2026/take-over")
        page = house.browser.get("/admin/calendar/holidays/2026-03-21?lang=en").text
        assert 'value="2026-03-19"' in page
        moved = {
            "name_ar": "عيد الفطر",
            "name_en": "Eid al-Fitr",
            "first": "2026-03-20",
            "last": "2026-03-22",
            "kind": "public",
        }
        house.done("/admin/calendar/holidays/2026-03-19", **moved, works="off")
        with house.serve(house.tenant):
            feast = service.get_feast(service.days(), date(2026, 3, 20))
            assert (feast.first, feast.mark.estimated) == (date(2026, 3, 20), False)

    def test_that_are_estimated_are_confirmed(self, house):
        house.browser.post("/admin/calendar/2026/take-over")
        assert house.browser.post("/admin/calendar/holidays/2026-05-27/confirm").status_code == 302
        with house.serve(house.tenant):
            assert not service.get_feast(service.days(), date(2026, 5, 27)).mark.estimated
            assert service.get_feast(service.days(), date(2026, 3, 20)).mark.estimated
        assert house.changes()[-1].deed == "confirmed"

    def test_are_removed_only_once_confirmed(self, house):
        house.browser.post("/admin/calendar/2026/take-over")
        assert "National Day" in house.preview("/admin/calendar/holidays/2026-09-23/remove?lang=en").text
        assert house.browser.get("/admin/calendar/holidays/2026-09-23").status_code == 200
        house.done("/admin/calendar/holidays/2026-09-23/remove")
        assert house.browser.get("/admin/calendar/holidays/2026-09-23").status_code == 404

    @pytest.mark.parametrize("on", ["nonsense", "2026-13-45", "2026-08-01"])
    def test_that_are_none_are_not_found(self, house, on):
        assert house.browser.get(f"/admin/calendar/holidays/{on}").status_code == 404
        for deed in ("remove", "confirm"):
            assert house.browser.post(f"/admin/calendar/holidays/{on}/{deed}").status_code == 404

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"name_en": ""}, "Write the name in English."),
            ({"first": ""}, "Choose the first day."),
            ({"first": "2026-02-30"}, "There is no such day."),
            ({"last": "2026-09-01"}, "The last day comes before the first."),
            ({"last": "2026-12-31"}, "A holiday has at most 40 days."),
            ({"first": "1999-01-01"}, "The calendar holds the years"),
            ({}, "is in the calendar already: National Day."),
        ],
    )
    def test_that_cannot_be_come_back_as_typed(self, house, wrong, said):
        answer = house.browser.post("/admin/calendar/add?lang=en", data={**NATIONAL, **wrong})
        assert answer.status_code == 422
        assert said in answer.text
        assert 'value="اليوم الوطني"' in answer.text

    def test_go_back_to_what_was_typed(self, house):
        answer = house.browser.post("/admin/calendar/add", data={**NATIONAL, "first": "2026-11-01", "deed": "edit"})
        assert answer.status_code == 200
        assert 'value="2026-11-01"' in answer.text
        assert house.changes() == []


class TestASpecialDay:
    HURRY = {"when": "today", "works": "off", "name": "أمطار غزيرة", "reason": "إنذار الدفاع المدني"}  # noqa: RUF012

    def test_needs_one_name_and_a_reason(self, house):
        report = house.done("/admin/calendar/hurry", **self.HURRY).location
        page = house.browser.get(f"{report}?lang=en").text
        assert "إنذار الدفاع المدني" in page
        with house.serve(house.tenant):
            row = db.session.scalars(select(Holiday).where(Holiday.kind == "own")).one()
            assert row.name_ar == row.name_en == "أمطار غزيرة"
        for lost in ("name", "reason"):
            assert house.browser.post("/admin/calendar/hurry", data={**self.HURRY, lost: ""}).status_code == 422

    def test_on_another_day_names_it(self, house):
        sent = {**self.HURRY, "when": "another"}
        assert "Choose the day." in house.browser.post("/admin/calendar/hurry?lang=en", data=sent).text
        house.done("/admin/calendar/hurry", **sent, on="2026-09-20")
        assert house.browser.get("/admin/calendar/holidays/2026-09-20").status_code == 200

    def test_tomorrow_is_the_day_after_today(self, house):
        house.done("/admin/calendar/hurry", **{**self.HURRY, "when": "tomorrow"})
        assert house.browser.get("/admin/calendar/holidays/2026-09-11").status_code == 200

    def test_can_be_worked_although_it_is_a_holiday(self, house):
        case = house.case()
        assert house.dates(case)[1] == FOURTH
        house.done("/admin/calendar/hurry", **{**self.HURRY, "when": "another", "works": "worked"}, on="2026-09-23")
        assert house.dates(case)[1] == FIRST
