"""Replies to what a meeting decided: released together, each only inside the window that the policy permits."""

from dataclasses import dataclass
from datetime import date

from silah.access import Member
from silah.cases import clocks
from silah.cases.models import Case
from silah.cases.states import State
from silah.committees import meetings
from silah.committees.models import AgendaItem, CommitteeMeeting
from silah.intake import study


@dataclass(frozen=True)
class Reply:
    """The reply to one decision: gone, ready to go, or to wait until its earliest date."""

    item: AgendaItem
    gone: bool
    early: bool
    earliest: date | None

    @property
    def ready(self) -> bool:
        """Whether it may go out today."""
        return not self.gone and not self.early


def replies(meeting: CommitteeMeeting) -> list[Reply]:
    """The replies that the meeting's decisions call for, in the order of its agenda."""
    decided = [item for item in meetings.items(meeting) if item.decision_id is not None]
    return [Reply(item, item.case.state is not State.DECIDED, *_window(item.case)) for item in decided]


def _window(case: Case) -> tuple[bool, date | None]:
    return study.is_early(case), clocks.reckoning(case).earliest


def release(meeting: CommitteeMeeting, *, by: Member) -> int:
    """Release the replies whose time has come, and leave the others; gives how many went out."""
    meetings.standing(meeting, "closed")
    ready = [reply for reply in replies(meeting) if reply.ready]
    for reply in ready:
        study.release(reply.item.case, by=by)
    return len(ready)
