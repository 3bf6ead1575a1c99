"""What disputes and claims for compensation give the frames."""

from flask_babel import lazy_gettext as _l

from silah.desk.navigation_items import NavigationItem
from silah.feature import Feature
from silah.settlements import case_kinds, jobs, routes
from silah.web.access import Permission

P = Permission

NAVIGATION = (
    NavigationItem(
        "recording", 40, "settlements.record_dispute", _l("Record a dispute"), (P.RECEIVE_REQUESTS, P.ANSWER_COMPLAINTS)
    ),
    NavigationItem(
        "complaints",
        20,
        "settlements.promises",
        _l("Promises of agreements"),
        (P.ANSWER_COMPLAINTS, P.OVERSEE_COMPLAINTS, P.BIND_ASSOCIATION),
    ),
    NavigationItem(
        "administration",
        100,
        "settlements.settlement_rules",
        _l("Disputes and compensation"),
        (P.EDIT_SETTINGS,),
        icon="hand",
        about=_l("Who may accept what for the association, and on which grounds."),
    ),
)

FEATURE = Feature(
    name="settlements",
    blueprints=(routes.bp,),
    case_kinds=(
        case_kinds.DISPUTE_KIND,
        case_kinds.COMPENSATION_KIND,
    ),
    navigation=NAVIGATION,
    jobs=(jobs,),
)
