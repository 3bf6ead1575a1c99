"""What figures give the frames."""

from flask_babel import lazy_gettext as _l

from silah.desk.navigation_items import NavigationItem
from silah.feature import Feature
from silah.figures import jobs, routes
from silah.web.access import Permission

P = Permission

NAVIGATION = (NavigationItem("people", 10, "figures.figures", _l("Figures"), (P.SEE_CASES, P.SEE_ALL_CASES)),)

FEATURE = Feature(
    name="figures",
    blueprints=(routes.bp,),
    navigation=NAVIGATION,
    jobs=(jobs,),
)
