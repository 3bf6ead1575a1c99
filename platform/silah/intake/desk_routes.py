"""The pages of requests at the desk and of request types in the administration: one blueprint, its views by subject."""

from uuid import UUID

from flask import Blueprint, Response

from silah.cases import visibility
from silah.cases.states import State
from silah.desk import admin_warnings, presenters, queue_filters, work_handover
from silah.desk.member import worker
from silah.documents.responses import sent_pdf
from silah.errors import NotFound
from silah.intake import case_presenter, drafts, letters, request_types
from silah.intake.facts import decision_of
from silah.intake.models import KIND
from silah.intake.queue_filters import BY_TYPE
from silah.web.access import Permission, requires

bp = Blueprint("requests", __name__, template_folder="templates")

presenters.register(KIND, case_presenter.PRESENTER)
queue_filters.register(BY_TYPE)
work_handover.register_drafts("intake", drafts.list_unsent)
admin_warnings.register("intake", request_types.warn_of_none_offered)


@bp.get("/desk/cases/<uuid:id>/letter.pdf", endpoint="letter")
@requires(Permission.RELEASE_REPLIES)
def letter(id: UUID) -> Response:
    """The letter of a reply that was not sent yet, as it will be."""
    case = visibility.get(id, worker())
    decision = decision_of(case)
    if case.kind != KIND or case.state is not State.DECIDED or decision is None:
        raise NotFound
    return sent_pdf(letters.compose_letter(case, decision), f"{case.reference}.pdf")


from silah.intake import admin_routes, provide_routes, recording_routes  # noqa: E402, F401  # the views hang on bp
