"""What the library of guides and forms gives the frames."""

from flask_babel import lazy_gettext as _l

from silah.desk.navigation_items import NavigationItem
from silah.feature import Feature
from silah.library import jobs, routes
from silah.web.access import Permission

P = Permission

NAVIGATION = (
    NavigationItem("own", 10, "library.mine", _l("Library")),
    NavigationItem("administration", 40, "library.tools", _l("Library of guides and forms"), (P.EDIT_POLICY,)),
)

FEATURE = Feature(
    name="library",
    blueprints=(routes.bp,),
    navigation=NAVIGATION,
    jobs=(jobs,),
)
