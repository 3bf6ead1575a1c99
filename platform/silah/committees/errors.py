"""What can go wrong in a committee's meeting room, each named for what happened."""

from flask_babel import lazy_gettext as _l

from silah.errors import Conflict, Forbidden


class NotSeated(Forbidden):
    """The person holds no seat on the committee."""

    message = _l("Only those who sit on the committee enter its meeting room.")


class NotConducting(Forbidden):
    """The person sits on the committee, and neither presides over it nor keeps its minutes."""

    message = _l("Only the chair and the secretary conduct the meeting.")


class MeetingChanged(Conflict):
    """Somebody else changed the meeting since the page was drawn."""

    message = _l("Somebody else changed this meeting first. Look at how it stands, then send again if it still holds.")


class NotPossible(Conflict):
    """The meeting or the item does not allow it as it stands; the message says why."""


class NoQuorum(Conflict):
    """Too few attend for the committee to decide."""


class Undecided(Conflict):
    """The votes decide nothing; the message says why."""


class MinutesAltered(Conflict):
    """The minutes are not what was written: their digest differs."""

    message = _l("These minutes are not as they were written. Do not rely on them, and tell the platform's operator.")
