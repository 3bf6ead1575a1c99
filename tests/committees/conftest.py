"""Committees under test: an association with members named, and cases that wait for their decision."""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from silah import clock as time
from silah.cases.models import Case
from silah.cases.workflow import perform
from silah.committees import agenda, ballots, meetings, motions, scheduling, seats
from silah.committees.ballots import Cast
from silah.committees.models import AgendaItem, CommitteeMeeting, CommitteeSeat
from silah.organisation.models import Membership, Role
from silah.web.access import Member, Permission
from tenants import versions
from tenants.context import Tenant
from tenants.database import db
from tests.intake.conftest import MONDAY, Place, png

BODY = "research_committee"
NAMES = {"chair": "سعد بن علي القحطاني", "first": "أحمد الحربي", "second": "منى الشهري", "secretary": "هند العتيبي"}
DRAWN = png()


class Room(Place):
    """An association whose committee has a chair, two members and a secretary without a vote."""

    body = BODY

    def person(self, name: str, role: str) -> Member:
        held = db.session.scalars(select(Role).where(Role.key == role)).one()
        account = uuid4()
        made = Membership(account_id=account, name=name, email=f"{account.hex}@silah.test", state="active")
        made.roles = [held]
        db.session.add(made)
        db.session.flush()
        return Member(
            id=made.id,
            account_id=account,
            name=name,
            permissions=frozenset(Permission(value) for value in held.permissions),
            role_keys=frozenset({role}),
        )

    def named(self, quorum: str | None = "number", value: float | None = 2, **rule: Any) -> None:
        """Give the committee its members and its rule."""
        self.rule(quorum, value, **rule)
        self.people: dict[str, Member] = {}
        self.seats: dict[str, CommitteeSeat] = {}
        for key, position in (
            ("chair", "chair"), ("first", "member"), ("second", "member"), ("secretary", "secretary"),
        ):  # fmt: skip
            person = self.person(NAMES[key], f"{self.body}_{position}")
            self.people[key] = person
            self.seats[key] = seats.name(
                self.body,
                self.row(person),
                position=position,
                votes=position != "secretary",
                since=time.today(),
                until=None,
            )

    def row(self, member: Member) -> Membership:
        found = db.session.get(Membership, member.id)
        assert found is not None
        return found

    def rule(self, quorum: str | None, value: float | None = None, **rule: Any) -> None:
        version = versions.in_force(time.today())
        document = copy.deepcopy(version.document)
        for one in document["committees"]:
            if one["key"] == self.body:
                one.update({"quorum": quorum, "quorum_value": value, **rule})
        version.document = document
        db.session.flush()

    def recommended(self, outcome: str = "accepted", reasons: str = "تنطبق الشروط", **options: Any) -> Case:
        case = self.under_study(**options)
        perform(case, "recommend", self.member("social_research_officer"), {"outcome": outcome, "reasons": reasons})
        return case

    def meeting(self, *cases: Case, come: str = "chair first second secretary", start: bool = True) -> CommitteeMeeting:
        """A meeting on these cases, with these people present."""
        by = self.people["secretary"]
        made = scheduling.call(self.body, by=by, called_for=time.now(), location="قاعة الاجتماعات")
        if cases:
            agenda.add(made, [case.id for case in cases], by=by, seen=made.version)
        self.come(made, come)
        if start:
            meetings.start(made, by=by, seen=made.version)
        return made

    def come(self, meeting: CommitteeMeeting, present: str, **others: str) -> None:
        here = dict.fromkeys(present.split(), "present") | others
        said = {self.people[key].id: state for key, state in here.items()}
        meetings.record_attendance(meeting, said, by=self.people["secretary"], seen=meeting.version)

    def item(self, meeting: CommitteeMeeting, index: int = 0) -> AgendaItem:
        return meetings.items(meeting)[index]

    def vote(self, item: AgendaItem, **said: str | Cast) -> None:
        cast = {self.people[key].id: Cast(vote) if isinstance(vote, str) else vote for key, vote in said.items()}
        ballots.record(item, cast, by=self.people["secretary"], seen=item.meeting.version)

    def put(self, item: AgendaItem, outcome: str, reasons: str = "لا تنطبق الشروط", **more: Any) -> Any:
        """Write the motion on an item."""
        by = self.people["secretary"]
        return motions.put_motion(item, by=by, outcome=outcome, reasons=reasons, seen=item.meeting.version, **more)

    def conclude(self, item: AgendaItem) -> Any:
        return ballots.conclude(item, by=self.people["secretary"], seen=item.meeting.version)

    def all_vote(self, item: AgendaItem, choice: str = "for") -> Any:
        self.vote(item, chair=choice, first=choice, second=choice)
        return self.conclude(item)


@pytest.fixture(scope="session")
def tenants_of_committees(make_association: Callable[..., Tenant]) -> dict[str, Tenant]:
    class Made(dict[str, Tenant]):
        def __missing__(self, name: str) -> Tenant:
            self[name] = make_association(blueprint=name)
            return self[name]

    return Made()


@pytest.fixture
def at(serve: Any, tenants_of_committees: dict[str, Tenant]) -> Any:
    """`with at("samtah-cooperative") as place:` serves the association, on a Monday; nothing is committed."""

    @contextmanager
    def served(blueprint: str = "madinah-centers") -> Iterator[Room]:
        with serve(tenants_of_committees[blueprint]), time.at(MONDAY):
            yield Room(tenants_of_committees[blueprint])
            db.session.rollback()

    return served


@pytest.fixture
def unnamed(at: Any) -> Iterator[Room]:
    """Nobody is named to the committee."""
    with at() as place:
        yield place


@pytest.fixture
def room(unnamed: Room) -> Room:
    """The committee has members, and its quorum is two."""
    unnamed.named()
    return unnamed


def later(days: int) -> Any:
    return time.at(time.now() + timedelta(days=days))
