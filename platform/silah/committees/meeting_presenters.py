"""What the pages of the meeting room show."""

from typing import Any
from uuid import UUID

from wtforms.fields.choices import SelectChoice

from silah import clock
from silah.cases import confidentiality
from silah.cases.models import Case
from silah.committees import agenda, ballots, bodies, forms, meetings, minutes_content, quorum, seats
from silah.committees.models import AgendaItem, CommitteeMeeting, CommitteeSeat, MeetingMinutes
from silah.desk import queue_rows
from silah.web.access import Member, Permission
from tenants.database import db

WORDS = {
    "position_words": minutes_content.POSITION_WORDS,
    "state_words": meetings.STATE_WORDS,
    "state_tones": meetings.STATE_TONES,
    "choice_words": ballots.CHOICE_WORDS,
}


def room(body: bodies.Body, member: Member, before: int | None = None) -> dict[str, Any]:
    """The first page of a committee: its meetings, what waits, who sits on it and how it decides."""
    sitting, page = seats.sitting(body.key), meetings.listing(body.key, before)
    return {
        **WORDS,
        "body": body,
        "conducts": seats.conducts(body.key, member),
        "sitting": sitting,
        **rules(body, sitting),
        "meetings": page,
        "later": before is not None,
        "older": page[-1].number if len(page) == meetings.PAGE_SIZE and page[-1].number > 1 else None,
        "waiting": [
            queue_rows.row(case) for case in agenda.waiting(body.key) if not confidentiality.shut_out(case, [member.id])
        ],
        "sees_cases": sees_cases(member),
    }


def rules(body: bodies.Body, sitting: list[CommitteeSeat]) -> dict[str, str]:
    """Quorum and voting in words."""
    votes = len(meetings.voting(sitting))
    return {"quorum_words": bodies.quorum_words(body.rule, votes), "voting_words": bodies.voting_words(body.rule)}


def meeting(found: CommitteeMeeting, member: Member) -> dict[str, Any]:
    """The page of one meeting."""
    body, sitting = bodies.get_body(found.committee), seats.sitting(found.committee)
    changing = found.state in ("planned", "open") and seats.conducts(found.committee, member)
    reckoned = meetings.reckon(found)
    return {
        **WORDS,
        "body": body,
        "meeting": found,
        "changing": changing,
        "sitting": sitting,
        "kept": {seat.member_id: how(found, seat.member_id) for seat in sitting},
        "gone": gone(found, sitting),
        "quorum": reckoned,
        "lacking": "" if reckoned.reached else meetings.lacking(reckoned),
        **rules(body, sitting),
        "items": [line(item) for item in meetings.items(found) if not confidentiality.shut_out(item.case, [member.id])],
        "attendance": attendance_form(found) if changing else None,
        "plan": plan_form(found) if changing and found.state == "planned" else None,
        "cancel": forms.CancelForm(formdata=None) if changing and found.state == "planned" else None,
        "agenda": agenda_form(found) if changing else None,
        "minutes": db.session.get(MeetingMinutes, (found.id, 0)) if found.state == "closed" else None,
    }


def how(found: CommitteeMeeting, member_id: UUID) -> Any:
    """How somebody takes part, in words; nothing where it was not recorded."""
    state = found.attendance.get(str(member_id), {}).get("state")
    return ATTENDANCE[state] if state else ""


ATTENDANCE = minutes_content.ATTENDANCE_WORDS


def gone(found: CommitteeMeeting, sitting: list[CommitteeSeat]) -> list[str]:
    """Who was recorded as present and no longer sits on the committee."""
    known = {seat.member_id for seat in sitting}
    here = [UUID(key) for key, said in found.attendance.items() if said["state"] == quorum.PRESENT]
    return sorted(minutes_content.named(one for one in here if one not in known).values())


def line(item: AgendaItem) -> dict[str, Any]:
    """One item of the agenda."""
    return {
        "it": item,
        "row": queue_rows.row(item.case),
        "result": minutes_content.result_words(item) if item.result else "",
    }


def call_form(body: bodies.Body) -> forms.CallForm:
    """The form of a meeting to be called, with what waits for the committee."""
    form = forms.CallForm()
    form.cases.choices = [SelectChoice(str(case.id), choice(case)) for case in agenda.waiting(body.key)]
    return form


def plan_form(found: CommitteeMeeting) -> forms.PlanForm:
    """The form of when and where a meeting is."""
    at = found.called_for.astimezone(clock.RIYADH)
    return forms.PlanForm(on=at.date(), time=at.time(), location=found.location, link=found.link)


def attendance_form(found: CommitteeMeeting) -> forms.SeenForm:
    """The form of who attends."""
    rule = bodies.get_body(found.committee).rule
    return forms.attendance_form(seats.sitting(found.committee), found.attendance, proxies=rule.proxies)


def agenda_form(found: CommitteeMeeting) -> forms.AgendaForm:
    """The form of what waits for the committee."""
    form = forms.AgendaForm()
    form.cases.choices = [SelectChoice(str(case.id), choice(case)) for case in agenda.waiting(found.committee)]
    return form


def choice(case: Case) -> str:
    """A case among others, in one line."""
    row = queue_rows.row(case)
    return " · ".join(str(part) for part in (row.reference, row.person, row.title, row.state, row.clock) if part)


def sees_cases(member: Member) -> bool:
    """Whether the pages of cases open to the member."""
    return member.may(Permission.SEE_ALL_CASES)
