"""Writing a request, page by page: who, contact, the form's own steps, each document, and the review."""

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from silah import clock
from silah.cases import papers
from silah.documents import content, service
from silah.documents.responses import sent, sent_pdf
from silah.errors import Invalid, NotFound
from silah.intake import answer_summary, draft_session, drafts, person_pages, wizard
from silah.intake.definition import Document
from silah.intake.forms import document_form, step_form
from silah.intake.models import Draft
from silah.language.localization import locale
from silah.portal import public_context
from silah.portal.rate_limits import making_papers, uploading
from silah.portal.routes import bp
from silah.web.access import public


@bp.route("/requests/new/<uuid:draft_id>/<step>", methods=["GET", "POST"])
@public
@uploading
def step(draft_id: UUID, step: str) -> Any:
    """One page of the request; what is sent is kept, and the next page follows."""
    draft = draft_session.get(draft_id)
    if step in person_pages.PAGES:
        return _person(draft, step)
    if step.startswith(wizard.DOCUMENT):
        return _document(draft, step)
    if step == wizard.REVIEW:
        return _review(draft)
    if step not in {one.key for one in drafts.definition(draft).steps}:
        raise NotFound
    return _step(draft, step)


@bp.get("/requests/new/<uuid:draft_id>/missing.pdf")
@public
@making_papers
def missing_pdf(draft_id: UUID) -> Response:
    """What the request still lacks, as a dated list to take along."""
    draft = draft_session.get(draft_id)
    lacks = wizard.lacking(draft, public_context.policy(), locale())
    data = papers.missing_list(
        title=drafts.definition(draft).title.for_locale(locale()),
        name=drafts.answers(draft)["person"].get("name") or "—",
        items=[(lack.label, lack.why) for lack in lacks],
        on=clock.today(),
        locale=locale(),
    )
    return sent_pdf(data, "missing.pdf")


@bp.get("/requests/new/<uuid:draft_id>/files/<key>")
@public
def draft_file(draft_id: UUID, key: str) -> Response:
    """A file of the draft, to its writer."""
    entry = draft_session.get(draft_id).files.get(key)
    if entry is None:
        raise NotFound
    stored = service.get(UUID(entry["file_id"]))
    return sent(stored, service.open(stored), show="show" in request.args)


def _person(draft: Draft, page: str) -> Any:
    kept = drafts.answers(draft)["person"]
    form = person_pages.form_of(page, public_context.policy(), locale(), kept)
    if request.method == "POST":
        answers = person_pages.taken(form, page, kept)
        if answers is not None:
            drafts.save(draft, "person", answers)
            return _onward(draft, page)
    return _page(
        draft,
        page,
        "intake/portal/person.html",
        form=form,
        fields=person_pages.asked(form, page, kept),
        written_means=person_pages.written_means(public_context.policy()),
    )


def _step(draft: Draft, key: str) -> Any:
    form = step_form(drafts.definition(draft), key, locale(), drafts.answers(draft)["fields"])
    if form.validate_on_submit():
        drafts.save(draft, "fields", form.answers())
        return _onward(draft, key)
    return _page(draft, key, "intake/portal/step.html", form=form, step=form.step)


def _document(draft: Draft, stop: str) -> Any:
    key = stop.removeprefix(wizard.DOCUMENT)
    document = drafts.definition(draft).required_of(key)
    if document is None:
        raise NotFound
    form = document_form(document, locale())
    if request.method == "POST":
        if "remove" in request.form:
            drafts.detach(draft, key)
            return redirect(url_for(".step", draft_id=draft.id, step=stop, change=_change()))
        if _may_pass(draft, document, form) or _attached(draft, document, form):
            return _onward(draft, stop)
    return _page(draft, stop, "intake/portal/document.html", form=form, document=document, entry=draft.files.get(key))


def _may_pass(draft: Draft, document: Document, form: Any) -> bool:
    """Without a new file one goes on where a file is there already, or may come later."""
    if form.file.data:
        return False
    later = "later" in request.form and public_context.policy().takes_incomplete
    return later or document.key in draft.files or not document.required


def _attached(draft: Draft, document: Document, form: Any) -> bool:
    if not form.validate():
        return False
    if form.until and form.until < clock.today():
        form.valid_until.errors = [_("This document is no longer valid. Send one that is.")]
        return False
    try:
        drafts.attach(draft, document.key, form.file.data, form.until)
    except Invalid as refused:
        form.file.errors = [str(refused.message)]
        return False
    return True


def _review(draft: Draft) -> Any:
    policy = public_context.policy()
    lacks = wizard.lacking(draft, policy, locale())
    return _page(
        draft,
        wizard.REVIEW,
        "intake/portal/review.html",
        groups=answer_summary.groups(draft, policy, locale()),
        lacks=lacks,
        blocked=any(lack.kind == "field" for lack in lacks) or (bool(lacks) and not policy.takes_incomplete),
    )


def _page(draft: Draft, stop: str, template: str, **given: Any) -> Any:
    """One page of the way with its stepper; 422 where something must be mended."""
    policy = public_context.policy()
    way = wizard.stops(draft, policy, locale())
    stages = wizard.stages(way)
    here = next((one.stage for one in way if one.key == stop), stages[0])
    form = given.get("form")
    page = render_template(
        template,
        draft=draft,
        definition=drafts.definition(draft),
        policy=policy,
        stop=stop,
        stages=stages,
        stage=stages.index(here) + 1,
        back=wizard.before(way, stop),
        changing="change" in request.args,
        accept=content.ACCEPT,
        **given,
    )
    return (page, 422) if request.method == "POST" and form is not None and form.errors else page


def _onward(draft: Draft, stop: str) -> Any:
    """The next page, or back to the review where one came to change an answer."""
    if "change" in request.args:
        return redirect(url_for(".step", draft_id=draft.id, step=wizard.REVIEW))
    way = wizard.stops(draft, public_context.policy(), locale())
    draft.step = wizard.after(way, stop)
    return redirect(url_for(".step", draft_id=draft.id, step=draft.step))


def _change() -> str | None:
    return "1" if "change" in request.args else None
