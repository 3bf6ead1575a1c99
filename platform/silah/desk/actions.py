"""What can be done to a case: what its page offers (``possible``), and what an address may do (``check``)."""

from collections.abc import Iterator

from flask_babel import gettext as _

from silah.access import Member
from silah.cases.errors import NotLegal
from silah.cases.models import Case
from silah.desk.action import Action
from silah.desk.deeds import DEEDS
from silah.desk.onward import MOVES
from silah.errors import Conflict, Forbidden, NotFound
from silah.intake import moves
from silah.intake.facts import facts_of

__all__ = ["ACTIONS", "WRITTEN_IN_PLACE", "Action", "allowed", "check", "deeds", "is_possible", "named", "possible"]

ACTIONS = {action.key: action for action in (*MOVES, *DEEDS)}
WRITTEN_IN_PLACE = frozenset({"message", "note"})
"""Written under the story on the case's own page, and so not offered as buttons."""


def possible(case: Case, member: Member) -> list[Action]:
    """What this member may do now: first the moves onward, in their order, then the other deeds."""
    legal = [ACTIONS[move.key] for move in moves.legal(case, member)]
    return legal + [deed for deed in deeds(case, member) if deed.key not in WRITTEN_IN_PLACE]


def deeds(case: Case, member: Member) -> Iterator[Action]:
    """The deeds that leave the state, as far as they are possible now."""
    return (deed for deed in DEEDS if allowed(deed, member) and deed.when(case, member))


def allowed(action: Action, member: Member) -> bool:
    """Whether the member holds the permission that the action takes."""
    permission = action.move.permission if action.move else action.permission
    return permission is None or member.may(permission)


def named(key: str, member: Member) -> Action:
    """The action of an address; raises NotFound, or Forbidden where the member never may."""
    action = ACTIONS.get(key)
    if action is None:
        raise NotFound
    if not allowed(action, member):
        raise Forbidden
    return action


def check(action: Action, case: Case, member: Member) -> None:
    """Raise Forbidden, or NotLegal with the reason, unless the action is possible on the case as it stands."""
    if action.move is not None:
        moves.need(action.key, facts_of(case), member)
    elif not action.when(case, member):
        raise NotLegal(_("This is not possible on the case as it stands."))


def is_possible(action: Action, case: Case, member: Member) -> bool:
    """Whether ``check`` would pass."""
    try:
        check(action, case, member)
    except (Forbidden, Conflict):
        return False
    return True
