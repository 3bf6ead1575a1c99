"""Lists cost a fixed number of statements however long they are, and pages say what to do where they are empty."""

from datetime import timedelta
from typing import Any

import pytest

from silah import clock as time
from silah.committees import case_panel, meetings
from silah.committees.models import CommitteeMeeting
from tenants.database import db
from tests.committees.conftest import BODY, Room
from tests.committees.test_pages import ADMIN, AT, House
from tests.intake.conftest import MONDAY


@pytest.fixture
def house(association: Any, serve: Any, signed_in: Any) -> Any:
    with time.at(MONDAY):
        made = House(association, serve, signed_in)
        made.name("chair", "member", "secretary")
        yield made


def more(house: House, cases: int) -> None:
    """That many more cases that wait for the committee."""
    with house.serve(house.tenant):
        place, known = Room(house.tenant), len(house.cases)
        house.cases += [place.recommended(number=known + n).id for n in range(1, cases + 1)]
        db.session.commit()


class TestFixedCounts:
    def counted(self, queries: Any, browser: Any, address: str) -> int:
        browser.get(address)
        with queries() as sent:
            answer = browser.get(address)
        assert answer.status_code == 200
        return len(sent)

    def test_of_a_meeting_whatever_stands_on_its_agenda(self, house: House, queries: Any) -> None:
        at, secretary = house.call(), house(f"{BODY}_secretary")
        house.do(at, "agenda", cases=[str(house.cases[0])])
        few = self.counted(queries, secretary, at)
        more(house, 4)
        house.do(at, "agenda", cases=[str(one) for one in house.cases[2:5]])
        assert self.counted(queries, secretary, at) == few

    def test_of_a_room_whatever_waits_and_however_many_meetings_there_were(self, house: House, queries: Any) -> None:
        house.call()
        secretary = house(f"{BODY}_secretary")
        few = self.counted(queries, secretary, AT)
        more(house, 3)
        for _n in range(3):
            house.call()
        assert self.counted(queries, secretary, AT) == few

    @pytest.mark.parametrize("address", ["/desk/", "/desk/committees"])
    def test_of_what_waits_for_me(self, house: House, queries: Any, address: str) -> None:
        house.call()
        self.ended(house)
        secretary = house(f"{BODY}_secretary")
        few = self.counted(queries, secretary, address)
        for _n in range(3):
            house.call()
            self.ended(house)
        assert self.counted(queries, secretary, address) == few

    def ended(self, house: House) -> None:
        at = house.call()
        house.come(at, secretary="present", chair="absent")
        house.do(at, "close")

    def test_of_minutes_whatever_was_decided(self, house: House, queries: Any) -> None:
        secretary, at = house(f"{BODY}_secretary"), house.call()
        house.do(at, "agenda", cases=[str(house.cases[0])])
        house.come(at, secretary="present")
        house.do(at, "close")
        few = self.counted(queries, secretary, f"{at}/minutes")
        more(house, 2)
        at = house.call()
        house.do(at, "agenda", cases=[str(one) for one in house.cases])
        house.come(at, secretary="present")
        house.do(at, "close")
        assert self.counted(queries, secretary, f"{at}/minutes") == few

    def test_of_the_committees_of_the_policy(self, house: House, queries: Any) -> None:
        administrator = house("administrator")
        few = self.counted(queries, administrator, ADMIN)
        with house.serve(house.tenant):
            place = Room(house.tenant)
            for n in range(3):
                place.person(f"عضو {n}", f"{BODY}_member")
            db.session.commit()
        assert self.counted(queries, administrator, ADMIN) == few


class TestPages:
    def test_meetings_come_in_pages(self, house: House) -> None:
        with house.serve(house.tenant):
            by = Room(house.tenant).member(f"{BODY}_secretary")
            rows = [
                CommitteeMeeting(committee=BODY, number=n, called_for=time.now(), called_by=by.id, state="closed")
                for n in range(1, meetings.PAGE_SIZE + 3)
            ]
            db.session.add_all(rows)
            db.session.commit()
        secretary = house(f"{BODY}_secretary")
        first = secretary.get(f"{AT}?lang=en").text
        assert "before=3" in first
        assert ">Meeting 27<" in first
        assert ">Meeting 2<" not in first
        assert ">Meeting 2<" in secretary.get(f"{AT}?before=3&lang=en").text

    def test_are_said_to_be_empty(self, house: House) -> None:
        member = house(f"{BODY}_member")
        page = member.get(f"{AT}?lang=en").text
        assert "No meeting has been called yet. The chair or the secretary calls one." in page
        assert "You sit on no committee" in house("relations_officer").get("/desk/committees?lang=en").text
        assert "My meetings" not in member.get("/desk/?lang=en").text

    def test_the_first_page_shows_my_meetings_and_signatures(self, house: House) -> None:
        house.call()
        TestFixedCounts().ended(house)
        page = house(f"{BODY}_secretary").get("/desk/?lang=en").text
        assert "My meetings" in page
        assert "My signatures" in page
        assert "My signatures" not in house(f"{BODY}_member").get("/desk/?lang=en").text

    def test_a_committee_is_in_the_menu_of_everybody(self, house: House) -> None:
        assert "/desk/committees" in house("delegate").get("/desk/acknowledgements").text


class TestForms:
    def test_the_time_is_changed_and_the_members_told(self, house: House) -> None:
        at, tomorrow = house.call(), (time.today() + timedelta(days=1)).isoformat()
        secretary = house(f"{BODY}_secretary")
        typed = {"on": "2026-09-01", "time": "10:00", "location": "قاعة", "link": ""}
        refused = secretary.post(f"{at}/plan", data={**house.seen(), **typed})
        assert refused.status_code == 422
        assert "قاعة" in refused.text
        bad = secretary.post(
            f"{at}/plan", data={**house.seen(), **typed, "on": tomorrow, "link": "javascript:alert(1)"}
        )
        assert bad.status_code == 422
        house.do(at, "plan", **{**typed, "on": tomorrow, "link": "https://meet.example.org/x"})
        assert "https://meet.example.org/x" in secretary.get(at).text
        early = secretary.post(f"{at}/start", data=house.seen())
        assert early.status_code == 409

    def test_calling_off_needs_a_reason(self, house: House) -> None:
        at = house.call()
        secretary = house(f"{BODY}_secretary")
        assert secretary.post(f"{at}/cancel", data=house.seen()).status_code == 422
        house.do(at, "cancel", reason="تعذّر الحضور")
        assert "meeting.ics" not in secretary.get(at).text

    def test_the_calendar_file_is_for_those_who_sit(self, house: House) -> None:
        at = house.call()
        answer = house(f"{BODY}_member").get(f"{at}/meeting.ics")
        assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
        assert house("relations_officer").get(f"{at}/meeting.ics").status_code == 403

    def test_declining_and_correcting_through_the_page(self, house: House) -> None:
        at = house.call()
        house.come(at, secretary="present", member="present")
        with house.serve(house.tenant):
            rule = Room(house.tenant)
            rule.rule("number", 3)
            db.session.commit()
        house.do(at, "close")
        member, secretary, page = house(f"{BODY}_member"), house(f"{BODY}_secretary"), f"{at}/minutes"
        mine = house.id(f"{BODY}_member")
        assert member.post(page, data={"deed": "decline", "member": mine, "reason": ""}).status_code == 422
        assert member.post(page, data={"deed": "decline", "member": mine, "reason": "لا أوافق"}).status_code == 302
        shown = member.get(f"{page}?lang=en").text
        assert "Declined" in shown
        assert "You declined to sign. You may still sign" in shown
        assert secretary.post(page, data={"deed": "correct", "text": ""}).status_code == 422
        assert secretary.post(page, data={"deed": "correct", "text": "الصواب: حي العزيزية"}).status_code == 302
        assert "الصواب: حي العزيزية" in secretary.get(page).text
        assert member.post(page, data={"deed": "correct", "text": "س"}).status_code == 403
        assert member.post(page, data={"deed": "sign", "annex": "9"}).status_code == 404
        assert member.post(page, data={"deed": "sign", "annex": "x"}).status_code == 404


class TestACaseWithoutACommittee:
    def test_says_who_decides_and_who_names_the_members(self, association: Any, serve: Any, signed_in: Any) -> None:
        with time.at(MONDAY):
            house = House(association, serve, signed_in)
            address = f"/desk/cases/{house.cases[0]}?lang=en"
            officer = house("relations_officer")
            assert "nobody has a role that decides for it" in officer.get(address).text
            house(f"{BODY}_chair")
            page = officer.get(address).text
            assert f"منسوب {BODY}_chair" in page
            assert "An administrator names them" in page
            assert ADMIN in house("administrator").get(address).text

    @pytest.mark.parametrize(
        ("blueprint", "committee"),
        [
            ("madinah-centers", True),
            ("hayat-arar", True),
            ("nobough-talents", True),
            ("samtah-cooperative", True),
            ("tamkeen-qassim", False),
        ],
    )
    def test_goes_the_way_of_its_policy(self, app: Any, at: Any, blueprint: str, committee: bool) -> None:
        with at(blueprint) as place, app.test_request_context():
            case = place.under_study()
            pointer = case_panel.pointer(case, place.member("relations_officer"))
            assert (pointer is not None and bool(pointer["unnamed"])) is committee
            if committee:
                place.body = str(case.policy_version.policy.studied_by)
                place.named()
                found = case_panel.pointer(case, place.people["chair"])
                assert found
                assert not found["unnamed"]
                assert place.body in found["href"]
