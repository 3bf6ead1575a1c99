"""Complaints and inquiries at the portal: sent with or without a name, and answers for everybody."""

from contextlib import nullcontext
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for

from silah.cases.anonymity import veiled
from silah.cases.person import PersonForm, person_form
from silah.complaints import inquiries, portal_forms, poster, public_answers, receiving
from silah.complaints.desk_forms import chosen
from silah.complaints.receiving import Told
from silah.documents import content
from silah.documents.responses import sent_pdf
from silah.documents.service import keep_all
from silah.errors import Invalid
from silah.language.localization import locale
from silah.portal import public_context
from silah.portal.rate_limits import making_papers, sending
from silah.portal.sent_cases import remember_sent
from silah.submissions.idempotency import sent_once_by_content
from silah.web.access import public
from tenants.database import db

bp = Blueprint("voices", __name__, template_folder="templates")
PAGES = 200


@bp.route("/complaints/new", methods=["GET", "POST"])
@public
@sending
@sent_once_by_content
def complaint() -> Any:
    """Make a complaint, with a name or, where the association takes those, without."""
    form, person = portal_forms.complaint_form(), speaker()
    nameless = "how" in form and form.how.data == "anonymous"
    fine = form.validate_on_submit() and (nameless or person.validate())
    if fine and (made := _complained(form, person, nameless)) is not None:
        remember_sent(made.case, made.receipt_code)
        return redirect(url_for("portal.sent"))
    return _page("complaints/portal/complaint.html", form, person, channels=poster.by_hand(public_context.policy()))


@bp.route("/inquiries/new", methods=["GET", "POST"])
@public
@sending
@sent_once_by_content
def inquiry() -> Any:
    """Ask something, suggest something, or tell of trouble with a channel."""
    form, person = portal_forms.inquiry_form(), speaker()
    if form.validate_on_submit() and person.validate() and (made := _asked(form, person)) is not None:
        remember_sent(made.case, made.receipt_code)
        return redirect(url_for("portal.sent"))
    return _page("complaints/portal/inquiry.html", form, person)


@bp.get("/c")
@public
def short() -> Any:
    """The short address of a complaint, for posters and speech."""
    return redirect(url_for(".complaint"))


@bp.get("/complaints/poster.pdf")
@public
@making_papers
def poster_pdf() -> Any:
    """The poster for walls and counters: the short address, and its code to scan."""
    return sent_pdf(poster.paper(locale()), "complaints-poster.pdf")


@bp.get("/answers")
@public
def answers() -> str:
    """What was answered for everybody, found by words in either language."""
    words, number = request.args.get("q", "")[:120], _number(request.args.get("page"))
    found, more = public_answers.shown(words, number)
    return render_template("complaints/portal/answers.html", answers=found, words=words, page=number, more=more)


def speaker() -> PersonForm:
    """Who speaks up: a name and a means of reply are enough."""
    return person_form(public_context.policy(), locale(), branches=public_context.branches(), strict=False)


def _complained(form: Any, person: PersonForm, nameless: bool) -> Any:
    told = Told(
        about=form.about.data,
        text=form.text.data,
        wanted=form.wanted.data or "",
        name=form.named.data or "",
        reference=form.reference.data or "",
        branch=chosen(form.office) if "office" in form and form.about.data == "branch" else None,
        retaliation_feared=form.retaliation.data,
        anonymous=nameless,
        person={} if nameless else person.answers(),
        locale=locale(),
    )
    try:
        with veiled() if nameless else nullcontext():
            files = keep_all(form.files.data or (), purpose="complaint", nameless=nameless)
        return receiving.submit(told, files, channel=public_context.find_portal_channel(public_context.policy()))
    except Invalid as refused:
        return _shown(form, refused)


def _asked(form: Any, person: PersonForm) -> Any:
    area = chosen(form.area) if "area" in form else None
    try:
        return inquiries.ask(
            form.kind.data,
            form.text.data,
            person.answers(),
            area=area,
            files=keep_all(form.files.data or (), purpose="complaint"),
            channel=public_context.find_portal_channel(public_context.policy()),
        )
    except Invalid as refused:
        return _shown(form, refused)


def _shown(form: Any, refused: Invalid) -> None:
    """Say it at its fields; files that were taken before it was refused go again."""
    db.session.rollback()
    for name, words in refused.fields.items():
        form[name if name in form else "text"].errors = [str(words)]


def _page(template: str, form: Any, person: PersonForm, **more: Any) -> Any:
    page = make_response(render_template(template, form=form, person=person, accept=content.ACCEPT, **more))
    page.headers["Cache-Control"] = "no-store"
    return (page, 422) if form.is_submitted() else page


def _number(typed: str | None) -> int:
    return min(int(typed), PAGES) if typed and typed.isascii() and typed.isdigit() and int(typed[:9]) > 0 else 1
