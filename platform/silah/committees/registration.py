"""What committees and their meetings give the frames."""

from flask_babel import lazy_gettext as _l

from silah.committees import jobs, routes
from silah.desk.navigation_items import NavigationItem
from silah.feature import Feature
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

FEATURE = Feature(
    name="committees",
    blueprints=(routes.bp,),
    navigation=NAVIGATION,
    jobs=(jobs,),
)
