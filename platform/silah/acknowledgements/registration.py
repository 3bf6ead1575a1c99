"""What acknowledgements and notices give the frames."""

from flask_babel import lazy_gettext as _l

from silah.acknowledgements import jobs, notices, routes
from silah.desk.navigation_items import NavigationItem
from silah.feature import Feature
from silah.notifications.message_templates import Template
from silah.portal.home_parts import HomeSection
from silah.web.access import Permission

P = Permission

NAVIGATION = (
    NavigationItem("own", 20, "acknowledgements.mine", _l("To read and sign")),
    NavigationItem(
        "administration",
        170,
        "acknowledgements.campaigns",
        _l("Who has read and signed"),
        (P.FOLLOW_ACKNOWLEDGEMENTS,),
        icon="check",
        about=_l("Who has read the policy, the code of ethics and the regulations."),
    ),
    NavigationItem(
        "administration",
        180,
        "acknowledgements.all_notices",
        _l("Notices to the public"),
        (P.EDIT_POLICY, P.FOLLOW_ACKNOWLEDGEMENTS, P.EDIT_SETTINGS),
        icon="message",
        about=_l("What the public is told when something changes."),
    ),
)

PERMISSIONS = {
    P.FOLLOW_ACKNOWLEDGEMENTS: _l("Follow who has read and signed the policy"),
}

MESSAGES = (
    Template("public_notice", _l("A notice to the public is sent on"), "applicant", ("title", "text"), ("title",)),
    Template("to_sign", _l("Something is to be read and signed"), "account", ("title",), ("link",)),
    Template("copy", _l("A department gets its copy"), "account", ("title",), ("title",)),
)

FEATURE = Feature(
    name="acknowledgements",
    blueprints=(routes.bp,),
    navigation=NAVIGATION,
    permissions=PERMISSIONS,
    messages=MESSAGES,
    jobs=(jobs,),
    home=(HomeSection(10, "acknowledgements/home.html", notices.fresh, place="top"),),
)
