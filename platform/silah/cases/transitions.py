"""What a transition of a case is: from where, by whom, under which guards, what it does, and what its page asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from silah.cases.models import Case
from silah.cases.states import ENDED, State
from silah.errors import Forbidden
from silah.web.access import Member, Permission

ANY = frozenset(State)
GOING_ON = ANY - ENDED

Guard = Callable[[Any], Any]
"""Gets the facts of a case; gives None, or the words that refuse the transition."""


@dataclass(frozen=True)
class CaseFacts:
    """What guards are asked about; a workflow may have a class of its own with more."""

    case: Case

    @property
    def state(self) -> State:
        """The state in which the case stands."""
        return self.case.state


def never(facts: Any, member: Member) -> bool:
    """Have a transition offered on no page of a case: it has a page of its own."""
    return False


@dataclass(frozen=True)
class TransitionForm:
    """The page that asks a member of staff for the inputs of a transition.

    ``build`` makes the form for a case, ``inputs`` reads what the effect takes from it. ``lead`` stands over the form,
    ``done`` is said afterwards (it may be a function of the case). ``when``: on which cases the page is there at all.
    ``preview`` gives the message that would be sent; ``drafts``: that message is made of what is typed, and is looked
    at before it is sent.
    """

    build: Callable[[Case, Member], Any]
    done: Any
    lead: Any = ""
    inputs: Callable[[Any], Mapping[str, Any]] = lambda form: {}
    tone: str = "primary"
    when: Callable[[Case, Member], bool] = lambda case, member: True
    preview: Callable[[Case, Any, Member], Any] | None = None
    drafts: bool = False


@dataclass(frozen=True)
class Transition:
    """One thing that can be done to a case.

    ``target`` None leaves the state as it is, unless the effect sets ``Change.target``. ``permissions``: a member
    holds one of them; ``allowed`` narrows that by the facts. Without either only the applicant or the system makes it,
    and they only where ``unattended``. ``event`` is the verb of the timeline entry; none is written where it is empty.
    ``replies``: it is the reply that was owed. ``offered``: whether a page offers it where it is possible.
    """

    key: str
    label: Any = ""
    sources: frozenset[State] = ANY
    target: State | None = None
    permissions: tuple[Permission, ...] = ()
    allowed: Callable[[Any, Member], bool] | None = None
    guards: tuple[Guard, ...] = ()
    form: TransitionForm | None = None
    effect: Callable[..., Any] | None = None
    notify: Callable[["Change"], None] | None = None
    event: str = ""
    private: bool = False
    replies: bool = False
    unattended: bool = False
    offered: Callable[[Any, Member], bool] = lambda facts, member: True

    def is_permitted(self, member: Member) -> bool:
        """Whether the member holds what it takes, whatever the case."""
        return member.may(*self.permissions) if self.permissions else self.allowed is not None


@dataclass
class Change:
    """A transition under way on a locked case. The effect may set where it leads and what is recorded of it.

    ``data`` is hashed and holds no personal data; ``note`` may. ``idle``: nothing was to be done, so that nothing is
    recorded. ``followed_by`` are transitions that come of this one, each with the member who makes it.
    """

    case: Case
    by: Member | None
    transition: Transition
    facts: Any
    target: State | None
    event: str
    private: bool
    replies: bool
    data: dict[str, Any] = field(default_factory=dict)
    note: str | None = None
    idle: bool = False
    followed_by: list[tuple[str, Member | None]] = field(default_factory=list)
    inputs: Mapping[str, Any] = field(default_factory=dict)
    result: Any = None

    @property
    def member(self) -> Member:
        """The member of staff who makes it; raises Forbidden where nobody does."""
        if self.by is None:
            raise Forbidden
        return self.by
