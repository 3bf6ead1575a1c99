"""What can go wrong with the calendar, each named for what happened."""

from flask_babel import lazy_gettext as _l

from silah.errors import Conflict


class CalendarChanged(Conflict):
    """Somebody else changed the calendar since the page was drawn."""

    message = _l("The calendar changed since you opened this page. See what would follow now, then confirm again.")
