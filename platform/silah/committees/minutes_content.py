"""What the minutes of a meeting say, in the language of the moment: who attended, what was decided, and how."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select

from silah.cases.models import Case
from silah.committees import ballots, bodies, meetings, motions, presenters, quorum, seats, subjects
from silah.committees.models import AgendaItem, CommitteeMeeting, Motion
from silah.documents.letterhead import letterhead
from silah.language.bilingual import localized
from silah.language.localization import dates, moment, number, time_of_day
from silah.organisation.models import Membership
from tenants.database import db

POSITION_WORDS = {"chair": _l("Chair"), "member": _l("Member"), "secretary": _l("Secretary")}
ATTENDANCE_WORDS = {
    quorum.PRESENT: _l("Present"),
    quorum.ABSENT: _l("Absent"),
    quorum.LEFT: _l("Left before the end"),
    quorum.REPRESENTED: _l("Represented by another member"),
}
RESULT_WORDS = {
    "accepted": _l("Accepted"),
    "rejected": _l("Rejected"),
    "postponed": _l("Postponed to a later meeting"),
}


def of(meeting: CommitteeMeeting, *, ended_at: datetime) -> dict[str, Any]:
    """Everything that the paper of the minutes shows, but signatures and logo (JSON types only)."""
    body = bodies.get_body(meeting.committee)
    sitting = seats.sitting(meeting.committee)
    reckoned = meetings.reckon(meeting)
    title = _("Minutes of meeting %(number)s (%(body)s)", number=number(meeting.number), body=body.name)
    return {
        "title": title,
        "letterhead": {**letterhead(lines=[(_("Date"), dates(ended_at))]), "logo": None},
        "facts": [
            [_("Called for"), moment(meeting.called_for)],
            *([[_("Place"), meeting.location]] if meeting.location else []),
            *([[_("Link"), meeting.link]] if meeting.link else []),
            [_("Began"), moment(meeting.opened_at) if meeting.opened_at else _("It did not begin")],
            [_("Ended"), moment(ended_at)],
            [_("Quorum"), bodies.quorum_words(body.rule, reckoned.members)],
            [_("Voting"), bodies.voting_words(body.rule)],
        ],
        "quorum": _quorum(meeting, reckoned),
        "attendance": _attendance(meeting, sitting),
        "items": [_item(item) for item in meetings.items(meeting)],
        "labels": _labels(),
    }


def _quorum(meeting: CommitteeMeeting, reckoned: quorum.Quorum) -> str:
    if meeting.opened_at is None:
        return str(_("The meeting did not begin. %(why)s", why=meetings.lacking(reckoned)))
    if not reckoned.reached:
        return str(
            _(
                "The meeting began with a quorum and lost it before its end. What was decided until then stands; "
                "the rest was postponed."
            )
        )
    counts = {"attending": number(reckoned.attending), "members": number(reckoned.members)}
    return str(_("There was a quorum: %(attending)s of %(members)s voting members attended.", **counts))


def _attendance(meeting: CommitteeMeeting, sitting: list[Any]) -> list[list[str]]:
    """Name, position and attendance of all who sit on the committee, and of those who attended and left it since."""
    rows = [[seat.member.name, str(POSITION_WORDS[seat.position]), _came(meeting, seat.member_id)] for seat in sitting]
    known = {seat.member_id for seat in sitting}
    gone = {id_: name for id_, name in attended(meeting).items() if id_ not in known}
    return rows + [[name, "", _("Attended, and left the committee before the end")] for name in gone.values()]


def _came(meeting: CommitteeMeeting, member_id: UUID) -> str:
    """How a member took part; of one who left, when that was recorded."""
    said = meeting.attendance.get(str(member_id), {})
    if said.get("state") == quorum.LEFT:
        return str(_("Left at %(time)s", time=time_of_day(datetime.fromisoformat(said["at"]))))
    return str(ATTENDANCE_WORDS[said.get("state", quorum.ABSENT)])


def attended(meeting: CommitteeMeeting) -> dict[UUID, str]:
    """The names of those who took part, to the end or not, in their order."""
    found = named(UUID(key) for key in meeting.attendance if meetings.attended(meeting, UUID(key)))
    return dict(sorted(found.items(), key=lambda one: one[1]))


def signers(meeting: CommitteeMeeting) -> list[list[str]]:
    """Who is to sign the minutes, as they carry it: ids and names."""
    return [[str(id_), name] for id_, name in attended(meeting).items()]


def _item(item: AgendaItem) -> dict[str, Any]:
    """An item of the agenda: its motions in turn, each with its votes; without one, who stepped aside."""
    put = motions.list_motions(item)
    votes = {} if put else ballots.votes_on(item)
    return {
        "reference": item.case.reference,
        "title": title(item.case),
        "person": item.case.beneficiary.name if item.case.beneficiary else "",
        "result": result_words(item),
        "aside": aside_words(item),
        "by_chair": _("The votes were equal; the side of the chair prevailed.") if item.by_chair else "",
        "reasons": [part for part in (item.reasons or "").splitlines() if part.strip()],
        "votes": presenters.list_vote_rows(votes, named(votes)),
        "motions": [_motion(item, one) for one in put],
    }


def _motion(item: AgendaItem, motion: Motion) -> dict[str, Any]:
    card = presenters.present_motion(item, motion, named(ballots.votes_on(item, motion)))
    return {"title": _("Motion %(number)s", number=number(motion.number)), **card.as_json()}


def aside_words(item: AgendaItem) -> str:
    """How the quorum was counted where members stepped aside."""
    apart = ballots.aside(item)
    if not apart:
        return ""
    found = meetings.reckon(item.meeting, apart)
    return str(
        ngettext(
            "%(count)s member stepped aside and was not counted: %(attending)s of the other %(members)s attended.",
            "%(count)s members stepped aside and were not counted: %(attending)s of the other %(members)s attended.",
            len(apart),
            count=number(len(apart)),
            attending=number(found.attending),
            members=number(found.members),
        )
    )


def named(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of members of staff."""
    rows = db.session.execute(select(Membership.id, Membership.name).where(Membership.id.in_(list(ids))))
    return {row.id: row.name for row in rows}


def result_words(item: AgendaItem) -> str:
    """What became of an item, a decision worded as the policy words it."""
    if item.result in ("accepted", "rejected"):
        outcome = str(subjects.of(item.case).outcomes(item.case)[item.result])
        carried = next((one for one in motions.list_motions(item) if one.state == "carried"), None)
        return f"{outcome} — {motions.read_words(carried)}" if carried else outcome
    if item.result == "postponed" and item.reasons is None:
        return str(_("Not decided: it waits for another meeting"))
    return str(RESULT_WORDS["postponed"])


def title(case: Case) -> str:
    """What is asked for, in the language of the moment."""
    return localized(case, "title")


def _labels() -> dict[str, str]:
    return {
        "attendance": _("Attendance"),
        "name": _("Name"),
        "position": _("Position"),
        "attended": _("Attended"),
        "agenda": _("Agenda and decisions"),
        "nothing": _("Nothing stood on the agenda."),
        "vote": _("Vote"),
        "remark": _("Reservation or interest"),
        "motion": _("The motion"),
        "stands_for": _("Outcome if carried"),
        "fate": _("Outcome of the attempt"),
        "result": _("Result"),
        "reasons": _("Reasons"),
        "signatures": _("Signatures"),
        "drawn": _("The drawn signature"),
        "digest": _("Digest of these minutes (SHA-256)"),
        "annex_digest": _("Digest of this annex (SHA-256)"),
    }
