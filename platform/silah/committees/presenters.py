"""What pages and minutes show of a motion: its words, the outcome for which it stands, the votes, and its fate."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from silah.committees import ballots, motions, subjects
from silah.committees.models import AgendaItem, MeetingVote, Motion

TONES = {"carried": "good", "fallen": "bad", "withdrawn": "neutral", "standing": "info"}


@dataclass(frozen=True, slots=True)
class MotionCard:
    """A motion in the language of the moment; ``votes`` are name, choice and remark of each who voted."""

    number: int
    sentence: str
    outcome: str
    told: str
    reasons: list[str]
    state: str
    fate: str
    by_chair: str
    votes: list[list[str]]

    @property
    def tone(self) -> str:
        """The colour of its fate."""
        return TONES[self.state]

    def as_json(self) -> dict[str, Any]:
        """Return what the minutes keep of it."""
        return asdict(self)


def present_motion(item: AgendaItem, motion: Motion, names: Mapping[UUID, str]) -> MotionCard:
    """Return a motion as it is shown."""
    subject = subjects.of(item.case)
    return MotionCard(
        number=motion.number,
        sentence=motions.read_words(motion),
        outcome=str(subject.outcomes(item.case)[motion.outcome]),
        told=str(subject.told(item.case, motion.outcome)),
        reasons=[part for part in motion.reasons.splitlines() if part.strip()],
        state=motion.state or "standing",
        fate=str(motions.STATE_WORDS[motion.state or "standing"]),
        by_chair=_("The votes were equal; the side of the chair prevailed.") if motion.by_chair else "",
        votes=list_vote_rows(ballots.votes_on(item, motion), names),
    )


def list_vote_rows(votes: Mapping[UUID, MeetingVote], names: Mapping[UUID, str]) -> list[list[str]]:
    """Return name, choice and remark of each vote, by name."""
    return sorted(
        [names.get(one, ""), str(ballots.CHOICE_WORDS[vote.choice]), vote.remark or ""] for one, vote in votes.items()
    )
