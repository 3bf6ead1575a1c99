"""Who is at the desk."""

from silah.errors import NotSignedIn
from silah.web.access import Member, current_member


def worker() -> Member:
    """The member at work on this request; raises NotSignedIn where a page was opened to nobody."""
    member = current_member()
    if member is None:
        raise NotSignedIn
    return member
