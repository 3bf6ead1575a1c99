"""What a visit refuses."""

from flask_babel import lazy_gettext as _l

from silah.errors import Conflict


class NotPlanned(Conflict):
    """The visit was held or cancelled already."""

    message = _l("This visit was held or cancelled already; what it found stays as it is.")


class TooSoon(Conflict):
    """A visit cannot be held before its day has come."""

    message = _l("This visit is planned for a later day. Move it to today first.")
