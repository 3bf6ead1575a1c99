"""What the moves of a dispute or a claim would send the beneficiary, looked at before it is sent, papers and all."""

from typing import Any
from uuid import UUID

from flask import Response, url_for

from silah import clock
from silah.cases import visibility
from silah.cases.file_routes import sent_pdf
from silah.cases.models import Case
from silah.desk.case_action import Preview
from silah.desk.letter_preview import LetterPreview, preview_message
from silah.desk.member import worker
from silah.errors import NotFound
from silah.settlements import moves, notifications, papers, standing
from silah.settlements.desk_routes import bp
from silah.settlements.registration import COMPENSATION
from silah.web.access import Member, Permission, requires

P = Permission


def preview_acceptance(case: Case, form: Any, by: Member) -> LetterPreview | None:
    """Return the agreement where the beneficiary has accepted the offer, else what asks them to."""
    offer = standing.live(case)
    if offer is None:
        return None
    if offer.beneficiary_at is None:
        return preview_message("offer_confirm", case, notifications.describe_offer(case, offer))
    paper = (f"{case.reference}-agreement.pdf", url_for("settlements.agreement_preview", id=case.id))
    return preview_message("agreement_made", case, {}, [paper])


def preview_closing(case: Case, form: Any, by: Member) -> LetterPreview | None:
    """Return what ends the case; for a claim that was paid, with its closing letter."""
    paper = (f"{case.reference}-closing.pdf", url_for("settlements.closing_preview", id=case.id))
    ends_claim = case.kind == COMPENSATION and standing.agreed(case) is not None
    return preview_message("settlement_closed", case, {}, [paper] if ends_claim else [])


def preview_offer(case: Case, form: Any, by: Member) -> LetterPreview | None:
    """Return what an offer says, as it is typed."""
    return _drafted(case, notifications.offer_made(case, form.draft()))


BY_KEY: dict[str, Preview] = {
    "accept": preview_acceptance,
    "close": preview_closing,
    "offer": preview_offer,
    "refuse": lambda case, form, by: _drafted(case, notifications.offer_refused(form.reason.data)),
    "refer_out": lambda case, form, by: _drafted(case, notifications.referred_out(form.to.data, form.number.data)),
    "result": lambda case, form, by: _drafted(case, notifications.result_known(form.words.data)),
    "end": lambda case, form, by: _drafted(case, notifications.settlement_ended(form.reason.data)),
}
"""By the key of the move."""
DRAFTED = frozenset(BY_KEY) - {"accept", "close"}
"""Whose message is made of what is typed."""


@bp.get("/desk/cases/<uuid:id>/agreement.pdf")
@requires(P.SEE_CASES, P.SEE_ALL_CASES)
def agreement_preview(id: UUID) -> Response:
    """The agreement as it will be once the reader accepts the offer for the association."""
    member = worker()
    case = _open(id, "accept", member)
    offer = standing.live(case)
    if offer is None or offer.beneficiary_at is None:
        raise NotFound
    paper = papers.agreement(case, offer, binder=member.name, bound_at=clock.now())
    return sent_pdf(paper, f"{case.reference}-agreement.pdf")


@bp.get("/desk/cases/<uuid:id>/closing.pdf")
@requires(P.SEE_CASES, P.SEE_ALL_CASES)
def closing_preview(id: UUID) -> Response:
    """The closing letter of a claim as it will be."""
    case = _open(id, "close", worker())
    agreed = standing.agreed(case)
    if case.kind != COMPENSATION or agreed is None:
        raise NotFound
    return sent_pdf(papers.closing_letter(case, moves.of(case), agreed), f"{case.reference}-closing.pdf")


def _open(id: UUID, key: str, member: Member) -> Case:
    """Return a case on which the member may make this move now; raises ``NotFound`` for any other."""
    case = visibility.get(id, member)
    moves.of(case)
    if key not in [move.key for move in moves.legal(case, member)]:
        raise NotFound
    return case


def _drafted(case: Case, message: notifications.Message) -> LetterPreview | None:
    template, said = message
    return preview_message(template, case, said)
