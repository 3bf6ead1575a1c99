"""What can be done to a case: what its page offers (``possible``), and what an address may do (``check``)."""

from collections.abc import Iterator

from flask_babel import gettext as _

from silah.cases.errors import NotLegal
from silah.cases.models import Case
from silah.desk import presenters
from silah.desk.case_action import Action
from silah.errors import Conflict, Forbidden, NotFound
from silah.web.access import Member

__all__ = ["WRITTEN_IN_PLACE", "Action", "check", "deeds", "is_possible", "named", "possible"]

WRITTEN_IN_PLACE = frozenset({"message", "note"})
"""Written under the story on the case's own page, and so not offered as buttons."""


def possible(case: Case, member: Member) -> list[Action]:
    """What this member may do now: first the moves onward, in their order, then the other deeds."""
    presenter = presenters.of(case)
    legal = [action for key in presenter.legal(case, member) if (action := presenter.action(key)) is not None]
    return legal + [deed for deed in deeds(case, member) if deed.key not in WRITTEN_IN_PLACE]


def deeds(case: Case, member: Member) -> Iterator[Action]:
    """The deeds that leave the state, as far as they are possible now."""
    return (deed for deed in presenters.of(case).deeds if deed.open_to(member) and deed.when(case, member))


def named(case: Case, key: str, member: Member) -> Action:
    """The action of an address; raises NotFound, or Forbidden where the member never may."""
    action = presenters.of(case).action(key)
    if action is None:
        raise NotFound
    if not action.open_to(member):
        raise Forbidden
    return action


def check(action: Action, case: Case, member: Member) -> None:
    """Raise Forbidden, or NotLegal with the reason, unless the action is possible on the case as it stands."""
    if action.need is not None:
        action.need(case, member)
    elif not action.when(case, member):
        raise NotLegal(_("This is not possible on the case as it stands."))


def is_possible(action: Action, case: Case, member: Member) -> bool:
    """Whether ``check`` would pass."""
    try:
        check(action, case, member)
    except (Forbidden, Conflict):
        return False
    return True
