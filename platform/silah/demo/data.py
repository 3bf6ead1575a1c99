"""A believable month of work in each association of the demo."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select

from silah import clock, jobs
from silah.demo import asking, fielding, house, reviewing, settling, visiting, voices
from silah.demo.playing import Staff, keeper, play
from silah.demo.stories import MONTH
from silah.notifications.models import OutboxMessage
from silah.notifications.service import SENDS
from silah.organisation.models import Membership
from silah.web.access import Member, Permission
from tenants import versions
from tenants.context import Tenant, serving
from tenants.database import db

FRESH = timedelta(days=2)

Told = Callable[[str, int, int], None]
"""Told what is being done, how many of the pieces are done, and how many there are."""


def seed(tenants: list[Tenant], progress: Told) -> None:
    """Fill the associations; runs within an app context, after they and their people were made.

    Every request goes through the services that the pages call, so a demo never shows what the pages could not do.
    """
    whole = len(tenants) * len(MONTH)
    for done, tenant in enumerate(tenants):
        with serving(tenant):
            house.divide()
            house.acknowledge()
            staff = Staff(at_work())
            for number, story in enumerate(MONTH):
                progress(tenant.name_en, done * len(MONTH) + number, whole)
                play(story, number + 30 * done, staff, versions.in_force(clock.today()).policy)
                db.session.commit()
            voices.speak(staff)
            settling.settle(staff)
            visiting.visit(staff, keeper(Permission.EDIT_SURVEYS))
            reviewing.review(staff)
            asking.ask(staff.with_(Permission.RUN_SURVEYS))
            fielding.go(staff)
            house.fill_library(keeper(Permission.EDIT_POLICY))
            sent_long_ago()
            db.session.commit()
    progress("", whole, whole)


def sent_long_ago() -> None:
    """What is older than two days has gone out, so that a demo does not begin with hundreds of letters."""
    old = (
        OutboxMessage.created_at < clock.now() - FRESH,
        OutboxMessage.state == "owed",
        OutboxMessage.means.in_(SENDS),
    )
    for message in db.session.scalars(select(OutboxMessage).where(*old)):
        message.state, message.sent_at = "sent", message.created_at
        jobs.settle("message", str(message.id))


def at_work() -> dict[str, Member]:
    """A member for each role, as somebody signed in would be."""
    found: dict[str, Member] = {}
    for member in db.session.scalars(select(Membership).where(Membership.state == "active")):
        permissions = frozenset(Permission(one) for role in member.roles for one in role.permissions)
        keys = frozenset(role.key for role in member.roles)
        someone = Member(member.id, uuid4(), member.name, member.locale, permissions, keys, member.branch_id)
        for key in keys:
            found.setdefault(key, someone)
    return found
