"""What the calendar gives the frames."""

from flask_babel import lazy_gettext as _l

from silah.calendars import jobs, routes
from silah.desk.navigation_items import NavigationItem
from silah.feature import Feature
from silah.notifications.message_templates import Template
from silah.web.access import Permission

P = Permission

NAVIGATION = (
    NavigationItem(
        "administration",
        30,
        "calendars.year",
        _l("Calendar"),
        (P.EDIT_POLICY,),
        icon="calendar",
        about=_l("Holidays, special days, and the dates that they move."),
    ),
)

MESSAGES = (
    Template(
        "dates_moved",
        _l("The reply date moved because of a holiday"),
        "applicant",
        ("change", "promise"),
        ("change", "promise"),
    ),
    Template("dates_moved_staff", _l("A case has other dates because of a holiday"), "staff", ("change",), ("link",)),
    Template(
        "dates_moved_many", _l("Cases have other dates because of a holiday"), "account", ("count", "change"), ("link",)
    ),
)

FEATURE = Feature(
    name="calendars",
    blueprints=(routes.bp,),
    navigation=NAVIGATION,
    messages=MESSAGES,
    jobs=(jobs,),
)
