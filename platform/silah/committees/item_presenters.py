"""What the page of one item of the agenda shows: the motion in words, the votes on it, and what became of it."""

import json
from typing import Any
from uuid import UUID

from wtforms.fields.choices import SelectChoice

from silah.cases import confidentiality
from silah.committees import (
    ballots,
    bodies,
    forms,
    meeting_presenters,
    meetings,
    minutes_content,
    motions,
    presenters,
    recusal,
    seats,
    subjects,
)
from silah.committees.models import AgendaItem, CommitteeSeat, Motion
from silah.committees.presenters import MotionCard
from silah.desk import queue_rows
from silah.errors import NotFound
from silah.language.localization import locale
from silah.web.access import Member


def item(found: AgendaItem, member: Member, deed: str = "") -> dict[str, Any]:
    """The page of one item: the case, the motion, who should step aside, the votes; ``deed`` is what was posted."""
    meeting, case = found.meeting, found.case
    if confidentiality.shut_out(case, [member.id]):
        raise NotFound
    subject = subjects.of(case)
    conducts = seats.conducts(meeting.committee, member)
    changing = meeting.state == "open" and found.result is None
    votes, voters = ballots.votes_on(found), voting_seats(found)
    away = recusal.owed(found) if changing else frozenset()
    mine = [seat for seat in voters if (conducts or seat.member_id == member.id) and seat.member_id not in away]
    reckoned = meetings.reckon(meeting, ballots.aside(found))
    return {
        **meeting_presenters.WORDS,
        "body": bodies.get_body(meeting.committee),
        "meeting": meeting,
        "item": found,
        "conducts": conducts,
        "changing": changing,
        "row": queue_rows.row(case),
        "sees_cases": meeting_presenters.sees_cases(member),
        "subject": subject,
        "in_full": False,
        "outcome_words": subject.outcomes(case),
        **subject.facts(case, member),
        "suggested": ballots.suggestions(found),
        "names": minutes_content.named({*votes, *(seat.member_id for seat in voters)}),
        "votes": votes,
        "silent": [seat for seat in voters if seat.member_id not in votes],
        "aside": minutes_content.aside_words(found) if changing else "",
        "lacking": "" if reckoned.reached or not changing else meetings.lacking(reckoned),
        "recording": mine,
        "reasons": forms.ReasonsForm(**_typed(deed == "postpone")),
        "result": minutes_content.result_words(found) if found.result else "",
        **_motion(found, mine, votes, conducts=conducts, deed=deed),
    }


def _typed(here: bool) -> dict[str, Any]:
    """A form of the page that was not sent takes nothing of what was sent by another."""
    return {} if here else {"formdata": None}


def _motion(
    found: AgendaItem, mine: list[CommitteeSeat], votes: dict[UUID, Any], *, conducts: bool, deed: str
) -> dict[str, Any]:
    """The motion that stands, those that ended, and the forms of voting on it and of writing it."""
    put = motions.list_motions(found)
    standing = motions.get_standing(found)
    ended = [one for one in put if one.state != "standing"]
    opened = found.meeting.state == "open" and found.result is None
    voted = standing is not None and bool(put) and motions.is_voted_on(standing)
    writes = conducts and found.result is None and found.meeting.state in ("planned", "open")
    ready = opened and standing is not None and bool(mine)
    return {
        "motion": _card(found, standing),
        "motion_seen": motions.digest_motion(standing),
        "ended_motions": [_card(found, one) for one in ended],
        "voted": voted,
        "count": ballots.result(found) if opened and standing else None,
        "ballot": forms.ballot_form(mine, votes, deed == "votes") if ready else None,
        "motion_form": _form(found, standing, voted=voted, deed=deed) if writes else None,
    }


def _card(found: AgendaItem, motion: Motion | None) -> MotionCard | None:
    if motion is None:
        return None
    return presenters.present_motion(found, motion, minutes_content.named(ballots.votes_on(found, motion)))


def _form(found: AgendaItem, standing: Motion | None, *, voted: bool, deed: str) -> forms.MotionForm:
    """The form of the motion; nothing is chosen beforehand where another takes the place of one that was voted on."""
    before: dict[str, Any] = {"anew": "1"}
    if standing is not None and not voted:
        words = json.loads(standing.words)
        before = {"outcome": standing.outcome, "motion_reasons": standing.reasons, "anew": ""}
        before["words"] = words[locale()]
    form = forms.MotionForm(**before, **_typed(deed == "motion"))
    choices = subjects.of(found.case).outcomes(found.case)
    form.outcome.choices = [SelectChoice(key, choices[key]) for key in motions.OUTCOMES]
    return form


def voting_seats(found: AgendaItem) -> list[CommitteeSeat]:
    """The seats of those who take part and have a vote."""
    voters = meetings.voters(found.meeting)
    voters -= confidentiality.shut_out(found.case, voters)
    return [seat for seat in seats.sitting(found.meeting.committee) if seat.member_id in voters]
