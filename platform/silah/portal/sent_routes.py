"""The confirmation of what was just sent, whatever its kind: the reference, the receipt code once, what comes next."""

from flask import Response, make_response, render_template, request

from silah.cases import kinds, papers
from silah.documents.responses import sent_pdf
from silah.language.localization import locale
from silah.portal import sent_cases, tracking_registry
from silah.portal.rate_limits import making_papers
from silah.portal.routes import bp
from silah.web.access import public


@bp.get("/requests/sent")
@bp.get("/complaints/sent")
@bp.get("/follow/sent")
@public
def sent() -> Response:
    """Confirm what this browser sent last; the code is shown the first time only."""
    done = sent_cases.take_sent()
    page = tracking_registry.get(done.case)
    shown = make_response(
        render_template(
            "portal/sent.html",
            page=page,
            case=done.case,
            code=done.code,
            sealed=sent_cases.seal_code(done.code, done.case) if done.code else "",
            next_steps=kinds.kind_of_case(done.case).next_steps(done.case, locale()),
            **{"unfinished": False, **page.sent_facts(done)},
        )
    )
    shown.headers["Cache-Control"] = "no-store"
    return shown


@bp.post("/requests/sent/receipt.pdf")
@bp.post("/complaints/sent/receipt.pdf")
@bp.post("/follow/sent/receipt.pdf")
@public
@making_papers
def sent_receipt() -> Response:
    """Give the receipt of what was sent last from this browser, with the code where the page still shows it."""
    case = sent_cases.take_sent().case
    code = sent_cases.open_code(request.form.get("sealed"), case)
    steps = kinds.kind_of_case(case).next_steps(case, locale())
    return sent_pdf(papers.receipt(case, code=code, next_steps=steps, locale=locale()), f"{case.reference}.pdf")
