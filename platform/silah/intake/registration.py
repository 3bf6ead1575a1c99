"""What service requests give the frames."""

from flask_babel import lazy_gettext as _l

from silah.cases.states import State
from silah.desk.navigation_items import NavigationItem
from silah.desk.work_queues import Pile
from silah.feature import Feature
from silah.intake import (  # noqa: F401  # the views of the public pages hang themselves on the portal's blueprint
    apply_routes,
    attest_routes,
    case_kinds,
    choose_routes,
    desk_routes,
    jobs,
    request_catalogue,
    send_routes,
    tracking_actions,
    tracking_presenter,
    tracking_routes,
    workflow,
)
from silah.intake.models import KIND
from silah.notifications.message_templates import Template
from silah.portal.home_parts import HomeDoor, HomeSection
from silah.web.access import Permission

P = Permission

NAVIGATION = (
    NavigationItem("recording", 10, "requests.record", _l("Record a request"), (P.RECEIVE_REQUESTS,)),
    NavigationItem("recording", 50, "requests.drafts", _l("My drafts"), (P.RECEIVE_REQUESTS,)),
    NavigationItem(
        "administration",
        50,
        "requests.request_types",
        _l("Request types"),
        (P.EDIT_REQUEST_TYPES,),
        icon="list",
        about=_l("The forms that the public fills in, their criteria and documents."),
    ),
)

PERMISSIONS = {
    P.ATTEST_FOR_APPLICANT: _l("Take the applicant's attestation at the desk"),
    P.STUDY_REQUESTS: _l("Study requests and recommend"),
    P.DECIDE_REQUESTS: _l("Decide on requests"),
    P.RELEASE_REPLIES: _l("Send replies to applicants"),
    P.RELEASE_EARLY: _l("Send a reply before its earliest date, with a recorded reason"),
    P.DELIVER_SERVICES: _l("Complete registration and deliver services"),
    P.EDIT_REQUEST_TYPES: _l("Edit request types and their forms"),
}

MESSAGES = (
    Template("received", _l("A request was received"), "applicant", needs=("reference",)),
    Template("missing", _l("Something is missing"), "applicant", ("items", "remark"), ("items",)),
    Template("complete", _l("The request is complete"), "applicant", ("promise",), ("promise",)),
    Template("attest_again", _l("The data must be attested again"), "applicant", needs=("link",)),
    Template("replied", _l("The reply was sent"), "applicant", ("outcome", "reasons"), ("outcome",)),
    Template("reply_stopped", _l("A scheduled reply was not sent"), "staff", needs=("link",)),
    Template("registered", _l("The registration was completed"), "applicant"),
    Template("delivered", _l("The service was delivered"), "applicant", ("what",), ("link",)),
)


PILES = {
    40: Pile(state=State.RECOMMENDED, permissions=(P.DECIDE_REQUESTS,)),
    50: Pile(state=State.UNDER_STUDY, permissions=(P.STUDY_REQUESTS, P.DECIDE_REQUESTS)),
    60: Pile(state=State.DECIDED, permissions=(P.RELEASE_REPLIES,)),
    100: Pile(state=State.RECEIVED, permissions=(P.CHECK_COMPLETENESS,)),
}
"""What waits for whoever studies, decides and checks requests."""

ASKED_FOR = {"service": _l("Request a service"), "support": _l("Request support"), "aid": _l("Request aid")}
"""What the door to a request is called, by the policy's own word."""

HOME = (
    HomeDoor(
        position=10,
        endpoint="portal.choose",
        icon="hand",
        label=lambda policy: ASKED_FOR[policy.request_word],
        about=_l("Ask for a service or support, step by step. You can stop and go on later."),
    ),
    HomeSection(10, "intake/portal/home.html", request_catalogue.list_offered_forms),
)


FEATURE = Feature(
    name="intake",
    blueprints=(desk_routes.bp,),
    case_kinds=(case_kinds.REQUEST,),
    workflows=(workflow.WORKFLOW,),
    navigation=NAVIGATION,
    permissions=PERMISSIONS,
    messages=MESSAGES,
    jobs=(jobs,),
    tracking={KIND: tracking_presenter.PAGE},
    work_queues=PILES,
    home=HOME,
)
