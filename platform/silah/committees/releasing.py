"""Replies to what a meeting decided: sent together, each only inside the window of the policy, or scheduled for it."""

from dataclasses import dataclass
from datetime import date

from silah.cases import clocks
from silah.cases.models import Case
from silah.cases.states import State
from silah.cases.workflow import perform
from silah.committees import meetings
from silah.committees.models import AgendaItem, CommitteeMeeting
from silah.intake import scheduling, study
from silah.web.access import Member


@dataclass(frozen=True)
class Reply:
    """The reply to one decision: gone, ready to go, or to wait until its earliest date.

    ``scheduled`` is the day on which it goes out by itself, where somebody had it so.
    """

    item: AgendaItem
    gone: bool
    early: bool
    earliest: date | None
    scheduled: date | None

    @property
    def ready(self) -> bool:
        """Whether it may go out today."""
        return not self.gone and not self.early

    @property
    def may_be_scheduled(self) -> bool:
        """Whether it waits for a day that is known, and nobody has scheduled it yet."""
        return not self.gone and self.early and self.earliest is not None and self.scheduled is None


def replies(meeting: CommitteeMeeting) -> list[Reply]:
    """The replies that the meeting's decisions call for, in the order of its agenda."""
    decided = [item for item in meetings.items(meeting) if item.decision_id is not None]
    days = scheduling.list_waiting_days([item.case_id for item in decided])
    return [
        Reply(item, item.case.state is not State.DECIDED, *_window(item.case), days.get(item.case_id))
        for item in decided
    ]  # fmt: skip


def _window(case: Case) -> tuple[bool, date | None]:
    return study.is_early(case), clocks.reckoning(case).earliest


def release(meeting: CommitteeMeeting, *, by: Member) -> int:
    """Release the replies whose time has come, and leave the others; gives how many went out."""
    meetings.standing(meeting, "closed")
    ready = [reply for reply in replies(meeting) if reply.ready]
    for reply in ready:
        perform(reply.item.case, "release", by)
    return len(ready)


def schedule_rest(meeting: CommitteeMeeting, *, by: Member) -> int:
    """Have the replies whose day has not come go out by themselves on it; gives how many were scheduled."""
    meetings.standing(meeting, "closed")
    rest = [reply for reply in replies(meeting) if reply.may_be_scheduled]
    for reply in rest:
        perform(reply.item.case, "schedule", by)
    return len(rest)
