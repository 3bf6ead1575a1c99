"""Where somebody goes after signing in: only to a page of the same host."""

from urllib.parse import urlsplit

from silah.web.access import Member, Permission
from tenants.context import PLATFORM, place


def home() -> str:
    """The first page of whoever signs in here."""
    return "/console/associations" if place.get() is PLATFORM else "/desk/"


def for_other_work(member: Member) -> str:
    """The first page of a member whose work is not with cases."""
    pages = ((Permission.MANAGE_STAFF, "/admin/staff"), (Permission.MANAGE_BRANCHES, "/admin/branches"))
    return next((page for permission, page in pages if member.may(permission)), "/desk/associations")


def local(target: str | None) -> str:
    """The path that was asked for, if it is one of this host; else `home`."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or not target.isprintable():
        return home()
    parts = urlsplit(target)
    leads_away = parts.scheme or parts.netloc or parts.path.startswith(("/sign-", "/switched"))
    return home() if leads_away or "\\" in target else target
