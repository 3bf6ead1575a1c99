"""What disputes and claims for compensation give the frames."""

from flask_babel import lazy_gettext as _l

from silah.cases.states import State
from silah.desk.navigation_items import NavigationItem
from silah.desk.work_queues import Pile
from silah.feature import Feature
from silah.notifications.message_templates import Template
from silah.portal.home_parts import HomeLink
from silah.settlements import case_kinds, jobs, portal_tracking, recording_forms, routes, workflow
from silah.settlements.models import COMPENSATION, DISPUTE
from silah.web.access import Permission

P = Permission

NAVIGATION = (
    NavigationItem(
        "recording",
        40,
        "desk.record_case",
        _l("Record a dispute"),
        (P.RECEIVE_REQUESTS, P.ANSWER_COMPLAINTS),
        values={"key": DISPUTE},
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

PERMISSIONS = {
    P.BIND_ASSOCIATION: _l("Accept settlements and compensation in the association's name, up to a limit"),
}

MESSAGES = (
    Template("settlement_received", _l("A dispute or a claim was received"), "applicant", ("code_of",), ("reference",)),
    Template("settlement_came", _l("A dispute or a claim is to be handled"), "staff", needs=("link",)),
    Template(
        "offer_made", _l("The association made an offer"), "applicant", ("amount", "text", "due"), ("due", "link")
    ),
    Template("offer_confirm", _l("The association accepted an offer"), "applicant", ("amount", "due"), ("link",)),
    Template("offer_refused", _l("The association refused an offer"), "applicant", ("reason",), ("reason",)),
    Template("offer_expired", _l("An offer has expired"), "applicant", ("amount", "due"), ("link",)),
    Template("offer_came", _l("The beneficiary made an offer"), "staff", needs=("link",)),
    Template("offer_answered", _l("An offer was answered, or has expired"), "staff", needs=("link",)),
    Template("agreement_made", _l("An agreement was reached"), "applicant", needs=("link",)),
    Template("agreement_reached", _l("An agreement was reached (to staff)"), "staff", needs=("link",)),
    Template("promise_due", _l("A promise of the association falls due"), "staff", needs=("link",)),
    Template(
        "promise_due_yours", _l("A promise of the beneficiary falls due"), "applicant", ("text", "due"), ("text",)
    ),
    Template("proof_came", _l("The beneficiary handed in the proof of a promise"), "staff", needs=("link",)),
    Template("proof_sent_back", _l("A proof was not enough"), "applicant", ("text", "reason"), ("reason", "link")),
    Template("referred_out", _l("A case was referred to a court or authority"), "applicant", ("text",), ("text",)),
    Template("result_known", _l("A court or authority has decided"), "applicant", ("text",), ("text",)),
    Template("compensation_paid", _l("A compensation was paid"), "applicant", ("amount", "due"), ("amount",)),
    Template(
        "amount_paid",
        _l("An amount that was agreed in a dispute was paid"),
        "applicant",
        ("amount", "due"),
        ("amount",),
    ),
    Template("settlement_ended", _l("It ended without an agreement"), "applicant", ("reason",), ("reason",)),
    Template("settlement_closed", _l("A settled case was closed"), "applicant", needs=("reference",)),
)


PILES = {
    70: Pile(state=State.UNDER_STUDY, permissions=(P.BIND_ASSOCIATION,), kind=DISPUTE),
    80: Pile(state=State.UNDER_STUDY, permissions=(P.BIND_ASSOCIATION,), kind=COMPENSATION),
    90: Pile(state=State.DECIDED, permissions=(P.BIND_ASSOCIATION,), kind=COMPENSATION),
}
"""What waits for whoever may bind the association."""

HOME_LINK = HomeLink(
    10,
    "settlements.claim",
    _l("Claim compensation for harm that the association caused"),
    place="doors",
    is_shown=lambda policy: policy.compensation is not None,
)


FEATURE = Feature(
    name="settlements",
    blueprints=(routes.bp,),
    case_kinds=(
        case_kinds.DISPUTE_KIND,
        case_kinds.COMPENSATION_KIND,
    ),
    workflows=workflow.WORKFLOWS,
    added_transitions=workflow.ADDED,
    navigation=NAVIGATION,
    permissions=PERMISSIONS,
    messages=MESSAGES,
    jobs=(jobs,),
    tracking=dict.fromkeys((COMPENSATION, DISPUTE), portal_tracking.PAGE),
    recording=recording_forms.PAGES,
    work_queues=PILES,
    home=(HOME_LINK,),
)
