"""Who holds a case."""

from flask_babel import gettext as _

from silah.cases import confidentiality, notifications, timeline
from silah.cases.models import Case
from silah.cases.states import ENDED
from silah.errors import Conflict, Forbidden
from silah.organisation.models import Membership
from silah.web.access import Member, Permission


def assign(case: Case, *, by: Member, to: Membership) -> None:
    """Put a case in somebody's hands; they are told, unless they took it themselves.

    Anybody who sees a case that nobody holds may take it; giving it to another takes ASSIGN_CASES.
    """
    taking = to.id == by.id and case.holder_id is None
    if not (taking or by.may(Permission.ASSIGN_CASES)):
        raise Forbidden
    timeline.hold(case)
    if case.state in ENDED:
        raise Conflict(_("A case that has ended is not assigned."))
    if to.state != "active":
        raise Conflict(_("%(name)s is not an active member of staff.", name=to.name))
    if confidentiality.shut_out(case, [to.id]):
        raise Conflict(_("This case is closed to %(name)s.", name=to.name))
    if case.holder_id == to.id:
        return
    case.holder = to
    timeline.record(case, "assigned", by=by, data={"to": str(to.id)}, note=to.name)
    if to.id != by.id:
        notifications.member("assigned", to, case)


def release(case: Case, *, by: Member) -> None:
    """Put a case back, so that nobody holds it."""
    if case.holder_id != by.id and not by.may(Permission.ASSIGN_CASES):
        raise Forbidden
    timeline.hold(case)
    case.holder = None
    timeline.record(case, "assigned", by=by, data={"to": None})
