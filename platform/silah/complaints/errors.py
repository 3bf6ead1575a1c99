"""What can be refused about complaints, inquiries and settlements, in the reader's language."""

from flask_babel import lazy_gettext as _l

from silah.errors import Conflict, Forbidden


class NotAnonymous(Conflict):
    """The association takes complaints by name only."""

    message = _l("This association takes complaints with a name. Your name is known only to those who handle them.")


class NotYours(Forbidden):
    """Somebody else handles this complaint."""

    message = _l("This complaint is handled by another body.")


class ObjectedAlready(Conflict):
    """There is one objection, and it was made."""

    message = _l("An objection can be made once, and it has been made.")


class TooLate(Conflict):
    """The days for an objection have passed."""

    message = _l("The days for an objection have passed. You can make a new complaint.")
