"""Two who conduct a meeting at once, each on a connection of their own: one acts, the other is told, none is lost."""

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from silah import clock
from silah.committees import agenda, ballots, meetings, minutes_writing, scheduling, seats, signing
from silah.committees.ballots import Cast
from silah.committees.errors import MeetingChanged, NotPossible
from silah.committees.models import AgendaItem, CommitteeMeeting, MeetingMinutes, MeetingVote, MinutesSignature
from silah.errors import SilahError
from silah.intake.models import Decision
from silah.notifications.models import OutboxMessage
from silah.organisation.models import Membership
from tenants.context import Tenant, serving
from tenants.database import db
from tests.committees.conftest import BODY, DRAWN, Room
from tests.intake.conftest import MONDAY

Work = Callable[[Any], None]


class Two:
    """A committee that is committed, and pairs of hands that act on it at the same moment."""

    def __init__(self, app: Flask, tenant: Tenant, room: Room) -> None:
        self.app, self.tenant, self.room = app, tenant, room
        self.chair, self.secretary = room.people["chair"], room.people["secretary"]

    def made(self, *cases: Any, **options: Any) -> tuple[UUID, int]:
        """A meeting, committed: its id and version."""
        meeting = self.room.meeting(*cases, **options)
        db.session.commit()
        return meeting.id, meeting.version

    def act(self, *works: Callable[[CommitteeMeeting], Any], on: list[UUID]) -> list[Any]:
        """Let each work begin once all have read their meeting; what became of each."""
        ready, ends = threading.Barrier(len(works)), [None] * len(works)

        def one(place: int) -> None:
            with self.app.app_context(), serving(self.tenant), clock.at(MONDAY):
                meeting = db.session.get_one(CommitteeMeeting, on[place])
                ready.wait()
                try:
                    works[place](meeting)
                    db.session.commit()
                    ends[place] = "done"
                except SilahError as error:
                    db.session.rollback()
                    ends[place] = error

        threads = [threading.Thread(target=one, args=(place,)) for place in range(len(works))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        db.session.rollback()
        return ends

    def one_of(self, kind: type[Exception], ends: list[Any]) -> None:
        """One of two acted, the other was refused in this way."""
        assert ends.count("done") == 1, ends
        assert isinstance(next(end for end in ends if end != "done"), kind), ends


@pytest.fixture
def two(app: Flask, association: Tenant, serve: Any) -> Any:
    with serve(association), clock.at(MONDAY):
        room = Room(association)
        room.named()
        db.session.commit()
        yield Two(app, association, room)
        db.session.rollback()


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


class TestOneMeeting:
    def test_is_opened_once(self, two: Two) -> None:
        id_, seen = two.made(start=False)
        works = [lambda it, by=by: meetings.start(it, by=by, seen=seen) for by in (two.chair, two.secretary)]
        two.one_of(MeetingChanged, two.act(*works, on=[id_, id_]))

    def test_is_closed_once_with_one_paper(self, two: Two) -> None:
        id_, seen = two.made(two.room.recommended())
        works = [lambda it, by=by: minutes_writing.close(it, by=by, seen=seen) for by in (two.chair, two.secretary)]
        two.one_of(MeetingChanged, two.act(*works, on=[id_, id_]))
        assert count(MeetingMinutes) == 1

    def test_is_decided_on_or_closed_never_both_from_one_page(self, two: Two) -> None:
        id_, _seen = two.made(two.room.recommended())
        two.room.vote(two.room.item(db.session.get_one(CommitteeMeeting, id_)), chair="for", first="for", second="for")
        db.session.commit()
        seen = db.session.get_one(CommitteeMeeting, id_).version
        ends = two.act(
            lambda it: ballots.conclude(meetings.items(it)[0], by=two.chair, seen=seen),
            lambda it: minutes_writing.close(it, by=two.secretary, seen=seen),
            on=[id_, id_],
        )
        two.one_of(MeetingChanged, ends)
        item = db.session.scalars(select(AgendaItem)).one()
        assert item.result == ("accepted" if ends[0] == "done" else "postponed")
        assert count(Decision) == (ends[0] == "done")

    def test_does_not_decide_past_a_member_who_is_just_leaving(self, two: Two) -> None:
        id_, _seen = two.made(two.room.recommended(), come="chair first secretary")
        two.room.vote(two.room.item(db.session.get_one(CommitteeMeeting, id_)), chair="for", first="for")
        db.session.commit()
        seen, first = db.session.get_one(CommitteeMeeting, id_).version, two.room.people["first"].id
        ends = two.act(
            lambda it: ballots.conclude(meetings.items(it)[0], by=two.chair, seen=seen),
            lambda it: meetings.record_attendance(it, {first: "left"}, by=two.secretary, seen=seen),
            on=[id_, id_],
        )
        two.one_of(MeetingChanged, ends)

    def test_takes_the_votes_of_one_who_records_them_for_all(self, two: Two) -> None:
        id_, seen = two.made(two.room.recommended())
        people = [two.room.people[key].id for key in ("chair", "first", "second")]

        def record(by: Any, choice: str) -> Work:
            cast = {one: Cast(choice) for one in people}
            return lambda it: ballots.record(meetings.items(it)[0], cast, by=by, seen=seen)

        ends = two.act(record(two.chair, "for"), record(two.secretary, "against"), on=[id_, id_])
        two.one_of(MeetingChanged, ends)
        assert len(set(db.session.scalars(select(MeetingVote.choice)))) == 1

    def test_takes_the_own_votes_of_members_together(self, two: Two) -> None:
        id_, seen = two.made(two.room.recommended())

        def own(key: str) -> Work:
            by = two.room.people[key]
            return lambda it: ballots.record(meetings.items(it)[0], {by.id: Cast("for")}, by=by, seen=seen)

        assert two.act(own("first"), own("second"), on=[id_, id_]) == ["done", "done"]
        assert count(MeetingVote) == 2


class TestTwoMeetings:
    def test_are_not_in_session_together(self, two: Two) -> None:
        (one, seen), (other, also) = two.made(start=False), two.made(start=False)
        ends = two.act(
            lambda it: meetings.start(it, by=two.chair, seen=seen),
            lambda it: meetings.start(it, by=two.secretary, seen=also),
            on=[one, other],
        )
        two.one_of(NotPossible, ends)

    def test_do_not_share_a_case(self, two: Two) -> None:
        case_id = two.room.recommended().id
        (one, seen), (other, also) = two.made(start=False), two.made(start=False)
        ends = two.act(
            lambda it: agenda.add(it, [case_id], by=two.chair, seen=seen),
            lambda it: agenda.add(it, [case_id], by=two.secretary, seen=also),
            on=[one, other],
        )
        two.one_of(NotPossible, ends)
        assert count(AgendaItem) == 1

    def test_called_at_once_have_numbers_of_their_own(self, two: Two) -> None:
        id_, _seen = two.made(start=False)
        works = [
            lambda it, by=by: scheduling.call(BODY, by=by, called_for=MONDAY, location="")
            for by in (two.chair, two.secretary)
        ]
        assert two.act(*works, on=[id_, id_]) == ["done", "done"]
        assert set(db.session.scalars(select(CommitteeMeeting.number))) == {1, 2, 3}


class TestSignatures:
    def test_the_last_two_at_once_complete_the_minutes_once(self, two: Two) -> None:
        id_, _seen = two.made(come="chair first")
        meeting = db.session.get_one(CommitteeMeeting, id_)
        minutes_writing.close(meeting, by=two.chair, seen=meeting.version)
        db.session.commit()
        works = [lambda it, key=key: signing.sign(it, DRAWN, by=two.room.people[key]) for key in ("chair", "first")]
        assert two.act(*works, on=[id_, id_]) == ["done", "done"]
        told = select(func.count()).where(OutboxMessage.template == "minutes_complete")
        assert db.session.scalar(told) == 2, "one message to each of the two"

    def test_one_who_clicks_twice_signs_once(self, two: Two) -> None:
        id_, _seen = two.made(come="chair first")
        meeting = db.session.get_one(CommitteeMeeting, id_)
        minutes_writing.close(meeting, by=two.chair, seen=meeting.version)
        db.session.commit()
        works = [lambda it: signing.sign(it, DRAWN, by=two.chair)] * 2
        two.one_of(NotPossible, two.act(*works, on=[id_, id_]))
        assert count(MinutesSignature) == 1

    def test_two_annexes_at_once_are_two(self, two: Two) -> None:
        id_, _seen = two.made(come="chair first")
        meeting = db.session.get_one(CommitteeMeeting, id_)
        minutes_writing.close(meeting, by=two.chair, seen=meeting.version)
        db.session.commit()
        works = [lambda it, by=by: minutes_writing.correct(it, "تصحيح", by=by) for by in (two.chair, two.secretary)]
        assert two.act(*works, on=[id_, id_]) == ["done", "done"]
        assert set(db.session.scalars(select(MeetingMinutes.annex))) == {0, 1, 2}


class TestSeats:
    def test_there_is_one_chair_however_quickly_two_are_named(self, two: Two) -> None:
        seats.end(two.room.seats["chair"])
        people = [two.room.person(f"مرشح {n}", f"{BODY}_chair").id for n in (1, 2)]
        id_, _seen = two.made(come="first second", start=False)

        def name(person_id: UUID) -> Work:
            def do(it: CommitteeMeeting) -> None:
                member = db.session.get_one(Membership, person_id)
                seats.name(BODY, member, position="chair", votes=True, since=clock.today(), until=None)

            return do

        ends = two.act(*[name(one) for one in people], on=[id_, id_])
        assert ends.count("done") == 1
        assert sum(seat.position == "chair" for seat in seats.sitting(BODY)) == 1
