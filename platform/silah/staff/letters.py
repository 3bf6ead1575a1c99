"""The letters to members of staff: what they say is a message template, what they lead to is a single-use link."""

from flask import current_app

from silah import clock
from silah.config import Settings
from silah.notifications.service import Recipient, send
from silah.staff import tokens
from silah.staff.models import Membership
from silah.staff.service import Person
from tenants.context import current_tenant


def invitation(member: Membership, secret: str, invited_by: str) -> None:
    """Tell somebody that they are invited, by whom, and where to accept."""
    _send(
        "invitation", member.email, member.name, member.locale, "invite", f"/invitation/{secret}", invited_by=invited_by
    )


def password_reset(person: Person, secret: str) -> None:
    """Send somebody the link with which they choose another password."""
    _send("password_reset", person.email, person.name, person.locale, "reset", f"/password/{secret}")


def _send(
    key: str, email: str, name: str, locale: str | None, purpose: tokens.Purpose, path: str, **words: str
) -> None:
    here, settings = current_tenant(), _settings()
    language = locale or here.locale
    send(
        key,
        to=Recipient(means="email", address=email, name=name),
        locale=language,
        context={
            "name": name,
            "association": (here.name_en if language == "en" else here.name_ar) or here.name_ar,
            "link": settings.address(here.slug) + path,
            "until": clock.now() + tokens.LIFETIMES[purpose],
            **words,
        },
    )


def _settings() -> Settings:
    found: Settings = current_app.config["SILAH"]
    return found
