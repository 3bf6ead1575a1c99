"""What corrective actions give the frames."""

from flask_babel import lazy_gettext as _l

from silah.corrective import jobs, routes
from silah.desk.navigation_items import NavigationItem
from silah.feature import Feature
from silah.notifications.message_templates import Template
from silah.web.access import Permission

P = Permission

NAVIGATION = (
    NavigationItem("complaints", 50, "corrective.mine", _l("My corrective actions"), (P.SEE_CASES, P.SEE_ALL_CASES)),
)

MESSAGES = (
    Template("action_set", _l("A corrective action is to be done"), "account", ("text", "due"), ("text", "link")),
)

FEATURE = Feature(
    name="corrective",
    blueprints=(routes.bp,),
    navigation=NAVIGATION,
    messages=MESSAGES,
    jobs=(jobs,),
)
