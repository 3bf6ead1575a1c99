"""The meeting room: who decides, who counts, what is refused, and what becomes of the cases."""

from typing import Any

import pytest

from silah import clock
from silah.cases import timeline
from silah.cases.errors import NotLegal
from silah.cases.states import State
from silah.cases.workflow import perform
from silah.committees import agenda, ballots, meetings, minutes, minutes_writing, releasing, scheduling, seats
from silah.committees.ballots import Cast
from silah.committees.errors import NoQuorum, NotPossible, Undecided
from silah.errors import Invalid
from silah.intake.facts import decision_of
from tests.committees.conftest import BODY, later


class TestWhoDecides:
    def test_a_chair_alone_decides_while_nobody_is_named(self, unnamed: Any) -> None:
        case = unnamed.recommended()
        perform(case, "decide", unnamed.member(f"{BODY}_chair"), {"outcome": "accepted", "reasons": "س"})
        assert case.state is State.DECIDED

    def test_a_chair_alone_is_sent_to_the_meeting_once_members_are_named(self, room: Any) -> None:
        case = room.recommended()
        with pytest.raises(NotLegal, match=r"agenda|جدول"):
            perform(case, "decide", room.people["chair"], {"outcome": "accepted", "reasons": "س"})
        assert case.state is State.RECOMMENDED

    def test_a_secretary_without_a_vote_is_no_committee(self, unnamed: Any) -> None:
        person = unnamed.person("هند", f"{BODY}_secretary")
        unnamed.rule("all")
        seats.name(BODY, unnamed.row(person), position="secretary", votes=False, since=clock.today(), until=None)
        assert not seats.meets(BODY)

    def test_management_decides_alone_where_the_policy_says_so(self, at: Any) -> None:
        with at("tamkeen-qassim") as place:
            place.body = "follow_up_committee"
            place.named()
            case = place.under_study()
            perform(case, "decide", place.member("management"), {"outcome": "accepted", "reasons": "س"})
            assert case.state is State.DECIDED
            assert agenda.waiting("follow_up_committee") == []

    def test_whoever_recommends_does_so_as_before(self, room: Any) -> None:
        assert room.recommended().state is State.RECOMMENDED

    def test_once_the_terms_are_over_the_chair_decides_alone_again(self, room: Any) -> None:
        case = room.recommended()
        for seat in room.seats.values():
            seats.end(seat)
        perform(case, "decide", room.people["chair"], {"outcome": "rejected", "reasons": "س"})
        assert case.state is State.DECIDED


class TestADecision:
    def test_the_votes_become_the_decision_on_the_case(self, room: Any) -> None:
        case = room.recommended()
        item = room.item(room.meeting(case))
        room.vote(item, chair="for", first="against", second="for")
        made, decision = room.conclude(item), decision_of(case)
        assert decision is not None
        assert (case.state, decision.outcome, decision.body) == (State.DECIDED, "accepted", BODY)
        assert (made.outcome, item.result) == ("accepted", "accepted")
        assert item.decision_id == decision.id
        entry = timeline.entries(case, for_applicant=False)[0]
        assert entry.data == {"outcome": "accepted", "body": BODY, "meeting": item.meeting.number}
        assert timeline.verify(case) == []

    def test_the_chair_breaks_a_tie(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended(), come="chair first"))
        room.vote(item, chair="for", first="against")
        assert room.conclude(item).state == "carried"
        assert item.by_chair

    def test_a_tie_decides_nothing_where_the_chair_has_no_casting_vote(self, unnamed: Any) -> None:
        unnamed.named(chair_casts=False)
        case = unnamed.recommended()
        item = unnamed.item(unnamed.meeting(case, come="chair first"))
        unnamed.vote(item, chair="against", first="for")
        with pytest.raises(Undecided):
            unnamed.conclude(item)
        assert case.state is State.RECOMMENDED

    def test_everybody_present_votes_first(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended()))
        room.vote(item, chair="for", first="for")
        with pytest.raises(NotPossible):
            room.conclude(item)

    def test_it_needs_reasons_and_a_recommendation(self, room: Any) -> None:
        studied = room.under_study()
        item = room.item(room.meeting(studied))
        with pytest.raises(NotPossible, match=r"motion|مشروع"):
            room.vote(item, chair="for", first="for", second="for")
        with pytest.raises(Invalid):
            room.put(item, "accepted", "  ")
        room.put(item, "accepted", "تنطبق الشروط")
        room.vote(item, chair="for", first="for", second="for")
        with pytest.raises(NotLegal):
            room.conclude(item)

    def test_a_case_withdrawn_meanwhile_is_not_decided(self, room: Any) -> None:
        case = room.recommended()
        item = room.item(room.meeting(case))
        room.vote(item, chair="for", first="for", second="for")
        perform(case, "withdraw", None, {"reason": "رغبة مقدم الطلب"})
        with pytest.raises(NotLegal):
            room.conclude(item)

    def test_it_is_made_once(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended()))
        room.all_vote(item)
        for again in (lambda: room.conclude(item), lambda: room.vote(item, chair="against")):
            with pytest.raises(NotPossible):
                again()

    def test_postponed_it_waits_again(self, room: Any) -> None:
        case = room.recommended()
        item = room.item(room.meeting(case))
        assert case not in agenda.waiting(BODY)
        ballots.postpone(item, by=room.people["chair"], reasons="تُستكمل الزيارة", seen=item.meeting.version)
        assert case in agenda.waiting(BODY)
        assert case.state is State.RECOMMENDED

    def test_the_reply_goes_out_only_inside_its_window(self, room: Any) -> None:
        case = room.recommended()
        meeting = room.meeting(case)
        room.all_vote(room.item(meeting))
        minutes_writing.close(meeting, by=room.people["secretary"], seen=meeting.version)
        [reply] = releasing.replies(meeting)
        assert (reply.ready, reply.earliest) == (False, case.earliest)
        assert releasing.release(meeting, by=room.people["secretary"]) == 0
        assert case.state is State.DECIDED
        with later(20):
            assert releasing.release(meeting, by=room.people["secretary"]) == 1
            assert case.state is State.REPLIED
            assert releasing.release(meeting, by=room.people["secretary"]) == 0

    def test_replies_wait_for_the_minutes(self, room: Any) -> None:
        meeting = room.meeting(room.recommended())
        room.all_vote(room.item(meeting))
        with later(20), pytest.raises(NotPossible):
            releasing.release(meeting, by=room.people["secretary"])


class TestAnInterest:
    def test_is_suggested_where_the_names_are_alike(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended(name="نورة بنت سعد الحربي")))
        assert ballots.suggestions(item) == {room.people["first"].id: "family"}

    def test_one_who_steps_aside_is_counted_neither_in_the_vote_nor_in_the_quorum(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended(), come="chair first"))
        room.vote(item, chair="for", first=Cast("recused", "قريب من الدرجة الأولى"))
        with pytest.raises(NoQuorum, match=r"of the other 2|المتنحّين"):
            room.conclude(item)
        assert meetings.reckon(item.meeting).reached, "for the other cases there is a quorum as before"
        room.come(item.meeting, "second")
        room.vote(item, second="for")
        assert room.conclude(item).outcome == "accepted"
        assert ballots.result(item).recused == 1

    def test_where_all_must_attend_these_are_all_who_do_not_step_aside(self, unnamed: Any) -> None:
        unnamed.named("all", None)
        item = unnamed.item(unnamed.meeting(unnamed.recommended()))
        unnamed.vote(item, chair="for", second="for", first=Cast("recused", "ابن عم مقدمة الطلب"))
        assert unnamed.conclude(item).outcome == "accepted"
        said = minutes_writing.close(item.meeting, by=unnamed.people["chair"], seen=item.meeting.version)
        assert "2 of the other 2 attended" in minutes.read(said, "en")["items"][0]["aside"]

    def test_a_share_is_of_those_who_do_not_step_aside(self, unnamed: Any) -> None:
        unnamed.named("share", 0.6)
        item = unnamed.item(unnamed.meeting(unnamed.recommended(), come="chair first"))
        unnamed.vote(item, chair="for", first=Cast("recused", "ابن عم مقدمة الطلب"))
        with pytest.raises(NoQuorum):
            unnamed.conclude(item)

    def test_who_steps_aside_holds_no_proxy_for_the_case(self, unnamed: Any) -> None:
        unnamed.named("number", 1, proxies=True)
        meeting = unnamed.meeting(unnamed.recommended(), come="chair first", start=False)
        unnamed.come(meeting, "", second=f"proxy:{unnamed.people['first'].id}")
        meetings.start(meeting, by=unnamed.people["secretary"], seen=meeting.version)
        item = unnamed.item(meeting)
        unnamed.vote(item, chair="for", second="against", first=Cast("recused", "قريب"))
        assert ballots.result(item).against == 0
        assert unnamed.conclude(item).outcome == "accepted"

    def test_stepping_aside_needs_a_reason(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended()))
        with pytest.raises(Invalid):
            room.vote(item, first="recused")

    def test_where_all_step_aside_nothing_is_decided(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended(), come="chair first"))
        room.vote(item, chair=Cast("recused", "قريب"), first=Cast("recused", "قريب"))
        with pytest.raises(NoQuorum):
            room.conclude(item)

    def test_a_chair_who_steps_aside_breaks_no_tie(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended()))
        room.vote(item, chair=Cast("recused", "قريب"), first="for", second="against")
        with pytest.raises(Undecided):
            room.conclude(item)


class TestQuorum:
    def test_of_all_is_not_there_with_one_absent_nor_by_a_proxy(self, unnamed: Any) -> None:
        unnamed.named("all", None)
        meeting = unnamed.meeting(unnamed.recommended(), come="chair first secretary", start=False)
        with pytest.raises(NoQuorum, match=r"2.*3.*3"):
            meetings.start(meeting, by=unnamed.people["secretary"], seen=meeting.version)
        with pytest.raises(Invalid):
            unnamed.come(meeting, "", second=f"proxy:{unnamed.people['chair'].id}")

    def test_without_it_the_meeting_does_not_begin(self, room: Any) -> None:
        meeting = room.meeting(room.recommended(), come="chair secretary", start=False)
        with pytest.raises(NoQuorum, match=r"1.*3.*2"):
            meetings.start(meeting, by=room.people["secretary"], seen=meeting.version)

    def test_a_secretary_without_a_vote_does_not_count(self, room: Any) -> None:
        meeting = room.meeting(come="first secretary", start=False)
        assert not meetings.reckon(meeting).reached

    def test_where_the_policy_sets_none_all_must_attend(self, unnamed: Any) -> None:
        unnamed.named(None, None)
        meeting = unnamed.meeting(come="chair first", start=False)
        assert meetings.reckon(meeting).needed == 3

    def test_lost_in_the_middle_what_was_decided_stands_and_the_rest_waits(self, room: Any) -> None:
        decided, left = room.recommended(number=1), room.recommended(number=2)
        meeting = room.meeting(decided, left, come="chair first secretary")
        first, second = meetings.items(meeting)
        room.vote(first, chair="for", first="for")
        room.conclude(first)
        room.vote(second, chair="for", first="for")
        room.come(meeting, "", first="left")
        with pytest.raises(NoQuorum):
            room.conclude(second)
        minutes_writing.close(meeting, by=room.people["chair"], seen=meeting.version)
        assert (first.result, second.result) == ("accepted", "postponed")
        assert decided.state is State.DECIDED
        assert list(agenda.waiting(BODY)) == [left]
        text = minutes.read(minutes.get(meeting), "en")["quorum"]
        assert "lost it before its end" in text

    def test_regained_the_meeting_goes_on(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended(), come="chair first"))
        room.come(item.meeting, "", first="left")
        with pytest.raises(NoQuorum):
            room.conclude(item)
        room.come(item.meeting, "second")
        room.vote(item, chair="for", second="for")
        assert room.conclude(item).outcome == "accepted"

    def test_never_reached_the_minutes_say_so_and_all_waits_again(self, room: Any) -> None:
        case = room.recommended()
        meeting = room.meeting(case, come="secretary", start=False)
        minutes_writing.close(meeting, by=room.people["secretary"], seen=meeting.version)
        assert meeting.state == "closed"
        assert "did not begin" in minutes.read(minutes.get(meeting), "en")["quorum"]
        assert case in agenda.waiting(BODY)

    def test_with_a_quorum_a_meeting_is_opened_or_called_off_not_ended(self, room: Any) -> None:
        meeting = room.meeting(start=False)
        with pytest.raises(NotPossible):
            minutes_writing.close(meeting, by=room.people["secretary"], seen=meeting.version)
        scheduling.cancel(meeting, by=room.people["secretary"], seen=meeting.version, reason="تعذّر الحضور")
        assert meeting.state == "cancelled"
