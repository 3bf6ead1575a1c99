"""Following a complaint or an inquiry: where it stands, the answer, and what one can do about it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from silah import clock
from silah.cases import contact_tasks, kinds, messages
from silah.cases.models import Case
from silah.cases.states import STATE_TONES, UNANSWERED, State
from silah.complaints import handling, inquiries, moves, post_reply
from silah.complaints.models import ASKED, COMPLAINT
from silah.complaints.portal_forms import AgainForm, ObjectionForm
from silah.complaints.portal_routes import bp
from silah.errors import Invalid, NotFound
from silah.portal import case_offers, followed_cases, public_timeline
from silah.portal.forms import MessageForm
from silah.portal.rate_limits import writing
from silah.submissions.idempotency import sent_once
from silah.web.access import public


def page(case: Case, **forms: Any) -> Any:
    """The tracking page of a complaint, an inquiry or a suggestion."""
    given = {
        "message_form": MessageForm(formdata=None),
        "objection_form": ObjectionForm(formdata=None),
        "again_form": AgainForm(formdata=None),
        **forms,
    }
    written = messages.of(case, for_applicant=True)
    shown = make_response(render_template("complaints/portal/tracking.html", **_facts(case, written), **given))
    if any(one.direction == "out" and one.seen_at is None for one in written):
        messages.mark_seen(case, by_applicant=True)
    shown.headers["Cache-Control"] = "no-store"
    return shown


def _facts(case: Case, written: Any) -> dict[str, Any]:
    complaint = moves.of(case) if case.kind == COMPLAINT else None
    inquiry = inquiries.of(case) if case.kind in ASKED else None
    answered = case.replied_at is not None
    told = public_timeline.told(case)
    if case.anonymous:
        told = [replace(line, when=clock.day_of(line.when)) for line in told]  # type: ignore[arg-type]  # the day alone
    return {
        "case": case,
        "kind": kinds.of(case),
        "state": kinds.of(case).state(case.state),
        "tone": STATE_TONES[case.state],
        "complaint": complaint,
        "inquiry": inquiry,
        "answer": (complaint or inquiry).answer if answered and (complaint or inquiry) else None,  # type: ignore[union-attr]
        "asks_satisfaction": complaint is not None and case.state is State.REPLIED and complaint.satisfied is None,
        "offers": case_offers.list_offered(case),
        "born": case.born,
        "may_object": complaint is not None and post_reply.may_object(case, complaint),
        "may_ask_again": inquiry is not None and case.state is State.REPLIED,
        "may_write": case.state in UNANSWERED,
        "may_withdraw": case.state in UNANSWERED,
        "timeline": told,
        "messages": written,
        "papers": followed_cases.papers(case),
        "contacts": contact_tasks.list_owed_on(case),
    }


def followed(id: UUID, *wanted: str) -> Case:
    """The case, if this browser follows it and it is of one of these kinds."""
    case = followed_cases.followed(id)
    if case.kind not in wanted:
        raise NotFound
    return case


@bp.post("/follow/<uuid:id>/say")
@public
@writing
@sent_once
def say(id: UUID) -> Any:
    """Write to those who handle it."""
    case, form = followed(id, COMPLAINT, *ASKED), MessageForm()
    if not form.validate_on_submit():
        return page(case, message_form=form), 422
    try:
        if case.kind == COMPLAINT:
            handling.heard(case, form.body.data)
        else:
            messages.receive(case, form.body.data)
    except Invalid as refused:
        form.refuse(refused, "body")
        return page(case, message_form=form), 422
    flash(_("Your message has been sent."), "good")
    return _back(id)


@bp.post("/follow/<uuid:id>/rate/<any(yes, no):how>")
@public
@writing
def rate(id: UUID, how: str) -> Any:
    """Say whether the answer satisfies."""
    post_reply.rate(followed(id, COMPLAINT), satisfied=how == "yes")
    flash(_("Thank you for telling us."), "good")
    return _back(id)


@bp.post("/follow/<uuid:id>/object")
@public
@writing
@sent_once
def object_to(id: UUID) -> Any:
    """Object to the answer, once."""
    case, form = followed(id, COMPLAINT), ObjectionForm()
    if not form.validate_on_submit():
        return page(case, objection_form=form), 422
    post_reply.object_to(case, form.reasons.data)
    flash(_("Your objection is received. A higher body hears it."), "good")
    return _back(id)


@bp.post("/follow/<uuid:id>/again")
@public
@writing
@sent_once
def again(id: UUID) -> Any:
    """The answer did not help: ask again."""
    case, form = followed(id, *ASKED), AgainForm()
    if not form.validate_on_submit():
        return page(case, again_form=form), 422
    inquiries.reopen(case, reason=form.reason.data)
    flash(_("We look at it again."), "good")
    return _back(id)


@bp.post("/follow/<uuid:id>/take-back")
@public
@writing
def take_back(id: UUID) -> Any:
    """Take a complaint or an inquiry back before it is answered."""
    case = followed(id, COMPLAINT, *ASKED)
    if case.kind == COMPLAINT:
        post_reply.withdraw(case)
    else:
        inquiries.withdraw(case)
    flash(_("It is taken back, and will not be answered."), "good")
    return _back(id)


def _back(id: UUID) -> Any:
    return redirect(url_for("portal.tracking", id=id))
