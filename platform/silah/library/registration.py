"""What the library of guides and forms gives the frames."""

from flask_babel import lazy_gettext as _l

from silah.desk.navigation_items import NavigationItem
from silah.feature import Feature
from silah.library import jobs, routes
from silah.notifications.message_templates import Template
from silah.portal.home_parts import HomeLink
from silah.web.access import Permission

P = Permission

NAVIGATION = (
    NavigationItem("own", 10, "library.mine", _l("Library")),
    NavigationItem("administration", 40, "library.tools", _l("Library of guides and forms"), (P.EDIT_POLICY,)),
)

MESSAGES = (Template("to_read", _l("Something is to be read"), "account", ("title",), ("link",)),)

FEATURE = Feature(
    name="library",
    blueprints=(routes.bp,),
    navigation=NAVIGATION,
    messages=MESSAGES,
    jobs=(jobs,),
    home=(HomeLink(30, "library.for_everybody", _l("Forms and guides")),),
)
