"""What is done when a date of a case passes: its holder is told, and later, step by step, those above.

Each handler looks at the case as it stands: an answered case, or a date that was moved, is left alone.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from silah import clock, jobs
from silah.cases import clocks, kinds, notifications, referrals, reindexing, timeline
from silah.cases.models import Case, Referral
from silah.cases.responsibility import list_responsible
from silah.cases.states import UNANSWERED
from silah.language.localization import date_g
from silah.organisation import holders
from silah.organisation.models import Membership
from silah.web.access import Permission
from tenants.database import db


@jobs.handles(clocks.OVERDUE)
def overdue(key: str, payload: dict[str, Any]) -> None:
    """The latest reply date has passed without a reply."""
    case = _unanswered(key)
    if case is None or case.latest is None or case.latest.isoformat() != payload.get("day"):
        return
    if not clocks.is_overdue(case):
        return
    step = int(payload.get("step", 0))
    verb, readers = ("escalated", _above(case, step)) if step else ("overdue", list_responsible(case))
    timeline.record(case, verb, data={"latest": case.latest.isoformat()}, private=True)
    notifications.members("overdue", readers, case, {"latest": date_g(case.latest)})
    after = kinds.kind_of_case(case).steps(case)
    if step < len(after):
        morning = clock.morning_after(case.latest)
        days = after[step] - (after[step - 1] if step else 0)
        again = {"day": case.latest.isoformat(), "step": step + 1}
        jobs.owe(clocks.OVERDUE, key, max(clock.now(), morning) + timedelta(days=days), again)


@jobs.handles(clocks.TARGET)
def target(key: str, payload: dict[str, Any]) -> None:
    """The internal target has passed without a reply: a matter for staff, no breach of the policy."""
    case = _unanswered(key)
    if case is None or case.target is None or case.target.isoformat() != payload.get("day"):
        return
    if not clocks.past_target(case):
        return
    timeline.record(case, "target_passed", data={"target": case.target.isoformat()}, private=True)
    notifications.members("target", list_responsible(case), case, {"target": date_g(case.target)})


@jobs.handles(referrals.LATE)
def referral_late(key: str, payload: dict[str, Any]) -> None:
    """The time for answering a referral has passed: who is to answer and who asked are told, once."""
    referral = db.session.get(Referral, UUID(key), with_for_update=True)
    if referral is None or not referrals.is_late(referral) or payload.get("day") != str(referral.due_on):
        return
    day = {"to": referral.to_role, "day": str(referral.due_on)}
    timeline.record(referral.case, "referral_late", data=day, private=True)
    said = {"question": referral.question, "due": date_g(referral.due_on)}
    readers = {one.id: one for one in (*referrals.asked_of(referral), *referrals.asker_of(referral))}
    notifications.members("referral_late", readers.values(), referral.case, said)


def _unanswered(key: str) -> Case | None:
    case = db.session.get(Case, UUID(key), with_for_update=True)
    return case if case is not None and case.state in UNANSWERED else None


def _above(case: Case, step: int) -> list[Membership]:
    told = kinds.kind_of_case(case).told
    return list(told(case, step)) if told else holders.holders_of(Permission.OVERSEE_CASES)


@jobs.handles(reindexing.REINDEX)
def reindex(key: str, payload: dict[str, Any]) -> None:
    """Index the next rows that an earlier tokenizer indexed."""
    reindexing.reindex_part(payload)
