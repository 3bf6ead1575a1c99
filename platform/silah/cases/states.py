"""The states of a case, and what each is called. Who holds it and open referrals lie over a state, not beside it."""

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l


class State(StrEnum):
    """Where a case stands; the moves between states are in each module's table of moves."""

    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    COMPLETE = "complete"
    UNDER_STUDY = "under_study"
    RECOMMENDED = "recommended"
    DECIDED = "decided"
    REPLIED = "replied"
    REGISTERED = "registered"
    DELIVERED = "delivered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


ENDED = frozenset({State.CLOSED, State.WITHDRAWN})
UNANSWERED = frozenset(
    {State.RECEIVED, State.INCOMPLETE, State.COMPLETE, State.UNDER_STUDY, State.RECOMMENDED, State.DECIDED}
)

STATE_WORDS: dict[State, Any] = {
    State.RECEIVED: _l("Received"),
    State.INCOMPLETE: _l("Waiting for the applicant"),
    State.COMPLETE: _l("Complete"),
    State.UNDER_STUDY: _l("Under study"),
    State.RECOMMENDED: _l("Awaiting decision"),
    State.DECIDED: _l("Decided, reply not yet sent"),
    State.REPLIED: _l("Replied"),
    State.REGISTERED: _l("Registration completed"),
    State.DELIVERED: _l("Service delivered"),
    State.CLOSED: _l("Closed"),
    State.WITHDRAWN: _l("Withdrawn"),
}

STATE_TONES: dict[State, str] = {
    State.RECEIVED: "info",
    State.INCOMPLETE: "warn",
    State.COMPLETE: "info",
    State.UNDER_STUDY: "info",
    State.RECOMMENDED: "info",
    State.DECIDED: "info",
    State.REPLIED: "good",
    State.REGISTERED: "good",
    State.DELIVERED: "good",
    State.CLOSED: "neutral",
    State.WITHDRAWN: "neutral",
}
