"""What the programme of measuring satisfaction gives the frames."""

from flask_babel import lazy_gettext as _l

from silah.desk.navigation_items import NavigationItem
from silah.feature import Feature
from silah.notifications.message_templates import Template
from silah.portal.home_parts import HomeLink
from silah.programme import comparison_routes, jobs, routes
from silah.web.access import Permission

P = Permission

NAVIGATION = (
    NavigationItem(
        "measuring",
        10,
        "programme.programme",
        _l("Programme of measuring satisfaction"),
        (P.SEE_SURVEYS, P.OVERSEE_COMPLAINTS),
    ),
)

MESSAGES = (
    Template("review_waits", _l("A standing review waits"), "account", ("first", "last"), ("first", "last", "link")),
)

FEATURE = Feature(
    name="programme",
    blueprints=(
        routes.bp,
        comparison_routes.bp,
    ),
    navigation=NAVIGATION,
    messages=MESSAGES,
    jobs=(jobs,),
    home=(HomeLink(40, "programme.you_said", _l("You said, we did")),),
)
