"""What figures give the frames."""

from flask_babel import lazy_gettext as _l

from silah.complaints.rules import rules
from silah.desk.navigation_items import NavigationItem
from silah.feature import Feature
from silah.figures import jobs, routes
from silah.portal.home_parts import HomeLink
from silah.web.access import Permission

P = Permission

NAVIGATION = (NavigationItem("people", 10, "figures.figures", _l("Figures"), (P.SEE_CASES, P.SEE_ALL_CASES)),)

FEATURE = Feature(
    name="figures",
    blueprints=(routes.bp,),
    navigation=NAVIGATION,
    jobs=(jobs,),
    home=(HomeLink(50, "figures.statistics", _l("Statistics"), is_shown=lambda policy: rules().public_statistics),),
)
