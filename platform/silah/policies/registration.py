"""What the policy gives the frames."""

from flask_babel import lazy_gettext as _l

from silah.desk.navigation_items import NavigationItem
from silah.feature import Feature
from silah.notifications.message_templates import Template
from silah.policies import (
    jobs,
    portal_routes,  # noqa: F401  # its views hang themselves on the blueprint of the portal
    routes,
)
from silah.portal.home_parts import HomeLink
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

PERMISSIONS = {
    P.EDIT_POLICY: _l("Edit the policy"),
    P.APPROVE_POLICY: _l("Approve the policy"),
}

MESSAGES = (
    Template("policy_in_force", _l("A version of the policy came into force"), "staff", ("version", "open"), ("link",)),
    Template("policy_review", _l("The policy is to be reviewed"), "staff", ("version", "due"), ("link",)),
)

FEATURE = Feature(
    name="policies",
    blueprints=(routes.bp,),
    navigation=NAVIGATION,
    permissions=PERMISSIONS,
    messages=MESSAGES,
    jobs=(jobs,),
    home=(HomeLink(10, "portal.policy_page", _l("Read the policy")),),
)
