"""What is put right after a complaint: set by whoever handles complaints, kept among all corrective actions."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from silah.cases import timeline
from silah.cases.models import Case
from silah.complaints.moves import of
from silah.corrective import service as corrective
from silah.corrective.models import CorrectiveAction
from silah.errors import Forbidden
from silah.web.access import Member, Permission


def set_action(case: Case, *, by: Member, what: str, owner: UUID, due_on: date) -> CorrectiveAction:
    """Say what is to be put right; its owner need not see the complaint, and is told only what to do."""
    if not by.may(Permission.ANSWER_COMPLAINTS, Permission.OVERSEE_COMPLAINTS):
        raise Forbidden
    timeline.hold(case)
    action = corrective.ask(case_id=of(case).case_id, what=what, owner=owner, due_on=due_on)
    data = {"due": action.due_on.isoformat()}
    timeline.record(case, "action_set", by=by, data=data, note=action.owner.name, private=True)
    return action


def of_case(case: Case) -> Sequence[CorrectiveAction]:
    """What is to be put right after this complaint, the nearest first."""
    return corrective.of(case_id=case.id)
