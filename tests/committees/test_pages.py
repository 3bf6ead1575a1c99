"""The meeting room through its pages: named by an administrator, called, held, decided, signed and released."""

import base64
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from silah import clock as time
from silah.cases.models import Case
from silah.cases.states import State
from silah.committees.models import AgendaItem, CommitteeMeeting
from silah.intake.models import ScheduledReply
from silah.organisation.models import Membership
from tenants.database import db
from tests.committees.conftest import BODY, DRAWN, Room
from tests.intake.conftest import MONDAY

ADMIN, AT = f"/admin/committees/{BODY}", f"/desk/committees/{BODY}"
SIGNED = "data:image/png;base64," + base64.b64encode(DRAWN).decode()


class House:
    """An association, its people in browsers, and one case that waits for the committee."""

    def __init__(self, tenant: Any, serve: Any, signed_in: Any) -> None:
        self.tenant, self.serve, self._signed_in = tenant, serve, signed_in
        self._browsers: dict[str, Any] = {}
        with serve(tenant):
            place = Room(tenant)
            place.rule("number", 2)
            self.cases = [place.recommended(number=n).id for n in (1, 2)]
            db.session.commit()

    def __call__(self, role: str) -> Any:
        if role not in self._browsers:
            self._browsers[role] = self._signed_in(self.tenant, role)
        return self._browsers[role]

    def id(self, role: str) -> str:
        self(role)
        with self.serve(self.tenant):
            rows = select(Membership.id).where(Membership.name == f"منسوب {role}")
            return str(db.session.scalars(rows).one())

    def name(self, *positions: str) -> None:
        for position in positions:
            sent = {"member": self.id(f"{BODY}_{position}"), "position": position, "since": time.today().isoformat()}
            answer = self("administrator").post(ADMIN, data=sent)
            assert answer.status_code == 302, answer.text

    def meeting(self) -> CommitteeMeeting:
        return db.session.scalars(select(CommitteeMeeting).order_by(CommitteeMeeting.number.desc())).first()  # type: ignore[return-value]

    def seen(self) -> dict[str, str]:
        with self.serve(self.tenant):
            return {"seen": str(self.meeting().version)}

    def call(self, by: str = "secretary") -> str:
        sent = {"on": time.today().isoformat(), "time": "23:30", "location": "المقر الرئيس"}
        answer = self(f"{BODY}_{by}").post(AT, data=sent)
        assert answer.status_code == 302, answer.text
        return str(answer.headers["Location"])

    def do(self, at: str, deed: str, by: str = "secretary", **sent: Any) -> Any:
        answer = self(f"{BODY}_{by}").post(f"{at}/{deed}", data={**self.seen(), **sent})
        assert answer.status_code == 302, answer.text
        return answer

    def come(self, at: str, **states: str) -> None:
        self.do(at, "attendance", **{f"at-{self.id(f'{BODY}_{key}')}": state for key, state in states.items()})

    def items(self, at: str) -> list[str]:
        with self.serve(self.tenant):
            rows = db.session.scalars(select(AgendaItem).order_by(AgendaItem.position))
            return [f"{at}/items/{one.id}" for one in rows]

    def shown(self, item: str, by: str = "secretary") -> dict[str, str]:
        """The motion that the page of an item shows, as its ballot sends it back."""
        found = re.search(r'name="motion" value="([0-9a-f]*)"', self(f"{BODY}_{by}").get(item).text)
        return {"motion": found[1] if found else ""}

    def vote(self, item: str, **votes: str) -> Any:
        sent = {f"vote-{self.id(f'{BODY}_{key}')}": vote for key, vote in votes.items()} | self.shown(item)
        return self(f"{BODY}_secretary").post(item, data={**self.seen(), "deed": "votes", **sent})

    def put(self, item: str, outcome: str, reasons: str, by: str = "secretary", **more: str) -> Any:
        sent = {"deed": "motion", "outcome": outcome, "motion_reasons": reasons, **more}
        return self(f"{BODY}_{by}").post(item, data={**self.seen(), **sent})

    def conclude(self, item: str, by: str = "secretary") -> Any:
        return self(f"{BODY}_{by}").post(item, data={**self.seen(), "deed": "conclude"})

    def complete_since(self, days: int) -> None:
        """As if the first case had been complete for so long."""
        with self.serve(self.tenant):
            case = db.session.get(Case, self.cases[0])
            assert case
            case.completed_on = time.today() - timedelta(days=days)
            case.received_at = time.now() - timedelta(days=days)
            db.session.commit()

    def scheduled(self) -> list[Any]:
        """The cases whose reply waits for its day."""
        with self.serve(self.tenant):
            waiting = select(ScheduledReply.case_id).where(ScheduledReply.state == "waiting")
            return list(db.session.scalars(waiting))

    def state(self, index: int = 0) -> State:
        with self.serve(self.tenant):
            case = db.session.get(Case, self.cases[index])
            assert case
            return case.state


@pytest.fixture
def house(association: Any, serve: Any, signed_in: Any) -> Iterator[House]:
    with time.at(MONDAY):
        yield House(association, serve, signed_in)


@pytest.fixture
def held(house: House) -> tuple[House, str]:
    """A meeting in session with both cases on its agenda; chair and member present."""
    house.name("chair", "member", "secretary")
    at = house.call()
    house.do(at, "agenda", cases=[str(one) for one in house.cases])
    house.come(at, chair="present", member="present", secretary="present")
    house.do(at, "start")
    return house, at


class TestTheWholeWay:
    def test_from_naming_members_to_the_reply(self, held: Any) -> None:
        house, at = held
        first, second = house.items(at)
        assert house.vote(first, chair="for", member="for").status_code == 302
        secretary = house(f"{BODY}_secretary")
        answer = house.conclude(first)
        assert answer.headers["Location"] == at
        answer = secretary.post(second, data={**house.seen(), "deed": "postpone", "reasons": "تُستكمل الزيارة"})
        assert answer.status_code == 302
        house.do(at, "close")
        assert (house.state(0), house.state(1)) == (State.DECIDED, State.RECOMMENDED)
        assert f"{at}/minutes.pdf" in secretary.get(at).text
        for who in ("chair", "member", "secretary"):
            answer = house(f"{BODY}_{who}").post(f"{at}/minutes", data={"signature": SIGNED})
            assert answer.status_code == 302, answer.text
        page = secretary.get(f"{at}/minutes").text
        assert page.count("tag good") >= 3
        paper = secretary.get(f"{at}/minutes.pdf")
        assert (paper.mimetype, paper.data[:4]) == ("application/pdf", b"%PDF")
        assert secretary.post(f"{at}/release").status_code == 302
        assert house.state() is State.DECIDED, "the floor has not come"
        house.complete_since(20)
        secretary.post(f"{at}/release")
        assert house.state() is State.REPLIED

    @pytest.mark.parametrize("lang", ["ar", "en"])
    def test_every_page_opens_in_both_languages(self, held: Any, lang: str) -> None:
        house, at = held
        item = house.items(at)[0]
        for who in ("secretary", "member"):
            for address in ("/desk/committees", AT, at, item):
                answer = house(f"{BODY}_{who}").get(f"{address}?lang={lang}")
                assert answer.status_code == 200, address
        for address in ("/admin/committees", ADMIN):
            assert house("administrator").get(f"{address}?lang={lang}").status_code == 200


class TestReplies:
    def test_whose_day_has_not_come_are_scheduled_together(self, held: Any) -> None:
        house, at = held
        for item in house.items(at):
            assert house.vote(item, chair="for", member="for").status_code == 302
            house.conclude(item)
        house.do(at, "close")
        house.complete_since(20)
        secretary = house(f"{BODY}_secretary")
        page = secretary.get(f"{at}/minutes?lang=en").text
        assert (f"{at}/release" in page, f"{at}/schedule" in page) == (True, True)
        assert house("social_research_officer").post(f"{at}/schedule").status_code in (403, 404)
        for _ in range(2):  # the second press finds nothing that is left
            assert secretary.post(f"{at}/schedule").status_code == 302
            assert house.scheduled() == [house.cases[1]], "what may go out today is sent, not scheduled"
        page = secretary.get(f"{at}/minutes?lang=en").text
        assert "Scheduled for " in page
        assert f"{at}/schedule" not in page
        secretary.post(f"{at}/release")
        assert (house.state(0), house.state(1)) == (State.REPLIED, State.DECIDED)


class TestACase:
    def test_says_where_it_stands_and_offers_no_lone_decision(self, held: Any) -> None:
        house, at = held
        address = f"/desk/cases/{house.cases[0]}"
        chair = house(f"{BODY}_chair")
        page = chair.get(f"{address}?lang=en").text
        assert f"{at}/items/" in page
        assert "moves/decide" not in page
        refused = chair.post(f"{address}/moves/decide", data={"seen": "9", "outcome": "accepted", "reasons": "س"})
        assert refused.status_code == 409
        assert house.state() is State.RECOMMENDED

    def test_is_decided_by_the_chair_while_nobody_is_named(self, house: House) -> None:
        address = f"/desk/cases/{house.cases[0]}"
        assert "moves/decide" in house(f"{BODY}_chair").get(address).text


class TestRefusals:
    def test_two_secretaries_at_once(self, held: Any) -> None:
        house, at = held
        [first, second] = house.items(at)
        seen = house.seen()
        assert house.vote(first, chair="for", member="for").status_code == 302
        typed = {**seen, "deed": "postpone", "reasons": "كُتب قبل أن يُعلم"}
        answer = house(f"{BODY}_chair").post(second, data=typed)
        assert answer.status_code == 409
        assert "كُتب قبل أن يُعلم" in answer.text
        fresh = re.search(r'name="seen" value="(\d+)"', answer.text)
        assert fresh
        again = house(f"{BODY}_chair").post(second, data={**typed, "seen": fresh[1]})
        assert again.status_code == 302

    def test_a_lost_quorum_is_said_and_nothing_is_decided(self, held: Any) -> None:
        house, at = held
        [first, _second] = house.items(at)
        house.vote(first, chair="for", member="for")
        house.come(at, member="left")
        secretary = house(f"{BODY}_secretary")
        assert "The quorum is lost" in secretary.get(f"{at}?lang=en").text
        answer = house.conclude(first)
        assert answer.status_code == 409
        assert "There is no quorum" in answer.text
        house.do(at, "close")
        assert house.state() is State.RECOMMENDED

    def test_one_who_left_the_committee_is_said_to_count_no_longer(self, held: Any) -> None:
        house, at = held
        page = house("administrator").get(ADMIN).text
        ends = re.findall(rf"{ADMIN}/seats/[0-9a-f-]+/end", page)
        assert len(ends) == 3
        for end in ends:
            house("administrator").post(end)
        assert house(f"{BODY}_secretary").get(at).status_code == 200, "who attended may still look and sign"
        assert house(f"{BODY}_secretary").get(AT).status_code == 403
        assert house(f"{BODY}_secretary").post(f"{at}/close", data=house.seen()).status_code == 403

    def test_strangers_and_members_may_not(self, held: Any) -> None:
        house, at = held
        [first, _second] = house.items(at)
        for address in (AT, at, first, f"{at}/minutes", f"{at}/minutes.pdf"):
            assert house("relations_officer").get(address).status_code == 403
        member = house(f"{BODY}_member")
        assert member.post(f"{at}/close", data=house.seen()).status_code == 403
        assert house.conclude(first, by="member").status_code == 403
        assert house.put(first, "rejected", "س", by="member").status_code == 403
        assert member.post(first, data={"deed": "burn"}).status_code == 404
        assert house("relations_officer").get(ADMIN).status_code == 403
        own = {f"vote-{house.id(f'{BODY}_member')}": "against", "deed": "votes", **house.shown(first, "member")}
        assert member.post(first, data=own).status_code == 302

    def test_forms_that_are_not_filled_come_back(self, held: Any) -> None:
        house, at = held
        secretary = house(f"{BODY}_secretary")
        assert secretary.post(AT, data={"on": "x"}).status_code == 422
        assert secretary.post(f"{at}/agenda", data=house.seen()).status_code == 422
        assert secretary.post(house.items(at)[0], data={**house.seen(), "deed": "postpone"}).status_code == 422
        assert house.put(house.items(at)[0], "", "س").status_code == 422
        assert house.vote(house.items(at)[0], chair="recused").status_code == 422
        assert house("administrator").post(ADMIN, data={"member": "x", "position": "king"}).status_code == 422
        twice = {"member": house.id(f"{BODY}_member"), "position": "chair", "since": "2026-09-01"}
        assert house("administrator").post(ADMIN, data=twice).status_code == 422

    def test_there_are_no_minutes_before_the_end_nor_a_committee_of_any_name(self, held: Any) -> None:
        house, at = held
        secretary = house(f"{BODY}_secretary")
        assert secretary.get(f"{at}/minutes").status_code == 404
        assert secretary.get("/desk/committees/nobody").status_code == 404
        assert secretary.get(at.replace(BODY, "follow_up_committee")).status_code == 404
        assert house("administrator").get("/admin/committees/nobody").status_code == 404
