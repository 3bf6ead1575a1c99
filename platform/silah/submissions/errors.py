"""What is refused of a form that was sent before."""

from flask_babel import lazy_gettext as _l

from silah.errors import Conflict


class AlreadyReceived(Conflict):
    """The form was taken before, and not from this browser or not with this content."""

    message = _l("This form was already received. It was not recorded a second time.")
