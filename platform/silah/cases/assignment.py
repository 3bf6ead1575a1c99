"""Who holds a case."""

from typing import Any

from flask_babel import gettext as _

from silah.cases import confidentiality, notifications
from silah.cases.models import Case
from silah.cases.transitions import Change
from silah.cases.workflow import perform
from silah.errors import Conflict
from silah.organisation.models import Membership
from silah.web.access import Member, Permission


def assign(case: Case, *, by: Member, to: Membership) -> None:
    """Put a case in somebody's hands; they are told, unless they took it themselves.

    Anybody who sees a case that nobody holds may take it; giving it to another takes ASSIGN_CASES.
    """
    perform(case, "take" if to.id == by.id and case.holder_id is None else "assign", by, {"to": to})


def release(case: Case, *, by: Member) -> None:
    """Put a case back, so that nobody holds it."""
    perform(case, "put_back", by)


def hand_to(change: Change, to: Membership) -> None:
    """Put the case in the hands of an active member to whom it is not closed."""
    case = change.case
    if to.state != "active":
        raise Conflict(_("%(name)s is not an active member of staff.", name=to.name))
    if confidentiality.shut_out(case, [to.id]):
        raise Conflict(_("This case is closed to %(name)s.", name=to.name))
    if case.holder_id == to.id:
        change.idle = True
        return
    case.holder = to
    change.data, change.note = {"to": str(to.id)}, to.name


def put_back(change: Change) -> None:
    """Leave the case with nobody."""
    change.case.holder = None
    change.data = {"to": None}


def tell_holder(change: Change) -> None:
    """Tell the new holder, unless they took it themselves."""
    to: Membership = change.inputs["to"]
    if to.id != change.member.id:
        notifications.member("assigned", to, change.case)


def may_put_back(facts: Any, member: Member) -> bool:
    """Whether the member holds the case, or assigns cases."""
    return facts.case.holder_id == member.id or member.may(Permission.ASSIGN_CASES)
