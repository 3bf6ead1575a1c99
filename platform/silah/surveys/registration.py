"""What surveys give the frames."""

from flask_babel import lazy_gettext as _l

from silah.desk.navigation_items import NavigationItem
from silah.feature import Feature
from silah.surveys import jobs, routes
from silah.web.access import Permission

P = Permission

NAVIGATION = (
    NavigationItem("measuring", 20, "surveys.survey_rounds", _l("Surveys"), (P.RUN_SURVEYS, P.SEE_SURVEYS)),
    NavigationItem("measuring", 30, "surveys.field", _l("Field surveys"), (P.RECEIVE_REQUESTS, P.RUN_SURVEYS)),
    NavigationItem(
        "administration",
        70,
        "surveys.questionnaires",
        _l("Questionnaires"),
        (P.EDIT_SURVEYS,),
        icon="question",
        about=_l("What beneficiaries and staff are asked, and how often."),
    ),
)

FEATURE = Feature(
    name="surveys",
    blueprints=(routes.bp,),
    navigation=NAVIGATION,
    jobs=(jobs,),
)
