"""Recording what came by interview, telephone, fax, letter and so on: the same form and clock as on the web."""

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from silah import clock
from silah.cases import papers
from silah.desk import receipt_session
from silah.desk.member import worker
from silah.documents import content
from silah.documents.responses import sent_pdf
from silah.intake import drafts, recording, request_catalogue
from silah.intake.desk_routes import bp
from silah.intake.errors import NotComplete
from silah.intake.models import Draft
from silah.language.localization import locale
from silah.submissions.idempotency import sent_once
from silah.web.access import Member, Permission, requires
from tenants.database import db

Answer = str | tuple[str, int] | AnyResponse


@bp.get("/desk/record", endpoint="record")
@requires(Permission.RECEIVE_REQUESTS)
def choose() -> str:
    """What is asked for: the request types that the association offers, with their criteria."""
    types = [(revision, request_catalogue.definition(revision)) for revision in request_catalogue.offered()]
    return render_template("intake/desk/record.html", types=types, policy=recording.policy())


@bp.post("/desk/record/<uuid:id>/start", endpoint="start_recording")
@requires(Permission.RECEIVE_REQUESTS)
@sent_once
def start(id: UUID) -> AnyResponse:
    """Begin a draft of this request type."""
    draft, _secret = drafts.start(request_catalogue.get(id), by=worker())
    return redirect(url_for("requests.draft", id=draft.id))


@bp.get("/desk/drafts", endpoint="drafts")
@requires(Permission.RECEIVE_REQUESTS)
def mine() -> str:
    """What this member has begun and not sent."""
    return render_template("intake/desk/drafts.html", drafts=[recording.line(draft) for draft in drafts.mine(worker())])


@bp.route("/desk/drafts/<uuid:id>", methods=["GET", "POST"], endpoint="draft")
@requires(Permission.RECEIVE_REQUESTS)
def draft(id: UUID) -> Answer:
    """The whole form on one page: kept as a draft, or recorded."""
    member = worker()
    if (case_id := recorded_before(id, member)) is not None:
        return redirect(url_for("desk.recorded", id=case_id))
    found = drafts.of_member(id, member)
    forms = recording.forms_of(found, request.values.get("channel", ""), member, request.values)
    if request.method == "GET":
        return page(found, forms)
    if not forms.keep(found):
        return page(found, forms), 422
    deed = request.form.get("deed", "keep")
    if deed == "keep":
        return redirect(
            url_for("requests.draft", id=found.id, channel=forms.channel, came_on=forms.came.came_on.data, kept=1)
        )
    if not forms.channel:
        return page(found, forms, channel_missing=True), 422
    others = recording.alike(found) if deed == "send" else []
    return (page(found, forms, alike=others), 409) if others else recorded(found, forms)


@bp.post("/desk/drafts/<uuid:id>/discard", endpoint="discard_draft")
@requires(Permission.RECEIVE_REQUESTS)
def discard(id: UUID) -> AnyResponse:
    """Throw a draft away, with its files."""
    drafts.discard(drafts.of_member(id, worker()))
    return redirect(url_for("requests.drafts"))


@bp.get("/desk/drafts/<uuid:id>/missing.pdf", endpoint="missing_list")
@requires(Permission.RECEIVE_REQUESTS)
def missing_list(id: UUID) -> Response:
    """The dated list of what is missing, for the visitor to take along."""
    found = drafts.of_member(id, worker())
    person = drafts.answers(found)["person"]
    language = person.get("locale", locale())
    data = papers.missing_list(
        title=drafts.definition(found).title.for_locale(language),
        name=person.get("name") or "—",
        items=recording.missing_words(found, language),
        on=clock.today(),
        locale=language,
    )
    return sent_pdf(data, "missing.pdf")


def recorded(found: Draft, forms: recording.Recording) -> Answer:
    """Receive it, and go on to its reference and code; or the list of what the visitor has to bring."""
    try:
        made = recording.send(found, forms, worker())
    except NotComplete as refused:
        return page(found, forms, missing=refused.missing), refused.status
    receipt_session.remember(made.case, made.receipt_code, url_for("requests.record"))
    return redirect(url_for("desk.received"))


def recorded_before(draft_id: UUID, member: Member) -> UUID | None:
    """The case that a draft of this member's became, for a page that is asked for again."""
    mine = select(Draft.case_id).where(Draft.id == draft_id, Draft.member_id == member.id)
    return db.session.scalar(mine)


def page(found: Draft, forms: recording.Recording, **more: Any) -> str:
    """The form with the officer's guide beside it."""
    return render_template(
        "intake/desk/draft.html",
        draft=found,
        forms=forms,
        definition=forms.whole.definition,
        policy=forms.policy,
        accept=content.ACCEPT,
        lacking=drafts.lacking(found),
        **more,
    )
