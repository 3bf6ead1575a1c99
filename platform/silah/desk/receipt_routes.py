"""What is shown once a case was recorded at the desk: its reference, the receipt with its code, what happens next."""

from collections.abc import Sequence
from uuid import UUID

from flask import Response, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from silah.cases import kinds, papers, receipts, visibility, workflow
from silah.cases.models import Case
from silah.cases.transitions import Transition
from silah.desk import presenters, receipt_session
from silah.desk.member import worker
from silah.desk.routes import bp
from silah.documents.responses import sent_pdf
from silah.web.access import Permission, requires, signed_in


@bp.post("/desk/cases/<uuid:id>/receipt.pdf", endpoint="receipt")
@requires(Permission.RECEIVE_REQUESTS, Permission.ANSWER_COMPLAINTS, Permission.ANSWER_INQUIRIES)
def receipt(id: UUID) -> Response:
    """The receipt to print, with the code that the page has just shown."""
    case = visibility.get(id, worker())
    code = request.form.get("code", "")
    receipts.find(case.reference, code)
    steps = kinds.kind_of_case(case).next_steps(case, None)
    return sent_pdf(papers.receipt(case, code=code, next_steps=steps), f"{case.reference}.pdf")


@bp.get("/desk/record/received", endpoint="received")
@signed_in
def received() -> AnyResponse:
    """The reference and what to tell the applicant of what this session recorded last, which it may not open."""
    case, another = receipt_session.last_recorded()
    return show_recorded(case, another)


@bp.get("/desk/cases/<uuid:id>/recorded", endpoint="recorded")
@requires(Permission.RECEIVE_REQUESTS)
def recorded(id: UUID) -> AnyResponse:
    """The same of a case that the member may open, however long ago it was recorded."""
    return show_recorded(visibility.get(id, worker()))


def show_recorded(case: Case, another: str = "") -> AnyResponse:
    """Make the page that says that a case is recorded; ``another`` is where one more is, if that is known."""
    shown = render_template(
        "desk/recorded.html",
        case=case,
        code=receipt_session.code(case),
        steps=kinds.kind_of_case(case).next_steps(case, None),
        offered=_list_offered(case),
        another=another,
    )
    answer = make_response(shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _list_offered(case: Case) -> Sequence[Transition]:
    """Return what the presenter of the kind offers at once and this member may do."""
    keys = presenters.of(case).on_receipt
    return [one for one in workflow.list_possible(case, worker()) if one.key in keys] if keys else []
