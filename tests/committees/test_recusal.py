"""Whoever a complaint is about steps aside by itself from what it is about, and nothing tells why."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from silah import clock
from silah.cases.models import CaseBar
from silah.cases.workflow import perform
from silah.committees import agenda, ballots, meetings, minutes_content, recusal
from silah.committees.models import MeetingVote
from silah.complaints import receiving
from silah.complaints.models import Complaint
from silah.complaints.receiving import Told
from tenants.database import db

PERSON = {"relation": "self", "name": "سارة بنت فهد المطيري", "mobile": "+966550000066", "reply_channel": "phone"}
TEXT = "طلب مني مالًا ليمضي طلبي"


def complaint_about(room, member, request):
    """A complaint about a member, concerning a request, as it is once somebody has looked who is meant."""
    told = Told(about="person", text=TEXT, reference=request.reference, member=member.id, person=PERSON)
    return receiving.submit(told, channel="website").case


def votes(item):
    return {member_id: (vote.choice, vote.remark) for member_id, vote in ballots.votes_on(item).items()}


class TestTheSubject:
    def test_is_aside_once_the_request_stands_on_the_agenda(self, room):
        request = room.recommended()
        case = complaint_about(room, room.people["first"], request)
        item = room.item(room.meeting(request))
        ((choice, remark),) = votes(item).values()
        assert choice == "recused"
        for telling in (TEXT, case.reference, PERSON["name"], "شكوى", "complaint"):
            assert telling not in remark
        assert ballots.aside(item) == {room.people["first"].id}

    def test_is_aside_from_what_stood_there_before_the_complaint_came(self, room):
        request = room.recommended()
        item = room.item(room.meeting(request))
        room.vote(item, chair="for", first="for", second="against")
        complaint_about(room, room.people["first"], request)
        room.vote(item, chair="for", first="for", second="for")
        assert votes(item)[room.people["first"].id][0] == "recused"
        room.conclude(item)
        assert ballots.result(item).voters == 2

    def test_is_aside_although_nobody_voted_again(self, room):
        request = room.recommended()
        item = room.item(room.meeting(request))
        room.vote(item, chair="for", first="against", second="for")
        complaint_about(room, room.people["first"], request)
        room.conclude(item)
        assert ballots.aside(item) == {room.people["first"].id}

    def test_is_told_nothing_more_by_the_minutes(self, room):
        request = room.recommended()
        case = complaint_about(room, room.people["first"], request)
        meeting = room.meeting(request)
        item = room.item(meeting)
        room.vote(item, chair="for", second="for")
        room.conclude(item)
        said = str(minutes_content.of(meeting, ended_at=clock.now()))
        assert recusal.reason() in said
        assert TEXT not in said
        assert case.reference not in said

    def test_of_another_request_takes_part(self, room):
        one, other = room.recommended(), room.recommended()
        complaint_about(room, room.people["first"], one)
        assert votes(room.item(room.meeting(other))) == {}

    @pytest.mark.parametrize("ending", ["withdrawn", "not_upheld"])
    def test_takes_part_again_once_the_complaint_is_gone(self, room, ending):
        request = room.recommended()
        case = complaint_about(room, room.people["first"], request)
        if ending == "withdrawn":
            perform(case, "withdraw", None)
        else:
            db.session.get_one(Complaint, case.id).finding, case.replied_at = ending, clock.now()
        db.session.flush()
        assert votes(room.item(room.meeting(request))) == {}

    def test_one_who_only_may_be_meant_takes_part(self, room):
        request = room.recommended()
        told = Told(about="person", text=TEXT, name="أحمد الحربي", reference=request.reference, person=PERSON)
        case = receiving.submit(told, channel="website").case
        assert db.session.scalar(select(CaseBar.member_id).where(CaseBar.case_id == case.id))
        assert votes(room.item(room.meeting(request))) == {}


class TestTheRoom:
    def test_offers_no_complaint_for_its_agenda(self, room):
        request = room.recommended()
        case = complaint_about(room, room.people["first"], request)
        case.state = request.state
        db.session.flush()
        assert [one.id for one in agenda.waiting(room.body)] == [request.id]

    def test_starts_with_who_must_step_aside_aside(self, room):
        request = room.recommended()
        meeting = room.meeting(request, start=False)
        complaint_about(room, room.people["first"], request)
        with clock.at(clock.now() + timedelta(minutes=1)):
            meetings.start(meeting, by=room.people["secretary"], seen=meeting.version)
        assert db.session.scalar(select(MeetingVote.choice)) == "recused"
