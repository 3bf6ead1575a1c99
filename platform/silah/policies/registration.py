"""What the policy gives the frames."""

from flask_babel import lazy_gettext as _l

from silah.desk.navigation_items import NavigationItem
from silah.feature import Feature
from silah.policies import jobs, routes
from silah.web.access import Permission

P = Permission

NAVIGATION = (
    NavigationItem(
        "administration",
        20,
        "policies.overview",
        _l("Policy"),
        (P.EDIT_POLICY, P.APPROVE_POLICY),
        icon="file",
        about=_l("The policy, its versions, and what follows from it."),
    ),
)

FEATURE = Feature(
    name="policies",
    blueprints=(routes.bp,),
    navigation=NAVIGATION,
    jobs=(jobs,),
)
