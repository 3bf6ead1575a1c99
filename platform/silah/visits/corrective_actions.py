"""What is to be put right after a visit, and the visit that looks at it again."""

from datetime import date
from uuid import UUID

from silah.corrective import service as corrective
from silah.corrective.models import CorrectiveAction
from silah.errors import Forbidden
from silah.visits.models import Visit
from silah.web.access import Member, Permission


def ask(visit: Visit, *, by: Member, what: str, owner: UUID | None, due_on: date | None) -> CorrectiveAction:
    """Set a corrective action; its owner is told, and reminded until it is done."""
    if not (by.may(Permission.RUN_SURVEYS) or visit.visitor_id == by.id):
        raise Forbidden
    return corrective.ask(visit_id=visit.id, what=what, owner=owner, due_on=due_on)
