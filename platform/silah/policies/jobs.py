"""What is due about policies: a version comes into force on its day, its review falls due, a blueprint is decided."""

from typing import Any
from uuid import UUID

from silah import clock, jobs
from silah.language.localization import date_g
from silah.policies import approvals, blueprint, notifications, reviews, service
from silah.policies.models import BlueprintBase
from tenants import registering
from tenants.context import PLATFORM, current_tenant, serving
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
    notifications.keepers("policy_review", version, lambda: {"version": service.named(version), "due": date_g(due)})
    jobs.owe(reviews.REVIEW, key, reviews.morning(clock.today() + reviews.AGAIN), {"due": due.isoformat()})


@jobs.handles(blueprint.STANDING)
def stands_on(key: str, payload: dict[str, Any]) -> None:
    """Tell the registry up to which version of its blueprint the association has decided: a transaction of its own."""
    held, tenant = db.session.get(BlueprintBase, 1), current_tenant()
    if held is not None:
        with serving(PLATFORM):
            registering.stands_on(tenant, held.version)
            db.session.commit()
