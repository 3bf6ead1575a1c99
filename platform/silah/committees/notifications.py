"""What the members of a committee are told of its meetings, each in their language, with an entry for a calendar."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from silah import clock, jobs
from silah.cases.models import Case
from silah.committees import bodies, calendar_file, meetings, seats
from silah.committees.models import CommitteeMeeting, CommitteeSeat
from silah.documents import service as documents
from silah.documents.addresses import association_address
from silah.documents.models import StoredFile
from silah.language.bilingual import localized
from silah.language.localization import locale, moment, number
from silah.notifications.placeholders import Value
from silah.notifications.service import Recipient, send
from silah.organisation.models import Membership
from tenants.context import current_tenant
from tenants.database import db

REMIND, AGENDA = "committee.remind", "committee.agenda"
BEFORE = timedelta(days=1)
QUIET = timedelta(minutes=30)
"""How long an agenda stays as it is before its change is told, so that ten changes are one message."""

Words = Callable[[], Mapping[str, Value]]


def called(meeting: CommitteeMeeting) -> None:
    """Invite everybody who sits on the committee on the day of the meeting, and owe them a reminder."""
    _write("meeting_called", meeting, lambda: facts(meeting))
    told(meeting)
    owe_reminder(meeting)


def changed(meeting: CommitteeMeeting, before: Callable[[], list[str]]) -> None:
    """Tell what changed; ``before`` says it in the language of the moment."""
    _write("meeting_changed", meeting, lambda: {**facts(meeting), "changes": before()})
    told(meeting)
    owe_reminder(meeting)


def cancelled(meeting: CommitteeMeeting, reason: str) -> None:
    """Tell that the meeting is called off, and why."""
    _write("meeting_cancelled", meeting, lambda: {**facts(meeting), "reason": reason})
    settle(meeting)


def remind(meeting: CommitteeMeeting) -> None:
    """Remind everybody the day before."""
    _write("meeting_tomorrow", meeting, lambda: facts(meeting))
    told(meeting)


def agenda_changed(meeting: CommitteeMeeting) -> None:
    """Owe word of a new agenda, once it has stood for a while."""
    if meeting.state == "planned":
        jobs.owe(AGENDA, str(meeting.id), clock.now() + QUIET)


def tell_agenda(meeting: CommitteeMeeting) -> None:
    """Tell the agenda as it stands, unless it is what the members know."""
    if set(meeting.told) != {str(item.case_id) for item in meetings.items(meeting)}:
        changed(meeting, lambda: [str(_("The agenda is another one."))])


def told(meeting: CommitteeMeeting) -> None:
    """Note what the members know of the agenda."""
    meeting.told = [str(item.case_id) for item in meetings.items(meeting)]
    jobs.settle(AGENDA, str(meeting.id))


def owe_reminder(meeting: CommitteeMeeting) -> None:
    """Owe the reminder for the day before; a meeting called later than that needs none."""
    due = meeting.called_for - BEFORE
    if due > clock.now():
        jobs.owe(REMIND, str(meeting.id), due, {"for": meeting.called_for.isoformat()})
    else:
        jobs.settle(REMIND, str(meeting.id))


def welcome(seat: CommitteeSeat) -> None:
    """Invite one who is named to the meetings that are called already for days on which they sit."""
    rows = select(CommitteeMeeting).where(
        CommitteeMeeting.committee == seat.committee,
        CommitteeMeeting.state == "planned",
        CommitteeMeeting.called_for > clock.now(),
    )
    for meeting in db.session.scalars(rows.order_by(CommitteeMeeting.called_for)):
        if seats.overlaps(seat, *[clock.day_of(meeting.called_for)] * 2):
            _write("meeting_called", meeting, partial(facts, meeting), [seat.member])


def settle(meeting: CommitteeMeeting) -> None:
    """Nothing more is to be told before the meeting."""
    jobs.settle(REMIND, str(meeting.id))
    jobs.settle(AGENDA, str(meeting.id))


def facts(meeting: CommitteeMeeting) -> dict[str, Value]:
    """What every message about a meeting says, in the language of the moment; nobody is named in it."""
    return {
        "meeting": name(meeting),
        "when": moment(meeting.called_for),
        "place": "\n".join(part for part in (meeting.location, meeting.link) if part) or _("Not said yet"),
        "agenda": agenda(meeting) or [_("No case stands on it yet.")],
        "link": address(meeting),
    }


def name(meeting: CommitteeMeeting) -> str:
    """Which meeting of which committee, as it stands within a sentence."""
    body = bodies.get_body(meeting.committee).name
    return str(_("meeting %(number)s (%(body)s)", number=number(meeting.number), body=body))


def agenda(meeting: CommitteeMeeting) -> list[str]:
    """The cases on the agenda by reference and subject."""
    return [f"{item.case.reference} — {_title(item.case)}" for item in meetings.items(meeting)]


def _title(case: Case) -> str:
    return localized(case, "title")


def address(meeting: CommitteeMeeting) -> str:
    """The page of the meeting."""
    return association_address(f"/desk/committees/{meeting.committee}/meetings/{meeting.id}")


def entry(meeting: CommitteeMeeting) -> bytes:
    """The meeting as a calendar file, in the language of the moment."""
    about = "\n".join(agenda(meeting))
    return calendar_file.written(meeting, summary=name(meeting), about=about, address=address(meeting))


def invited(meeting: CommitteeMeeting) -> list[Membership]:
    """Who sits on the committee on the day of the meeting."""
    return [seat.member for seat in seats.sitting(meeting.committee, clock.day_of(meeting.called_for))]


def language(member: Membership) -> str:
    """The language in which a member is written to."""
    return member.locale or current_tenant().locale


def write(template: str, to: Iterable[Membership], words: Words, attached: Callable[[], list[StoredFile]]) -> None:
    """A message to each of these members in their language; what is attached is made once for each language."""
    files: dict[str, list[StoredFile]] = {}
    for member in to:
        with force_locale(language(member)):
            if locale() not in files:
                files[locale()] = attached()
            send(template, Recipient.of_member(member), locale(), words(), attachments=files[locale()])


def _write(template: str, meeting: CommitteeMeeting, words: Words, to: Iterable[Membership] | None = None) -> None:
    write(template, invited(meeting) if to is None else to, words, lambda: [_file(meeting)])


def _file(meeting: CommitteeMeeting) -> StoredFile:
    name = f"meeting-{meeting.number}.ics"
    return documents.keep_made(entry(meeting), name, purpose="meeting", media_type=calendar_file.MEDIA_TYPE)


def moved(before: tuple[datetime, str, str], meeting: CommitteeMeeting) -> Callable[[], list[str]]:
    """What says, in the language of the moment, how the time and place were before."""
    when, *where = before

    def words() -> list[str]:
        said = []
        if when != meeting.called_for:
            said.append(str(_("It was to be on %(when)s.", when=moment(when))))
        if where != [meeting.location, meeting.link]:
            old = " ".join(part for part in where if part) or str(_("Not said yet"))
            said.append(str(_("The place was: %(place)s.", place=old)))
        return said

    return words
