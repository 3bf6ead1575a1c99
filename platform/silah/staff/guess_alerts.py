"""Telling an association's administrators that somebody guesses at codes or passwords here."""

from flask_babel import force_locale
from flask_babel import gettext as _

from silah import clock, jobs
from silah.notifications.placeholders import Value
from silah.notifications.service import Recipient, send
from silah.organisation.holders import holders_of
from silah.web.access import Permission
from silah.web.guess_limits import ALERT, ONE_TIME_CODES, PASSWORDS, RECEIPT_CODES
from tenants.context import current_tenant


def owe_alert(kind: str, hour: str, count: int) -> None:
    """Owe the administrators of the present association an alert, one for each kind of guess and hour."""
    jobs.owe(ALERT, f"{kind}:{hour}", clock.now(), {"kind": kind, "count": count})


def tell_administrators(kind: str, count: int) -> None:
    """Owe every active member who manages the staff a message: what is guessed at, and how often within the hour."""
    for member in holders_of(Permission.MANAGE_STAFF):
        language = member.locale or current_tenant().locale
        with force_locale(language):
            context: dict[str, Value] = {"count": str(count), "guessed": describe_kind(kind)}
        send("guessing_alert", Recipient.of_member(member), language, context)


def describe_kind(kind: str) -> str:
    """Return what is guessed at, in the language of the page or message."""
    words: dict[str, str] = {
        RECEIPT_CODES.kind: _("receipt codes"),
        ONE_TIME_CODES.kind: _("one-time codes"),
        PASSWORDS.kind: _("staff passwords"),
    }
    return words[kind]
