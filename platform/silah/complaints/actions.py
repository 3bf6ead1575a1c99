"""Corrective actions: what is put right, by whom, by when; the owner is told and reminded until it is done."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from silah import clock, jobs
from silah.access import Member, Permission
from silah.cases import telling, timeline
from silah.cases.clocks import morning_after
from silah.cases.models import Case
from silah.cases.texts import clean
from silah.complaints.models import CorrectiveAction
from silah.complaints.moves import of
from silah.errors import Forbidden, Invalid, NotFound
from silah.i18n import date_g
from silah.staff.models import Membership
from tenants.database import db

LATE = "complaint.action"
AGAIN = timedelta(days=7)


def set_action(case: Case, *, by: Member, what: str, owner: UUID, due_on: date) -> CorrectiveAction:
    """Say what is to be put right; its owner need not see the complaint, and is told only what to do."""
    if not by.may(Permission.ANSWER_COMPLAINTS):
        raise Forbidden
    timeline.hold(case)
    wrong = {}
    member = db.session.get(Membership, owner)
    if not clean(what):
        wrong["what"] = _("Write what is to be done.")
    if member is None or member.state != "active":
        wrong["owner"] = _("Choose who does it.")
    if due_on < clock.today():
        wrong["due_on"] = _("Choose today or a later day.")
    if wrong or member is None:
        raise Invalid(wrong)
    action = CorrectiveAction(case_id=of(case).case_id, what=clean(what), owner_id=member.id, due_on=due_on)
    db.session.add(action)
    db.session.flush()
    timeline.record(case, "action_set", by=by, data={"due": due_on.isoformat()}, note=member.name, private=True)
    tell(action, member)
    jobs.owe(LATE, str(action.id), morning_after(due_on))
    return action


def done(action: CorrectiveAction, *, by: Member, remark: str) -> None:
    """Record that it was put right, by its owner or by whoever handles complaints."""
    if action.owner_id != by.id and not by.may(Permission.ANSWER_COMPLAINTS):
        raise Forbidden
    db.session.refresh(action, with_for_update=True)
    if action.done_on is not None:
        return
    if not clean(remark):
        raise Invalid({"remark": _("Write what was done.")})
    action.done_on, action.remark = clock.today(), clean(remark)
    timeline.record(action.case, "action_done", by=by, private=True)
    jobs.settle(LATE, str(action.id))


def of_case(case: Case) -> Sequence[CorrectiveAction]:
    """What is to be put right after this complaint, the nearest first."""
    rows = select(CorrectiveAction).where(CorrectiveAction.case_id == case.id)
    return db.session.scalars(
        rows.options(joinedload(CorrectiveAction.owner)).order_by(CorrectiveAction.due_on, CorrectiveAction.id)
    ).all()


def mine(member: Member) -> Sequence[CorrectiveAction]:
    """What this member has to put right."""
    rows = select(CorrectiveAction).where(CorrectiveAction.owner_id == member.id, CorrectiveAction.done_on.is_(None))
    return db.session.scalars(rows.order_by(CorrectiveAction.due_on, CorrectiveAction.id)).all()


def get(action_id: UUID, member: Member) -> CorrectiveAction:
    """An action of this member's, or any for whoever handles complaints; raises NotFound."""
    action = db.session.get(CorrectiveAction, action_id)
    if action is None or (action.owner_id != member.id and not member.may(Permission.ANSWER_COMPLAINTS)):
        raise NotFound
    return action


def tell(action: CorrectiveAction, member: Membership) -> None:
    """Owe the owner a message that says what to do by when, and nothing of the complaint."""
    telling.colleague("action_set", member, {"text": action.what, "due": date_g(action.due_on)}, "/desk/actions")


def late(action_id: UUID) -> None:
    """The day has passed: the owner is reminded, once a week until it is done."""
    action = db.session.get(CorrectiveAction, action_id, with_for_update=True)
    if action is None or action.done_on is not None:
        return
    tell(action, action.owner)
    jobs.owe(LATE, str(action.id), clock.now() + AGAIN)
