"""Papers of a request for who follows it: the attestation, and the list of what is missing."""

from uuid import UUID

from flask import Response

from silah import clock
from silah.cases import papers
from silah.documents import service
from silah.documents.responses import sent_pdf
from silah.errors import NotFound
from silah.intake import attestations, tracking_presenter
from silah.intake.models import KIND
from silah.language.bilingual import localized
from silah.language.localization import locale
from silah.portal import followed_cases
from silah.portal.rate_limits import making_papers
from silah.portal.routes import bp
from silah.web.access import public


@bp.get("/follow/<uuid:id>/attestation.pdf")
@public
@making_papers
def attestation_pdf(id: UUID) -> Response:
    """The attestation with the data it covers: signed, or to be signed on paper."""
    case = followed_cases.followed(id, KIND)
    policy = case.policy_version.policy
    if policy.attestation is None:
        raise NotFound
    signed = attestations.standing(case)
    drawn = service.get(signed.signature_id) if signed and signed.method == "drawn" and signed.signature_id else None
    data = papers.attestation(
        case,
        statement=attestations.statement(policy, locale()),
        rows=tracking_presenter.attested(case, locale()),
        signed_by=signed.signed_by if signed else attestations.signer(case),
        signed_at=signed.signed_at if signed else None,
        method=signed.method if signed else None,
        signature=service.open(drawn) if drawn else None,
        locale=locale(),
    )
    return sent_pdf(data, f"{case.reference}-attestation.pdf")


@bp.get("/follow/<uuid:id>/missing.pdf")
@public
@making_papers
def followed_missing(id: UUID) -> Response:
    """What is still asked of the applicant, as a dated list."""
    case = followed_cases.followed(id, KIND)
    asked = tracking_presenter.asked(case, locale())
    if not asked:
        raise NotFound
    person = case.applicant or case.beneficiary
    data = papers.missing_list(
        title=localized(case, "title"),
        name=person.name if person else "",
        items=[(one.label, one.remark) for one in asked],
        on=clock.today(),
        locale=locale(),
        reference=case.reference,
    )
    return sent_pdf(data, f"{case.reference}-missing.pdf")
