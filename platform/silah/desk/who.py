"""Who is at the desk."""

from silah.access import Member, current_member
from silah.errors import NotSignedIn


def worker() -> Member:
    """The member at work on this request; raises NotSignedIn where a page was opened to nobody."""
    member = current_member()
    if member is None:
        raise NotSignedIn
    return member
