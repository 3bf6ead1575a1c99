"""What the programme refuses."""

from flask_babel import lazy_gettext as _l

from silah.errors import Conflict


class HeldAlready(Conflict):
    """A review that was held stays as it is."""

    message = _l("This review was held already, and stays as it is.")
