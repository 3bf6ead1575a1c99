"""What complaints, inquiries, suggestions and technical support give the frames."""

from flask_babel import lazy_gettext as _l

from silah.cases.reindexing import IndexedTable
from silah.complaints import (
    case_kinds,
    jobs,
    portal_routes,
    portal_tracking,
    recording_forms,
    routes,
    workflow,
)
from silah.complaints.models import ASKED, COMPLAINT, PublicAnswer
from silah.complaints.public_answers import index_answer
from silah.desk.navigation_items import NavigationItem, NavigationSection
from silah.feature import Feature
from silah.notifications.message_templates import Template
from silah.portal.home_parts import HomeDoor, HomeLink
from silah.web.access import Permission

P = Permission

NAVIGATION = (
    NavigationItem(
        "recording",
        20,
        "desk.record_case",
        _l("Record a complaint"),
        (P.RECEIVE_REQUESTS, P.ANSWER_COMPLAINTS),
        values={"key": "complaint"},
    ),
    NavigationItem(
        "recording",
        30,
        "desk.record_case",
        _l("Record an inquiry"),
        (P.RECEIVE_REQUESTS, P.ANSWER_INQUIRIES),
        values={"key": "inquiry"},
    ),
    NavigationItem("complaints", 10, "complaints.board", _l("Complaints"), (P.ANSWER_COMPLAINTS, P.OVERSEE_COMPLAINTS)),
    NavigationItem(
        "complaints",
        30,
        "complaints.load",
        _l("Inquiries and suggestions"),
        (P.ANSWER_INQUIRIES, P.OVERSEE_CASES, P.OVERSEE_COMPLAINTS),
    ),
    NavigationItem(
        "complaints", 40, "complaints.published", _l("Answers for everybody"), (P.PUBLISH_ANSWERS, P.ANSWER_INQUIRIES)
    ),
    NavigationItem("administration", 80, "complaints.liaison", _l("Liaison officers"), (P.EDIT_SETTINGS,)),
    NavigationItem("administration", 90, "complaints.complaint_rules", _l("Rules for complaints"), (P.EDIT_SETTINGS,)),
)

PERMISSIONS = {
    P.ANSWER_INQUIRIES: _l("Answer inquiries"),
    P.PUBLISH_ANSWERS: _l("Publish answers for everybody"),
    P.ANSWER_COMPLAINTS: _l("Handle and answer complaints"),
    P.OVERSEE_COMPLAINTS: _l("Oversee the complaints link, and be told of what is late there"),
}

MESSAGES = (
    Template("complaint_received", _l("A complaint was received"), "applicant", needs=("reference",)),
    Template("complaint_answered", _l("A complaint was answered"), "applicant", ("answer",), ("answer",)),
    Template("complaint_objected", _l("An objection to an answer was received"), "applicant", needs=("reference",)),
    Template("complaint_came", _l("A complaint is to be handled"), "staff", needs=("link",)),
    Template("inquiry_received", _l("An inquiry or suggestion was received"), "applicant", needs=("reference",)),
    Template("inquiry_answered", _l("An inquiry or suggestion was answered"), "applicant", ("answer",), ("answer",)),
    Template("inquiry_came", _l("An inquiry or suggestion is to be answered"), "staff", needs=("link",)),
)


HOME = (
    HomeDoor(
        position=30,
        endpoint="voices.complaint",
        icon="message",
        label=lambda policy: _l("Make a complaint"),
        about=_l("Tell us what went wrong. Whom it is about does not see it."),
    ),
    HomeDoor(
        position=40,
        endpoint="voices.inquiry",
        icon="question",
        label=lambda policy: _l("Ask a question"),
        about=_l("Ask, suggest, or tell us of trouble with a channel."),
    ),
    HomeLink(20, "voices.answers", _l("Answers to what is often asked")),
)


FEATURE = Feature(
    name="complaints",
    blueprints=(
        routes.bp,
        portal_routes.bp,
    ),
    case_kinds=(
        case_kinds.COMPLAINT_KIND,
        case_kinds.INQUIRY_KIND,
        case_kinds.SUGGESTION_KIND,
        case_kinds.SUPPORT_KIND,
    ),
    workflows=workflow.WORKFLOWS,
    navigation=NAVIGATION,
    navigation_sections=(NavigationSection("complaints", 10, _l("Complaints and inquiries")),),
    permissions=PERMISSIONS,
    messages=MESSAGES,
    jobs=(jobs,),
    tracking={COMPLAINT: portal_tracking.COMPLAINT_PAGE, **dict.fromkeys(ASKED, portal_tracking.INQUIRY_PAGE)},
    recording=recording_forms.PAGES,
    home=HOME,
    searched={"public_answer": IndexedTable(PublicAnswer, index_answer)},
)
