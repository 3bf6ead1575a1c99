"""The letters to members of staff: what they say is a message template, what they lead to is a single-use link."""

from silah.documents.addresses import association_address
from silah.notifications.service import Recipient, send
from silah.organisation.models import Membership
from silah.staff import tokens
from silah.staff.service import Person
from tenants.context import current_tenant


def invitation(member: Membership, secret: str) -> None:
    """Tell somebody that they are invited, and where to accept."""
    link, days = association_address(f"/invitation/{secret}"), str(tokens.LIFETIMES["invite"].days)
    to = Recipient("email", member.email, member.name)
    send("invitation", to, member.locale or current_tenant().locale, {"link": link, "days": days})


def password_reset(person: Person, name: str, secret: str) -> None:
    """Send somebody the link with which they choose another password, to the address that they sign in with."""
    link = association_address(f"/password/{secret}")
    minutes = str(int(tokens.LIFETIMES["reset"].total_seconds() // 60))
    to = Recipient("email", person.email, name)
    send("password_reset", to, person.locale or current_tenant().locale, {"link": link, "minutes": minutes})


def code_reset(member: Membership) -> None:
    """Tell somebody that signing in asks for no code until they set it up again."""
    to = Recipient("email", member.email, member.name)
    send("code_reset", to, member.locale or current_tenant().locale, {"link": association_address("/desk/account")})
