"""What can stand in the way of an answer or of a round."""

from flask_babel import lazy_gettext as _l

from silah.errors import Conflict


class NotOpen(Conflict):
    """The round takes no answers: not yet, or no longer."""

    message = _l("This questionnaire is closed. Thank you for your willingness.")


class AlreadyAnswered(Conflict):
    """A personal link is good for one answer."""

    message = _l("This link has been used: the answers have reached us. Thank you.")


class Full(Conflict):
    """As many have answered as were wanted."""

    message = _l("We have received as many answers as we asked for. Thank you for your willingness.")


class NotInOrder(Conflict):
    """A questionnaire with faults makes no round."""

    message = _l("The questionnaire is not in order yet. Put right what its page says, then make the round.")
