"""What supervisory visits give the frames."""

from flask_babel import lazy_gettext as _l

from silah.desk.navigation_items import NavigationItem
from silah.feature import Feature
from silah.notifications.message_templates import Template
from silah.visits import jobs, routes
from silah.web.access import Permission

P = Permission

NAVIGATION = (
    NavigationItem(
        "measuring", 40, "visits.visits", _l("Supervisory visits"), (P.SEE_SURVEYS, P.RUN_SURVEYS, P.SEE_CASES)
    ),
    NavigationItem("administration", 110, "visits.lists", _l("Checklists of visits"), (P.EDIT_SURVEYS,)),
)

MESSAGES = (Template("visit_planned", _l("A visit is to be made"), "account", ("office", "day"), ("office", "link")),)

FEATURE = Feature(
    name="visits",
    blueprints=(routes.bp,),
    navigation=NAVIGATION,
    messages=MESSAGES,
    jobs=(jobs,),
)
