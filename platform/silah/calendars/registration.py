"""What the calendar gives the frames."""

from flask_babel import lazy_gettext as _l

from silah.calendars import jobs, routes
from silah.desk.navigation_items import NavigationItem
from silah.feature import Feature
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

FEATURE = Feature(
    name="calendars",
    blueprints=(routes.bp,),
    navigation=NAVIGATION,
    jobs=(jobs,),
)
