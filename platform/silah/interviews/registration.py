"""What interviews give the frames."""

from flask_babel import lazy_gettext as _l

from silah.desk.navigation_items import BENEFICIARY, NavigationItem
from silah.feature import Feature
from silah.interviews import routes, service
from silah.web.access import Permission

P = Permission

NAVIGATION = (
    NavigationItem(
        "measuring",
        50,
        "interviews.interviews",
        _l("Interviews"),
        (P.RUN_SURVEYS, P.SEE_SURVEYS, P.RECEIVE_REQUESTS, P.STUDY_REQUESTS),
    ),
    NavigationItem(BENEFICIARY, 10, "interviews.new", _l("Begin an interview"), service.CONDUCT),
)

FEATURE = Feature(
    name="interviews",
    blueprints=(routes.bp,),
    navigation=NAVIGATION,
)
