"""Corrective actions: the owner is told what to do by when, and reminded until it is done."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from silah import clock, jobs
from silah.cases import confidentiality, notifications, timeline
from silah.corrective.models import CorrectiveAction
from silah.errors import Forbidden, Invalid, NotFound
from silah.forms.texts import clean
from silah.language.localization import date_g
from silah.organisation.models import Membership
from silah.web.access import Member, Permission
from tenants.database import db

LATE = "complaint.action"
AGAIN = timedelta(days=7)


def ask(
    *, what: str, owner: UUID | None, due_on: date | None, case_id: UUID | None = None, visit_id: UUID | None = None
) -> CorrectiveAction:
    """Say what is to be put right; its owner is told, and need not see what showed it.

    Raises Invalid with an error for each field of ``what``, ``owner`` and ``due_on``.
    """
    wrong = {}
    member = db.session.get(Membership, owner) if owner else None
    if not clean(what):
        wrong["what"] = _("Write what is to be done.")
    if member is None or member.state != "active":
        wrong["owner"] = _("Choose who does it.")
    if due_on is None or due_on < clock.today():
        wrong["due_on"] = _("Choose today or a later day.")
    if wrong or member is None or due_on is None:
        raise Invalid(wrong)
    action = CorrectiveAction(
        case_id=case_id, visit_id=visit_id, what=clean(what), owner_id=member.id, due_on=due_on, remark=""
    )
    action.owner = member
    db.session.add(action)
    db.session.flush()
    tell(action)
    jobs.owe(LATE, str(action.id), clock.morning_after(due_on))
    return action


def done(action: CorrectiveAction, *, by: Member, remark: str) -> None:
    """Record that it was put right, by its owner or by whoever follows such actions up."""
    if not _may(action, by):
        raise Forbidden
    db.session.refresh(action, with_for_update={"of": CorrectiveAction})
    if action.done_on is not None:
        return
    if not clean(remark):
        raise Invalid({"remark": _("Write what was done.")})
    action.done_on, action.remark = clock.today(), clean(remark)
    if action.case is not None:
        timeline.record(action.case, "action_done", by=by, private=True)
    jobs.settle(LATE, str(action.id))


def of(*, case_id: UUID | None = None, visit_id: UUID | None = None) -> Sequence[CorrectiveAction]:
    """What is to be put right after this case or visit, the nearest first."""
    origin = CorrectiveAction.case_id == case_id if case_id else CorrectiveAction.visit_id == visit_id
    rows = select(CorrectiveAction).where(origin).options(joined())
    return db.session.scalars(rows.order_by(CorrectiveAction.due_on, CorrectiveAction.id)).all()


def mine(member: Member) -> Sequence[CorrectiveAction]:
    """What this member has to put right."""
    rows = select(CorrectiveAction).where(CorrectiveAction.owner_id == member.id, CorrectiveAction.done_on.is_(None))
    return db.session.scalars(rows.order_by(CorrectiveAction.due_on, CorrectiveAction.id)).all()


def get(action_id: UUID, member: Member) -> CorrectiveAction:
    """An action of this member's, or any for whoever follows such actions up; raises NotFound."""
    action = db.session.get(CorrectiveAction, action_id)
    if action is None or not _may(action, member):
        raise NotFound
    return action


def tell(action: CorrectiveAction) -> None:
    """Owe the owner a message that says what to do by when, and nothing of what showed it."""
    said = {"text": action.what, "due": date_g(action.due_on)}
    notifications.colleague("action_set", action.owner, said, "/desk/actions")


def late(action_id: UUID) -> None:
    """The day has passed: the owner is reminded, once a week until it is done."""
    action = db.session.get(CorrectiveAction, action_id, with_for_update=True)
    if action is None or action.done_on is not None:
        return
    tell(action)
    jobs.owe(LATE, str(action.id), clock.now() + AGAIN)


def joined() -> ExecutableOption:
    """Loads the owner along, so that a list stays one statement."""
    return joinedload(CorrectiveAction.owner)


def _may(action: CorrectiveAction, member: Member) -> bool:
    if action.owner_id == member.id:
        return True
    if action.case_id is None:
        return member.may(Permission.RUN_SURVEYS)
    shut = action.case is not None and bool(confidentiality.shut_out(action.case, [member.id]))
    return member.may(Permission.ANSWER_COMPLAINTS) and not shut
