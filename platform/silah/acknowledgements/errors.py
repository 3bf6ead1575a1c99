"""What is refused when something is acknowledged."""

from flask_babel import lazy_gettext as _l

from silah.errors import Conflict, Forbidden


class Ended(Conflict):
    """The campaign asks nobody any more: a later version took its place."""

    message = _l("This is no longer asked for. A later document has taken its place.")


class AlreadySigned(Conflict):
    """One signs once."""

    message = _l("You have signed this already.")


class NotAsked(Forbidden):
    """Whoever is exempt, or has left, is not asked to sign."""

    message = _l("You are not among those who are asked to acknowledge this.")
