"""Telling those who keep the policy: what came into force, and that a review is due."""

from collections.abc import Callable

from flask_babel import force_locale

from silah.documents.addresses import association_address
from silah.notifications import service as notifications
from silah.notifications.placeholders import Value
from silah.notifications.service import Recipient
from silah.organisation.holders import holders_of
from silah.web.access import Permission
from tenants.context import current_tenant
from tenants.versions import PolicyVersion


def keepers(template: str, version: PolicyVersion, said: Callable[[], dict[str, Value]]) -> None:
    """Owe each of those who edit or approve the policy a message; ``said`` is put into words in their language."""
    people = {one.id: one for may in (Permission.EDIT_POLICY, Permission.APPROVE_POLICY) for one in holders_of(may)}
    for person in people.values():
        locale = person.locale or current_tenant().locale
        with force_locale(locale):
            context = {**said(), "link": association_address(f"/admin/policy/{version.id}")}
        notifications.send(template, Recipient.of_member(person), locale, context)
