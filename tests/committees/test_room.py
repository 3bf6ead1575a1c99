"""Who enters the meeting room, who left it, what its agenda takes, and for how long one sits on a committee."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from silah import clock
from silah.committees import agenda, ballots, meetings, minutes, minutes_writing, scheduling, seats, signers, signing
from silah.committees.ballots import Cast
from silah.committees.errors import MeetingChanged, NoQuorum, NotConducting, NotPossible, NotSeated
from silah.committees.models import AgendaItem
from silah.errors import Forbidden, Invalid
from tenants.database import db
from tests.committees.conftest import BODY, DRAWN


class TestAMemberWhoLeft:
    @pytest.mark.parametrize("how", ["seat ended", "suspended", "term over"])
    def test_counts_no_longer_not_even_in_a_running_meeting(self, room: Any, how: str) -> None:
        item = room.item(room.meeting(room.recommended(), come="chair first"))
        room.vote(item, chair="for", first="against")
        if how == "seat ended":
            seats.end(room.seats["first"])
        elif how == "suspended":
            room.row(room.people["first"]).state = "suspended"
        else:
            room.seats["first"].since = clock.today() - timedelta(days=9)
            room.seats["first"].until = clock.today() - timedelta(days=1)
        db.session.flush()
        assert meetings.reckon(item.meeting).attending == 1
        with pytest.raises(NoQuorum):
            room.conclude(item)

    def test_the_quorum_of_all_is_of_those_who_remain(self, unnamed: Any) -> None:
        unnamed.named("all", None)
        item = unnamed.item(unnamed.meeting(unnamed.recommended()))
        unnamed.vote(item, chair="for", first="for", second="against")
        seats.end(unnamed.seats["second"])
        decision = unnamed.conclude(item)
        assert decision.outcome == "accepted"
        assert ballots.result(item).against == 0, "the vote of one who left is not counted"

    def test_still_signs_what_they_attended_and_enters_nothing_else(self, room: Any) -> None:
        first = room.people["first"]
        meeting = room.meeting(room.recommended())
        room.all_vote(room.item(meeting))
        minutes_writing.close(meeting, by=room.people["chair"], seen=meeting.version)
        other = room.meeting(come="chair second", start=False)
        seats.end(room.seats["first"])
        assert meetings.get(meeting.id, BODY, first) is meeting
        signing.sign(meeting, DRAWN, by=first)
        with pytest.raises(NotSeated):
            meetings.get(other.id, BODY, first)

    def test_who_no_longer_works_here_is_waited_for_by_nobody(self, room: Any) -> None:
        meeting = room.meeting()
        minutes_writing.close(meeting, by=room.people["chair"], seen=meeting.version)
        room.row(room.people["first"]).state = "suspended"
        db.session.flush()
        gone = next(one for one in signers.of(minutes.get(meeting)) if one.gone)
        assert not gone.owes
        assert gone.member_id == room.people["first"].id


class TestWhoMay:
    def test_strangers_do_not_enter(self, room: Any) -> None:
        meeting = room.meeting()
        with pytest.raises(NotSeated):
            meetings.get(meeting.id, BODY, room.member("administrator"))
        with pytest.raises(NotSeated):
            scheduling.call(BODY, by=room.member("management"), called_for=clock.now(), location="")

    def test_members_do_not_conduct(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended()))
        first, seen = room.people["first"], item.meeting.version
        for deed in (
            lambda: scheduling.call(BODY, by=first, called_for=clock.now(), location=""),
            lambda: agenda.remove(item, by=first, seen=seen),
            lambda: ballots.conclude(item, by=first, seen=seen),
            lambda: ballots.record(item, {room.people["chair"].id: Cast("for")}, by=first, seen=seen),
            lambda: minutes_writing.close(item.meeting, by=first, seen=seen),
        ):
            with pytest.raises(NotConducting):
                deed()

    def test_a_member_casts_their_own_vote(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended()))
        first = room.people["first"]
        ballots.record(item, {first.id: Cast("against", "أتحفظ لعدم كفاية المستندات")}, by=first, seen=0)
        vote = ballots.votes_on(item)[first.id]
        assert (vote.choice, vote.remark) == ("against", "أتحفظ لعدم كفاية المستندات")

    def test_who_is_absent_or_has_no_vote_does_not_vote(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended(), come="chair first secretary"))
        for key in ("second", "secretary"):
            with pytest.raises(Forbidden):
                room.vote(item, **{key: "for"})

    def test_a_proxy_is_refused_where_the_policy_has_none(self, room: Any) -> None:
        meeting = room.meeting(start=False)
        with pytest.raises(Invalid):
            room.come(meeting, "", second=f"proxy:{room.people['first'].id}")

    def test_a_proxy_votes_where_the_policy_has_them(self, unnamed: Any) -> None:
        unnamed.named("all", None, proxies=True)
        case = unnamed.recommended()
        meeting = unnamed.meeting(case, come="chair first", start=False)
        unnamed.come(meeting, "", second=f"proxy:{unnamed.people['first'].id}")
        meetings.start(meeting, by=unnamed.people["secretary"], seen=meeting.version)
        assert unnamed.all_vote(unnamed.item(meeting)).outcome == "accepted"


class TestTheAgenda:
    def test_is_drawn_from_what_waits_those_recommended_first(self, room: Any) -> None:
        studied, advised = room.under_study(number=1), room.recommended(number=2)
        room.complete(number=3)
        assert list(agenda.waiting(BODY)) == [advised, studied]

    def test_a_case_stands_on_one_agenda_at_a_time(self, room: Any) -> None:
        case = room.recommended()
        room.meeting(case)
        other = room.meeting(start=False)
        with pytest.raises(NotPossible):
            agenda.add(other, [case.id], by=room.people["chair"], seen=other.version)

    def test_what_is_taken_off_waits_again(self, room: Any) -> None:
        case = room.recommended()
        item = room.item(room.meeting(case))
        room.vote(item, chair="for")
        agenda.remove(item, by=room.people["chair"], seen=item.meeting.version)
        assert list(agenda.waiting(BODY)) == [case]

    def test_a_meeting_called_off_gives_its_cases_back(self, room: Any) -> None:
        case = room.recommended()
        meeting = room.meeting(case, start=False)
        scheduling.cancel(meeting, by=room.people["chair"], seen=meeting.version, reason="تعذّر الحضور")
        assert list(agenda.waiting(BODY)) == [case]
        assert db.session.scalars(select(AgendaItem)).all() == []

    def test_one_meeting_at_a_time_is_in_session(self, room: Any) -> None:
        first, second = room.meeting(), room.meeting(start=False)
        assert second.number == first.number + 1
        with pytest.raises(NotPossible):
            meetings.start(second, by=room.people["chair"], seen=second.version)

    def test_whoever_saw_an_older_page_is_told(self, room: Any) -> None:
        meeting = room.meeting(start=False)
        seen = meeting.version
        meetings.start(meeting, by=room.people["chair"], seen=seen)
        with pytest.raises(MeetingChanged):
            minutes_writing.close(meeting, by=room.people["secretary"], seen=seen)


class TestSeats:
    def test_there_is_one_chair_at_a_time(self, room: Any) -> None:
        other = room.row(room.person("ثانٍ", f"{BODY}_chair"))
        said: dict[str, Any] = {"position": "chair", "votes": True, "since": clock.today(), "until": None}
        with pytest.raises(Invalid):
            seats.name(BODY, other, **said)
        seats.end(room.seats["chair"])
        seats.name(BODY, other, **said)

    def test_nobody_sits_twice_or_backwards_or_after_leaving_the_association(self, room: Any) -> None:
        first = room.row(room.people["first"])
        said: dict[str, Any] = {"position": "member", "votes": True}
        with pytest.raises(Invalid):
            seats.name(BODY, first, since=clock.today() + timedelta(days=1), until=None, **said)
        stranger = room.row(room.person("غريب", f"{BODY}_member"))
        with pytest.raises(Invalid):
            seats.name(BODY, stranger, since=clock.today(), until=clock.today() - timedelta(days=1), **said)
        stranger.state = "suspended"
        with pytest.raises(Invalid):
            seats.name(BODY, stranger, since=clock.today(), until=None, **said)

    def test_a_term_begins_and_ends_with_its_days(self, room: Any) -> None:
        stranger = room.row(room.person("غريب", f"{BODY}_member"))
        day = clock.today() + timedelta(days=10)
        seats.name(BODY, stranger, position="member", votes=True, since=day, until=day)
        for shift, sits in ((-1, False), (0, True), (1, False)):
            found = {seat.member_id for seat in seats.sitting(BODY, day + timedelta(days=shift))}
            assert (stranger.id in found) is sits
