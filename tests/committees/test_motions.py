"""What a committee decides is what its members read: a motion in words, its outcome and its reasons, to the letter."""

from typing import Any

import pytest
from sqlalchemy import select, text

from silah.cases import timeline
from silah.cases.states import State
from silah.cases.workflow import perform
from silah.committees import agenda, ballots, minutes, minutes_paper, minutes_writing, motions, releasing
from silah.committees.ballots import Cast
from silah.committees.errors import NotPossible, Undecided
from silah.committees.models import MeetingVote, Motion
from silah.errors import Invalid
from silah.intake import outcomes
from silah.intake.facts import decision_of
from silah.notifications.models import OutboxMessage
from tenants.database import db
from tests import paper_text
from tests.committees.conftest import BODY, later

WHY = "دخل الأسرة يتجاوز الحد المقرر"
MERIT = "زارت اللجنة الأسرة ورأت حاجتها"


def told(case: Any) -> OutboxMessage:
    rows = select(OutboxMessage).where(OutboxMessage.case_id == case.id, OutboxMessage.template == "replied")
    return db.session.scalars(rows).one()


def reply_of(room: Any, meeting: Any, case: Any) -> str:
    """End the meeting and send the reply; gives what goes out."""
    minutes_writing.close(meeting, by=room.people["secretary"], seen=meeting.version)
    with later(20):
        assert releasing.release(meeting, by=room.people["secretary"]) == 1
    return told(case).body


class TestTheStory:
    @pytest.mark.parametrize("locale", ["ar", "en"])
    def test_recommended_to_decline_and_voted_for_it_is_declined(self, room: Any, locale: str) -> None:
        case = room.recommended("rejected", WHY)
        case.locale = locale
        meeting = room.meeting(case)
        item = room.item(meeting)
        motion = motions.get_standing(item)
        assert motion is not None
        assert (motion.outcome, motion.reasons) == ("rejected", WHY)
        room.all_vote(item, "for")
        decision = decision_of(case)
        assert decision is not None
        assert (decision.outcome, decision.reasons, item.result) == ("rejected", WHY, "rejected")
        mail = reply_of(room, meeting, case)
        expected = outcomes.words(case.policy_version.policy, "rejected", locale)
        assert expected in mail
        assert outcomes.words(case.policy_version.policy, "accepted", locale) not in mail
        assert WHY in mail

    @pytest.mark.parametrize("locale", ["ar", "en"])
    def test_recommended_to_approve_and_voted_against_nothing_is_decided_but_that_it_fell(
        self, room: Any, locale: str
    ) -> None:
        case = room.recommended("accepted", MERIT)
        case.locale = locale
        meeting = room.meeting(case)
        item = room.item(meeting)
        room.vote(item, chair="against", first="against", second="for")
        assert room.conclude(item).state == "fallen"
        assert (case.state, item.result, decision_of(case)) == (State.RECOMMENDED, None, None)
        entry = timeline.entries(case, for_applicant=False)[0]
        assert (entry.verb, entry.data["outcome"]) == ("motion_fell", "accepted")
        assert timeline.verify(case) == []
        with pytest.raises(NotPossible):
            room.vote(item, chair="against", first="against", second="against")
        with pytest.raises(Invalid) as refused:
            room.put(item, "rejected", f" {MERIT}. ")
        assert set(refused.value.fields) == {"motion_reasons"}
        room.put(item, "rejected", WHY)
        room.all_vote(item, "for")
        mail = reply_of(room, meeting, case)
        assert outcomes.words(case.policy_version.policy, "rejected", locale) in mail
        assert WHY in mail
        assert MERIT not in mail

    def test_left_fallen_the_case_waits_for_another_meeting(self, room: Any) -> None:
        case = room.recommended()
        meeting = room.meeting(case)
        item = room.item(meeting)
        room.all_vote(item, "against")
        with pytest.raises(NotPossible):
            agenda.remove(item, by=room.people["chair"], seen=meeting.version)
        minutes_writing.close(meeting, by=room.people["secretary"], seen=meeting.version)
        assert item.result == "postponed"
        assert case in agenda.waiting(BODY)
        again = room.item(room.meeting(case))
        motion = motions.get_standing(again)
        assert motion is not None
        assert motion.outcome == "accepted", "at another meeting the recommendation is put anew"

    @pytest.mark.parametrize("outcome", ["accepted", "rejected"])
    def test_minutes_repeat_every_motion_in_words_on_screen_and_on_paper(self, room: Any, outcome: str) -> None:
        case = room.recommended("accepted", MERIT)
        meeting = room.meeting(case)
        item = room.item(meeting)
        if outcome == "rejected":
            room.vote(item, chair="against", first=Cast("against", "لا يكفي الدخل"), second="against")
            room.conclude(item)
            room.put(item, "rejected", WHY)
        room.all_vote(item, "for")
        minutes_writing.close(meeting, by=room.people["secretary"], seen=meeting.version)
        written = minutes.get(meeting)
        for language, verb in (
            ("ar", {"accepted": "قبول", "rejected": "رفض"}),
            ("en", {"accepted": "Approve", "rejected": "Decline"}),
        ):
            [one] = minutes.read(written, language)["items"]
            assert verb[outcome] in one["result"]
            assert [motion["state"] for motion in one["motions"]] == (
                ["carried"] if outcome == "accepted" else ["fallen", "carried"]
            )
            assert one["motions"][-1]["sentence"] in one["result"]
            assert one["motions"][-1]["reasons"] == [MERIT if outcome == "accepted" else WHY]
            paper = paper_text.words(minutes_paper.paper(meeting, language))
            if language == "en":
                assert f"{verb[outcome]} the request" in " ".join(paper.split())
        if outcome == "rejected":
            first = minutes.read(written, "ar")["items"][0]["motions"][0]
            assert "لا يكفي الدخل" in [row[2] for row in first["votes"]], "a reservation stands with its motion"


class TestAMotion:
    def test_is_written_by_who_conducts_until_somebody_voted(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended()))
        room.put(item, "accepted", MERIT, words="قبول الطلب لمدة ستة أشهر")
        assert motions.read_words(motions.get_standing(item)) == "قبول الطلب لمدة ستة أشهر"
        room.vote(item, first="for")
        with pytest.raises(NotPossible):
            room.put(item, "accepted", "سبب آخر")
        room.put(item, "accepted", "سبب آخر", anew=True)
        assert ballots.votes_on(item) == {}, "everybody votes anew"
        assert [one.state for one in motions.list_motions(item)] == ["withdrawn", "standing"]
        old = db.session.scalars(select(MeetingVote).where(MeetingVote.motion == 1)).one()
        assert old.choice == "for", "what was voted stays on record with its motion"

    def test_whose_outcome_changes_does_not_keep_the_words_of_the_other(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended()))
        usual = motions.read_words(motions.get_standing(item))
        room.put(item, "rejected", WHY, words=usual)
        said = motions.read_words(motions.get_standing(item))
        assert said != usual
        room.put(item, "rejected", WHY, words="الاعتذار هذا العام")
        with pytest.raises(Invalid) as refused:
            room.put(item, "accepted", MERIT, words="الاعتذار هذا العام")
        assert set(refused.value.fields) == {"words"}

    def test_that_changed_meanwhile_is_not_voted_on_unread(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended()))
        first = room.people["first"]
        shown = motions.digest_motion(motions.get_standing(item))
        room.put(item, "rejected", WHY)
        with pytest.raises(NotPossible):
            ballots.record(item, {first.id: Cast("for")}, by=first, seen=0, motion=shown)
        db.session.refresh(item.meeting)
        shown = motions.digest_motion(motions.get_standing(item))
        ballots.record(item, {first.id: Cast("for")}, by=first, seen=0, motion=shown)

    def test_falls_on_the_side_of_the_chair_and_stays_undecided_without(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended(), come="chair first"))
        room.vote(item, chair="against", first="for")
        assert room.conclude(item).state == "fallen"
        room.put(item, "accepted", "سبب آخر")
        room.vote(item, chair="abstain", first="for")
        with pytest.raises(Undecided):
            room.conclude(item)

    def test_steps_aside_once_for_every_motion(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended()))
        room.vote(item, first=Cast("recused", "قريب"), chair="against", second="against")
        room.conclude(item)
        room.put(item, "rejected", WHY)
        assert ballots.aside(item) == {room.people["first"].id}
        room.vote(item, chair="for", second="for")
        assert room.conclude(item).state == "carried"

    def test_goes_with_an_item_that_is_taken_off_the_agenda(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended()))
        room.put(item, "accepted", MERIT)
        room.vote(item, first="for")
        agenda.remove(item, by=room.people["chair"], seen=item.meeting.version)
        assert db.session.scalars(select(Motion)).all() == []

    def test_what_was_voted_before_there_were_motions_counts_for_none(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended()))
        for key in ("chair", "first", "second"):
            old = MeetingVote(item_id=item.id, motion=0, member_id=room.people[key].id, choice="for")
            old.recorded_by = room.people["secretary"].id
            db.session.add(old)
        db.session.flush()
        with pytest.raises(NotPossible):
            room.conclude(item)
        item.result = "accepted"
        assert len(ballots.votes_on(item)) == 3, "with a decision of then they stand as they were"

    def test_keeps_no_word_in_the_clear(self, room: Any) -> None:
        item = room.item(room.meeting(room.recommended(reasons=MERIT)))
        room.vote(item, first="for")
        row = db.session.execute(text("SELECT words, reasons FROM motion")).one()
        assert MERIT.encode() not in bytes(row.reasons)
        assert "قبول".encode() not in bytes(row.words)


class TestOneWhoDecidesAlone:
    def test_gives_reasons_of_their_own_where_they_differ_from_the_recommendation(self, unnamed: Any) -> None:
        case, chair = unnamed.recommended("rejected", WHY), unnamed.member(f"{BODY}_chair")
        with pytest.raises(Invalid) as refused:
            perform(case, "decide", chair, {"outcome": "accepted", "reasons": f"{WHY} ."})
        assert set(refused.value.fields) == {"reasons"}
        assert perform(case, "decide", chair, {"outcome": "accepted", "reasons": MERIT}).reasons == MERIT

    def test_may_adopt_the_reasons_where_they_follow_it(self, unnamed: Any) -> None:
        case = unnamed.recommended("rejected", WHY)
        made = perform(case, "decide", unnamed.member(f"{BODY}_chair"), {"outcome": "rejected", "reasons": WHY})
        assert made.reasons == WHY
