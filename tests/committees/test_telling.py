"""What members are told of meetings and minutes, in their language, with an entry for their calendar."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select

from silah import clock
from silah.committees import (
    agenda,
    calendar_file,
    jobs,
    meetings,
    member_tasks,
    minutes_writing,
    notifications,
    reminding,
    scheduling,
    seats,
    signing,
)
from silah.committees.models import CommitteeMeeting
from silah.errors import Invalid
from silah.jobs import handlers
from silah.notifications import mail
from silah.notifications.models import OutboxMessage
from tenants.database import db
from tenants.registry import DueWork
from tests.committees.conftest import BODY, DRAWN
from tests.intake.conftest import MONDAY

THURSDAY = MONDAY + timedelta(days=3)


def sent(template: str) -> list[OutboxMessage]:
    rows = select(OutboxMessage).where(OutboxMessage.template == template).order_by(OutboxMessage.created_at)
    return list(db.session.scalars(rows))


def owed(kind: str, key: object) -> datetime | None:
    """When work of this kind is due, if it still is."""
    row = select(DueWork.due_at).where(DueWork.kind == kind, DueWork.key == str(key), DueWork.done_at.is_(None))
    return db.session.scalars(row).first()


@pytest.fixture
def called(room: Any) -> CommitteeMeeting:
    """A meeting on Thursday, with a case on its agenda."""
    case = room.recommended()
    where = {"location": "قاعة الاجتماعات", "link": "https://meet.example.org/abc"}
    return scheduling.call(BODY, by=room.people["secretary"], called_for=THURSDAY, cases=[case.id], **where)


class TestACall:
    def test_reaches_everybody_who_sits_with_date_place_agenda_and_calendar(self, room: Any, called: Any) -> None:
        messages = sent("meeting_called")
        assert {one.address for one in messages} == {room.row(one).email for one in room.people.values()}
        body = messages[0].body
        reference = meetings.items(called)[0].case.reference
        for part in ("1448هـ", "سبتمبر 2026م", "قاعة الاجتماعات", "https://meet.example.org/abc", reference, BODY):
            assert part in body
        assert "نورة" not in body, "no applicant is named in a message"

    def test_is_in_the_language_of_each_member(self, room: Any) -> None:
        room.row(room.people["first"]).locale = "en"
        scheduling.call(BODY, by=room.people["chair"], called_for=THURSDAY, location="Hall")
        messages = {one.address: one for one in sent("meeting_called")}
        english = messages[room.row(room.people["first"]).email]
        assert english.locale == "en"
        assert "Thursday 10 September 2026 (28 Rabi" in english.body
        assert "No case stands on it yet." in english.body
        assert {one.locale for one in messages.values()} == {"ar", "en"}

    def test_carries_a_calendar_file(self, room: Any, called: Any) -> None:
        [part] = list(mail.composed(sent("meeting_called")[0]).iter_attachments())
        assert part.get_content_type() == "text/calendar"
        assert part.get_payload(decode=True) == notifications.entry(called)

    def test_goes_to_who_sits_on_the_day_of_the_meeting(self, room: Any) -> None:
        room.seats["first"].until = clock.today() + timedelta(days=1)
        later = room.row(room.person("عضو قادم", f"{BODY}_member"))
        since = clock.today() + timedelta(days=2)
        seats.name(BODY, later, position="member", votes=True, since=since, until=None)
        scheduling.call(BODY, by=room.people["chair"], called_for=THURSDAY, location="")
        told = {one.address for one in sent("meeting_called")}
        assert later.email in told
        assert room.row(room.people["first"]).email not in told

    def test_reaches_one_who_is_named_after_it_if_they_sit_on_that_day(self, room: Any, called: Any) -> None:
        day = clock.day_of(THURSDAY)
        for name, since in (("عضو في الموعد", day), ("عضو بعد الموعد", day + timedelta(days=1))):
            person = room.row(room.person(name, f"{BODY}_member"))
            notifications.welcome(seats.name(BODY, person, position="member", votes=True, since=since, until=None))
        assert ["عضو في الموعد" in one.body for one in sent("meeting_called")[4:]] == [True]

    def test_for_a_day_that_has_passed_is_refused(self, room: Any) -> None:
        with pytest.raises(Invalid):
            scheduling.call(BODY, by=room.people["chair"], called_for=MONDAY - timedelta(days=1), location="")


class TestAChange:
    def test_says_what_it_was_and_moves_the_reminder(self, room: Any, called: Any) -> None:
        assert owed(notifications.REMIND, called.id) == THURSDAY - timedelta(days=1)
        new = THURSDAY + timedelta(days=4)
        scheduling.move(called, by=room.people["chair"], seen=called.version, called_for=new, location="المقر")
        [body] = {one.body.split("\n", 2)[2] for one in sent("meeting_changed")}
        assert "كان موعده" in body
        assert "كان المكان: قاعة الاجتماعات" in body
        assert owed(notifications.REMIND, called.id) == new - timedelta(days=1)

    def test_that_changes_nothing_tells_nothing(self, room: Any, called: Any) -> None:
        same = {"called_for": called.called_for, "location": called.location, "link": called.link}
        scheduling.move(called, by=room.people["chair"], seen=called.version, **same)
        assert sent("meeting_changed") == []

    def test_of_the_agenda_is_told_once_it_has_stood_for_a_while(self, room: Any, called: Any) -> None:
        assert owed(notifications.AGENDA, called.id) is None, "the call itself told it"
        for number in (2, 3):
            case = room.recommended(number=number)
            agenda.add(called, [case.id], by=room.people["chair"], seen=called.version)
        assert owed(notifications.AGENDA, called.id) == clock.now() + notifications.QUIET
        jobs.tell_agenda(str(called.id), {})
        assert len(sent("meeting_changed")) == 4, "one message a member"
        jobs.tell_agenda(str(called.id), {})
        assert len(sent("meeting_changed")) == 4, "and no more when it is run again"

    def test_cancelling_says_why_and_owes_no_reminder(self, room: Any, called: Any) -> None:
        with pytest.raises(Invalid):
            scheduling.cancel(called, by=room.people["chair"], seen=called.version, reason="  ")
        scheduling.cancel(called, by=room.people["chair"], seen=called.version, reason="سفر رئيس اللجنة")
        assert "سفر رئيس اللجنة" in sent("meeting_cancelled")[0].body
        assert owed(notifications.REMIND, called.id) is None
        assert b"STATUS:CANCELLED" in notifications.entry(called)


class TestTheReminder:
    def test_comes_the_day_before_with_the_agenda(self, room: Any, called: Any) -> None:
        jobs.remind(str(called.id), {"for": THURSDAY.isoformat()})
        assert len(sent("meeting_tomorrow")) == 4
        assert meetings.items(called)[0].case.reference in sent("meeting_tomorrow")[0].body

    def test_is_not_sent_for_another_time_nor_for_a_meeting_that_is_off(self, room: Any, called: Any) -> None:
        jobs.remind(str(called.id), {"for": MONDAY.isoformat()})
        scheduling.cancel(called, by=room.people["chair"], seen=called.version, reason="س")
        jobs.remind(str(called.id), {"for": THURSDAY.isoformat()})
        assert sent("meeting_tomorrow") == []

    def test_is_not_owed_for_a_meeting_of_today(self, room: Any) -> None:
        assert owed(notifications.REMIND, room.meeting(start=False).id) is None

    def test_every_kind_of_work_has_its_handler(self) -> None:
        handlers.load()
        assert {notifications.REMIND, notifications.AGENDA, reminding.UNSIGNED} <= handlers.kinds()


class TestSignatures:
    @pytest.fixture
    def ended(self, room: Any) -> CommitteeMeeting:
        meeting = room.meeting(come="chair first secretary")
        minutes_writing.close(meeting, by=room.people["secretary"], seen=meeting.version)
        return meeting

    def test_are_asked_of_those_who_attended(self, room: Any, ended: Any) -> None:
        wanted = {room.row(room.people[key]).email for key in ("chair", "first", "secretary")}
        assert {one.address for one in sent("minutes_to_sign")} == wanted
        assert f"/desk/committees/{BODY}/meetings/{ended.id}/minutes" in sent("minutes_to_sign")[0].body

    def test_are_reminded_of_a_few_times_and_only_whose_are_missing(self, room: Any, ended: Any) -> None:
        key = f"{ended.id}:0"
        assert owed(reminding.UNSIGNED, key) == clock.now() + reminding.PAUSE
        signing.sign(ended, DRAWN, by=room.people["chair"])
        for nth in range(1, reminding.MOST + 1):
            jobs.unsigned(key, {"nth": nth})
        told = [one.address for one in sent("minutes_unsigned")]
        assert len(told) == 2 * reminding.MOST
        assert room.row(room.people["chair"]).email not in told

    def test_complete_are_told_to_all_and_awaited_no_more(self, room: Any, ended: Any) -> None:
        for key in ("chair", "first"):
            signing.sign(ended, DRAWN, by=room.people[key])
        assert sent("minutes_complete") == []
        secretary = room.people["secretary"]
        signing.decline(ended, secretary.id, "لم أحضر مناقشة البند الأخير", by=secretary)
        assert len(sent("minutes_complete")) == 3
        assert owed(reminding.UNSIGNED, f"{ended.id}:0") is None
        signing.sign(ended, DRAWN, by=secretary)
        assert len(sent("minutes_complete")) == 3, "a late signature completes nothing anew"

    def test_of_one_who_left_is_awaited_by_nobody(self, room: Any, ended: Any) -> None:
        for key in ("chair", "secretary"):
            signing.sign(ended, DRAWN, by=room.people[key])
        room.row(room.people["first"]).state = "suspended"
        db.session.flush()
        jobs.unsigned(f"{ended.id}:0", {"nth": 1})
        assert sent("minutes_unsigned") == []
        assert len(sent("minutes_complete")) == 2


class TestWhatWaits:
    def test_meetings_to_come_and_papers_to_sign(self, room: Any, called: Any) -> None:
        meeting = room.meeting(come="chair first")
        minutes_writing.close(meeting, by=room.people["chair"], seen=meeting.version)
        first = member_tasks.of(room.people["first"])
        assert [one.id for one, _name in first.meetings] == [called.id]
        assert [(one.id, written.annex) for one, written, _title in first.papers] == [(meeting.id, 0)]
        assert not member_tasks.of(room.people["second"]).papers, "who was absent signs nothing"
        signing.sign(meeting, DRAWN, by=room.people["first"])
        assert not member_tasks.of(room.people["first"]).papers
        assert not member_tasks.of(room.member("relations_officer"))

    def test_an_annex_waits_too(self, room: Any) -> None:
        meeting = room.meeting(come="chair first")
        minutes_writing.close(meeting, by=room.people["chair"], seen=meeting.version)
        signing.sign(meeting, DRAWN, by=room.people["first"])
        minutes_writing.correct(meeting, "كُتب اسم الحي خطأ، وصوابه العزيزية.", by=room.people["chair"])
        [(_meeting, written, title)] = member_tasks.of(room.people["first"]).papers
        assert written.annex == 1
        assert "1" in title


class TestTheCalendarFile:
    def test_is_one_event_in_utc_with_short_lines(self, room: Any, called: Any) -> None:
        lines = notifications.entry(called).decode().split("\r\n")
        assert lines[-1] == ""
        assert max(len(line.encode()) for line in lines) <= calendar_file.WIDEST
        whole = "".join(notifications.entry(called).decode().replace("\r\n ", "").splitlines(keepends=True)).split(
            "\r\n"
        )
        assert f"DTSTART:{THURSDAY:%Y%m%dT%H%M%SZ}" in whole
        assert f"UID:{called.id}@silah" in whole
        assert "LOCATION:قاعة الاجتماعات https://meet.example.org/abc" in whole

    def test_lets_nothing_break_out_of_a_value(self) -> None:
        place = "a;b,c\\d\nEND:VEVENT"
        at = datetime(2026, 9, 10, tzinfo=UTC)
        meeting = CommitteeMeeting(version=2, called_for=at, location=place, link="")
        text = calendar_file.written(meeting, summary="س", about="", address="https://x.example/").decode()
        assert text.count("\r\nEND:VEVENT") == 1
        assert "LOCATION:a\\;b\\,c\\\\d\\nEND:VEVENT" in text

    def test_another_calendar_reads_the_same_moment_and_the_same_words(self) -> None:
        at = datetime(2026, 9, 10, 7, 30, tzinfo=UTC)
        meeting = CommitteeMeeting(version=3, called_for=at, location="قاعة الاجتماعات، الدور الثاني", link="")
        about = "النظر في الطلبات والشكاوى المحالة إلى اللجنة؛ " * 5
        written = calendar_file.written(meeting, summary="اجتماع «اللجنة»", about=about, address="https://x.example/")
        assert max(map(len, written.split(b"\r\n"))) <= calendar_file.WIDEST
        calendar = Calendar.from_ical(written)
        [event] = calendar.walk("VEVENT")
        assert event["DTSTART"].dt == at
        assert event["DTEND"].dt == at + calendar_file.LENGTH
        assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == ("اجتماع «اللجنة»", about)
        assert str(event["LOCATION"]) == "قاعة الاجتماعات، الدور الثاني"
        assert calendar["X-WR-TIMEZONE"] == "Asia/Riyadh"
