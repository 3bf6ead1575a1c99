"""What the page of a case offers to a member, and whether the page of one transition may be opened."""

from flask_babel import gettext as _

from silah.cases import workflow
from silah.cases.errors import NotLegal
from silah.cases.models import Case
from silah.cases.transitions import Transition, TransitionForm
from silah.errors import Conflict, Forbidden, NotFound
from silah.web.access import Member

WRITTEN_IN_PLACE = frozenset({"message", "note"})
"""Written under the story on the case's own page, and so not offered as buttons."""


def form_of(transition: Transition) -> TransitionForm:
    """Return what the page of a transition asks; raises NotFound where it has no page."""
    if transition.form is None:
        raise NotFound
    return transition.form


def get_transition(case: Case, key: str, member: Member) -> Transition:
    """Return the transition of an address; raises NotFound, or Forbidden where the member never may."""
    found = workflow.workflow_of(case).get(key)
    form_of(found)
    if not found.is_permitted(member):
        raise Forbidden
    return found


def check(transition: Transition, case: Case, member: Member) -> None:
    """Raise Forbidden, or NotLegal with the reason, unless the transition is possible on the case as it stands."""
    of_kind = workflow.workflow_of(case)
    of_kind.check(transition.key, of_kind.facts(case), member)
    check_page(transition, case, member)


def check_page(transition: Transition, case: Case, member: Member) -> None:
    """Raise NotLegal where the page of a transition is not there on the case as it stands."""
    if not form_of(transition).when(case, member):
        raise NotLegal(_("This is not possible on the case as it stands."))


def is_possible(transition: Transition, case: Case, member: Member) -> bool:
    """Whether ``check`` would pass."""
    try:
        check(transition, case, member)
    except (Forbidden, Conflict):
        return False
    return True
