"""Following a complaint or an inquiry: where it stands, the answer, and what one can do about it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import flash
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah.cases.models import Case
from silah.cases.states import State
from silah.cases.workflow import perform
from silah.complaints import inquiries, post_reply
from silah.complaints.models import ASKED, COMPLAINT, complaint_of
from silah.complaints.portal_forms import AgainForm, ObjectionForm
from silah.complaints.portal_routes import bp
from silah.portal import followed_cases
from silah.portal.rate_limits import writing
from silah.portal.tracking_registry import TrackingPage, Withdrawal
from silah.portal.tracking_routes import draw_case, return_to
from silah.submissions.idempotency import sent_once
from silah.web.access import public

STORY: dict[str, Any] = {
    "answered": _l("We answered"),
    "complainant_asked": _l("We asked you something"),
    "complainant_answered": _l("You answered"),
    "rated": _l("You told us whether the answer satisfies you"),
    "objected": _l("You objected, and a higher body hears it"),
}
"""What the applicant is told of each entry of the timeline."""


def complaint_facts(case: Case) -> dict[str, Any]:
    """Return what a complaint adds to the page where it is followed."""
    complaint = complaint_of(case)
    return {
        "said": complaint.text,
        "answer": complaint.answer if case.replied_at is not None else None,
        "asks_satisfaction": case.state is State.REPLIED and complaint.satisfied is None,
        "may_object": post_reply.may_object(case, complaint),
        "may_ask_again": False,
    }


def inquiry_facts(case: Case) -> dict[str, Any]:
    """Return what an inquiry or a suggestion adds to the page where it is followed."""
    inquiry = inquiries.of(case)
    return {
        "said": inquiry.text,
        "answer": inquiry.answer if case.replied_at is not None else None,
        "asks_satisfaction": False,
        "may_object": False,
        "may_ask_again": case.state is State.REPLIED,
    }


@bp.post("/follow/<uuid:id>/rate/<any(yes, no):how>")
@public
@writing
def rate(id: UUID, how: str) -> Any:
    """Say whether the answer satisfies."""
    perform(followed_cases.followed(id, COMPLAINT), "rate", None, {"satisfied": how == "yes"})
    flash(_("Thank you for telling us."), "good")
    return return_to(id)


@bp.post("/follow/<uuid:id>/object")
@public
@writing
@sent_once
def object_to(id: UUID) -> Any:
    """Object to the answer, once."""
    case, form = followed_cases.followed(id, COMPLAINT), ObjectionForm()
    if not form.validate_on_submit():
        return draw_case(case, objection_form=form), 422
    perform(case, "object", None, {"reasons": form.reasons.data})
    flash(_("Your objection is received. A higher body hears it."), "good")
    return return_to(id)


@bp.post("/follow/<uuid:id>/again")
@public
@writing
@sent_once
def again(id: UUID) -> Any:
    """The answer did not help: ask again."""
    case, form = followed_cases.followed(id, *ASKED), AgainForm()
    if not form.validate_on_submit():
        return draw_case(case, again_form=form), 422
    perform(case, "reopen", None, {"reason": form.reason.data})
    flash(_("We look at it again."), "good")
    return return_to(id)


COMPLAINT_PAGE = TrackingPage(
    template="complaints/portal/tracking.html",
    facts=complaint_facts,
    forms={"objection_form": ObjectionForm, "again_form": AgainForm},
    story=STORY,
    withdrawal=Withdrawal(
        warning=_l("It will not be answered. This cannot be undone here."),
        done=_l("It is taken back, and will not be answered."),
    ),
)
INQUIRY_PAGE = replace(
    COMPLAINT_PAGE,
    facts=inquiry_facts,
    withdrawal=replace(COMPLAINT_PAGE.withdrawal, takes_reason=False),
)
