"""What service requests give the frames."""

from flask_babel import lazy_gettext as _l

from silah.desk.navigation_items import NavigationItem
from silah.feature import Feature
from silah.intake import case_kinds, jobs
from silah.web.access import Permission

P = Permission

NAVIGATION = (
    NavigationItem("recording", 10, "desk.record", _l("Record a request"), (P.RECEIVE_REQUESTS,)),
    NavigationItem(
        "administration",
        50,
        "desk.request_types",
        _l("Request types"),
        (P.EDIT_REQUEST_TYPES,),
        icon="list",
        about=_l("The forms that the public fills in, their criteria and documents."),
    ),
)

FEATURE = Feature(
    name="intake",
    case_kinds=(case_kinds.REQUEST,),
    navigation=NAVIGATION,
    jobs=(jobs,),
)
