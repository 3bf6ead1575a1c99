"""What an interview refuses."""

from flask_babel import lazy_gettext as _l

from silah.errors import Conflict


class IsOver(Conflict):
    """What was noted stands once the interview is over."""

    message = _l("This interview is over; what was noted stays as it is.")
