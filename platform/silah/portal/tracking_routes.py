"""The page on which a case of any kind is followed, and what every applicant can do there: write, withdraw, leave."""

from typing import Any
from uuid import UUID

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from silah.cases import contact_tasks, kinds, messages, papers, tracking_session
from silah.cases.models import Case
from silah.cases.states import STATE_TONES
from silah.cases.workflow import perform
from silah.documents.responses import sent_pdf
from silah.errors import Invalid
from silah.language.localization import locale
from silah.portal import case_offers, followed_cases, public_timeline, tracking_registry
from silah.portal.forms import MessageForm, WithdrawForm
from silah.portal.rate_limits import making_papers, writing
from silah.portal.routes import bp
from silah.submissions.idempotency import sent_once
from silah.web.access import public


def draw_case(case: Case, **refused: Any) -> Response:
    """Draw the page of a case; a form that was refused, given by its name, comes back with all that was typed."""
    page, written = tracking_registry.get(case), messages.list_messages(case, for_applicant=True)
    fresh: dict[str, type[FlaskForm]] = {"message_form": MessageForm, "withdraw_form": WithdrawForm, **page.forms}
    forms: dict[str, Any] = {name: form(formdata=None) for name, form in fresh.items()} | refused
    shown = make_response(
        render_template(
            "portal/tracking.html",
            page=page,
            case=case,
            state=kinds.kind_of_case(case).state(case.state),
            tone=STATE_TONES[case.state],
            contacts=contact_tasks.list_owed_on(case),
            links=case_offers.list_offered(case),
            timeline=public_timeline.told(case, page.story, page.story_tones),
            messages=written,
            papers=followed_cases.papers(case),
            labels=page.labels(case),
            forms=forms.values(),
            **page.facts(case),
            **forms,
        )
    )
    if any(one.direction == "out" and one.seen_at is None for one in written):
        messages.mark_seen(case, by_applicant=True)
    shown.headers["Cache-Control"] = "no-store"
    return shown


def return_to(case_id: UUID, anchor: str | None = None) -> AnyResponse:
    """Lead back to the page of a case."""
    return redirect(url_for("portal.tracking", id=case_id, _anchor=anchor))


@bp.get("/follow/<uuid:id>")
@public
def tracking(id: UUID) -> Response:
    """Show everything about a case to its applicant."""
    return draw_case(followed_cases.followed(id))


@bp.post("/follow/<uuid:id>/say")
@bp.post("/follow/<uuid:id>/note")
@bp.post("/follow/<uuid:id>/messages")
@public
@writing
@sent_once
def write_message(id: UUID) -> Any:
    """Take a message to those who handle the case."""
    case, form = followed_cases.followed(id), MessageForm()
    if form.validate_on_submit():
        try:
            perform(case, "write", None, {"body": form.body.data})
        except Invalid as refused:
            form.refuse(refused, "body")
        else:
            flash(_("Your message has been sent."), "good")
            return return_to(id, "messages")
    return draw_case(case, message_form=form), 422


@bp.post("/follow/<uuid:id>/take-back")
@bp.post("/follow/<uuid:id>/leave-it")
@bp.post("/follow/<uuid:id>/withdraw")
@public
@writing
def withdraw(id: UUID) -> Any:
    """Take the case back."""
    case, form = followed_cases.followed(id), WithdrawForm()
    if not form.validate_on_submit():
        return draw_case(case, withdraw_form=form), 422
    withdrawal = tracking_registry.get(case).withdrawal
    perform(case, "withdraw", None, {"reason": form.reason.data or ""} if withdrawal.takes_reason else {})
    flash(str(withdrawal.done), "good")
    return return_to(id)


@bp.post("/follow/<uuid:id>/leave")
@public
def leave(id: UUID) -> AnyResponse:
    """Stop following on this device."""
    tracking_session.leave(followed_cases.followed(id).id)
    return redirect(url_for(".home"))


@bp.get("/follow/<uuid:id>/receipt.pdf")
@public
@making_papers
def followed_receipt(id: UUID) -> Response:
    """Give the receipt without the receipt code, which nobody knows any more."""
    case = followed_cases.followed(id)
    steps = kinds.kind_of_case(case).next_steps(case, locale())
    return sent_pdf(papers.receipt(case, code=None, next_steps=steps, locale=locale()), f"{case.reference}.pdf")
