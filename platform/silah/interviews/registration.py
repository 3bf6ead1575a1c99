"""What interviews give the frames."""

from flask_babel import lazy_gettext as _l

from silah.desk.navigation_items import NavigationItem
from silah.feature import Feature
from silah.interviews import routes
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
)

FEATURE = Feature(
    name="interviews",
    blueprints=(routes.bp,),
    navigation=NAVIGATION,
)
