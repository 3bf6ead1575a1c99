"""The kinds of case: what each is called, by which period it is answered, and who may see it at all.

The registration of a feature names its kinds; they are known once the features are loaded.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, false, true

from silah.cases.states import STATE_WORDS, State
from silah.web.access import Member, Permission
from tenants.periods import ReplyPeriod

if TYPE_CHECKING:
    from silah.cases.models import Case
    from silah.organisation.models import Membership


@dataclass(frozen=True)
class Kind:
    """One kind of case. ``guarded_by``: who holds none of these permissions sees only what is in their own hands.

    ``states`` says what its states are called where that differs.
    """

    key: str
    letter: str
    name: Any
    period: Callable[["Case"], ReplyPeriod]
    guarded_by: frozenset[Permission] = frozenset()
    states: Mapping[State, Any] = field(default_factory=dict)
    open_to: frozenset[Permission] = frozenset()
    """Who holds one of these sees all cases of the kind, of whatever branch; of an unguarded kind others see theirs."""
    steps: Callable[["Case"], Sequence[int]] = lambda case: (1,)
    """After how many days past its latest one each step above its holder is told."""
    told: Callable[["Case", int], Sequence["Membership"]] | None = None
    """Who is told at which step; by default those who oversee cases."""
    next_steps: Callable[["Case", str | None], Sequence[str]] = lambda case, language: ()
    """What happens next, one sentence each, for the receipt; in the case's language where none is given."""
    responsible: Callable[["Case"], Sequence["Membership"]] | None = None
    """Who is told where nobody at work holds it; by default those who assign cases."""
    noun: Callable[["Case"], str] | None = None
    """What a case is called on its papers, where the policy has a word of its own for it."""
    awaits: Callable[[Member], ColumnElement[bool]] = lambda member: _assigns(member)
    """The condition on cases of the kind that wait for a member while nobody at work holds them; as ``responsible``."""

    def called(self, case: "Case") -> str:
        """Return what one case of the kind is called on its papers."""
        return str(self.noun(case) if self.noun else self.name)

    def state(self, state: State) -> Any:
        """What a state is called in a case of this kind."""
        return self.states.get(state) or STATE_WORDS[state]


def _assigns(member: Member) -> ColumnElement[bool]:
    return true() if member.may(Permission.ASSIGN_CASES) else false()


_known: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known."""
    _known[kind.key] = kind
    return kind


def every() -> Mapping[str, Kind]:
    """All kinds, by key."""
    return _known


def kind_of_case(case: "Case") -> Kind:
    """The kind of this case."""
    return every()[case.kind]


def state_words(kind: str, state: State) -> Any:
    """What a state is called in cases of a kind."""
    known = _known.get(kind)
    return known.state(state) if known else STATE_WORDS[state]


def guarded() -> list[Kind]:
    """The kinds that not everybody at the desk may see."""
    return [kind for kind in every().values() if kind.guarded_by]
