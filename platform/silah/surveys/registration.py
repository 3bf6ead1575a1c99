"""What surveys give the frames."""

from flask_babel import lazy_gettext as _l

from silah.desk.navigation_items import NavigationItem, NavigationSection
from silah.feature import Feature
from silah.notifications.message_templates import Template
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

PERMISSIONS = {
    P.EDIT_SURVEYS: _l("Write questionnaires, and set the rules of measuring satisfaction"),
    P.RUN_SURVEYS: _l("Open and close rounds of questionnaires"),
    P.SEE_SURVEYS: _l("See the results of questionnaires"),
}

MESSAGES = (
    Template("survey_invitation", _l("Somebody is asked for their view"), "account", ("title", "until"), ("link",)),
    Template("survey_reminder", _l("Somebody is asked for their view again"), "account", ("title", "until"), ("link",)),
    Template(
        "field_given", _l("A field survey is to be carried out"), "account", ("title", "until"), ("title", "link")
    ),
)

FEATURE = Feature(
    name="surveys",
    blueprints=(routes.bp,),
    navigation=NAVIGATION,
    navigation_sections=(NavigationSection("measuring", 20, _l("Measuring satisfaction")),),
    permissions=PERMISSIONS,
    messages=MESSAGES,
    jobs=(jobs,),
)
