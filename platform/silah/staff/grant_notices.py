"""Messages about grants that wait: to every administrator who may confirm one."""

from collections.abc import Iterable

from flask_babel import force_locale
from flask_babel import gettext as _

from silah.documents.addresses import association_address
from silah.notifications.placeholders import Value
from silah.notifications.service import Recipient, send
from silah.organisation.models import Membership, PendingGrant
from silah.organisation.names import named
from tenants.context import current_tenant


def tell_confirmers(grant: PendingGrant, confirmers: Iterable[Membership]) -> None:
    """Owe each of these administrators word of a grant that waits: what it gives, and who asked for it."""
    for one in confirmers:
        language = one.locale or current_tenant().locale
        with force_locale(language):
            context: dict[str, Value] = {
                "grant": describe_grant(grant),
                "asker": grant.asker.name,
                "link": association_address("/admin/grants"),
            }
        send("grant_waiting", Recipient.of_member(one), language, context)


def describe_grant(grant: PendingGrant) -> str:
    """Return what a grant is to give, in the language of the page or message."""
    if grant.member is None:
        return str(_("More permissions for the role %(role)s", role=named(grant.role)))
    return str(_("Role %(role)s for %(name)s", name=grant.member.name, role=named(grant.role)))
