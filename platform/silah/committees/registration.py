"""What committees and their meetings give the frames."""

from flask_babel import lazy_gettext as _l

from silah.committees import jobs, routes
from silah.desk.navigation_items import NavigationItem
from silah.feature import Feature
from silah.notifications.message_templates import MEETING_PLACES, Template
from silah.web.access import Permission

P = Permission

NAVIGATION = (
    NavigationItem("own", 30, "committees.mine", _l("Committees")),
    NavigationItem(
        "administration",
        200,
        "committees.admin",
        _l("Committees"),
        (P.MANAGE_STAFF,),
        icon="hand",
        about=_l("Who sits on each committee, as what, and for how long."),
    ),
)

MESSAGES = (
    Template("meeting_called", _l("A meeting of a committee is called"), "account", MEETING_PLACES, ("when", "link")),
    Template(
        "meeting_changed",
        _l("A meeting of a committee is changed"),
        "account",
        (*MEETING_PLACES, "changes"),
        ("changes", "when", "link"),
    ),
    Template(
        "meeting_cancelled",
        _l("A meeting of a committee is called off"),
        "account",
        ("meeting", "when", "reason"),
        ("meeting", "when"),
    ),
    Template("meeting_tomorrow", _l("A meeting of a committee is near"), "account", MEETING_PLACES, ("when", "link")),
    Template("minutes_to_sign", _l("Minutes await a signature"), "account", ("title",), ("title", "link")),
    Template("minutes_unsigned", _l("Minutes still await a signature"), "account", ("title",), ("title", "link")),
    Template("minutes_complete", _l("Minutes are complete"), "account", ("title",), ("title", "link")),
)

FEATURE = Feature(
    name="committees",
    blueprints=(routes.bp,),
    navigation=NAVIGATION,
    messages=MESSAGES,
    jobs=(jobs,),
)
