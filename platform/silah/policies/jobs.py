"""What is due about policies: a version comes into force on its day, and its review falls due."""

from typing import Any
from uuid import UUID

from silah import clock, jobs
from silah.i18n import date_g
from silah.policies import approvals, reviews, service, telling
from tenants.database import db
from tenants.versions import PolicyVersion


@jobs.handles(approvals.IN_FORCE)
def in_force(key: str, payload: dict[str, Any]) -> None:
    """An approved version's day has come; one whose day was moved is left alone."""
    version = db.session.get(PolicyVersion, UUID(key), with_for_update=True)
    if version is None or version.state != "approved" or version.in_force_from is None:
        return
    if version.in_force_from.isoformat() == payload.get("on"):
        approvals.bring(version)


@jobs.handles(reviews.REVIEW)
def review(key: str, payload: dict[str, Any]) -> None:
    """The review of the policy in force is near or past: those who keep it are told, each month until it is done."""
    version = db.session.get(PolicyVersion, UUID(key))
    due = reviews.due_on(version) if version is not None else None
    if version is None or due is None or due.isoformat() != payload.get("due"):
        return
    service.record(version, "review_due", by=None, data={"due": due.isoformat()})
    telling.keepers("policy_review", version, lambda: {"version": service.named(version), "due": date_g(due)})
    jobs.owe(reviews.REVIEW, key, reviews.morning(clock.today() + reviews.AGAIN), {"due": due.isoformat()})
