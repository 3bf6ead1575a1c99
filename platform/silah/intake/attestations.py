"""The signed word that the data are true: bound to a snapshot of them, so that a later edit voids it."""

import hashlib
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from silah import clock
from silah.cases import one_time_codes
from silah.cases.chain import canonical
from silah.cases.models import Case, CaseDocument
from silah.cases.states import State
from silah.cases.transitions import Change
from silah.documents import service as documents
from silah.documents import signatures
from silah.documents.models import StoredFile
from silah.errors import Forbidden, Invalid
from silah.forms.texts import clean
from silah.intake import requests, uploads
from silah.intake.errors import AlreadyAttested, NoAttestation, NotAskedFor
from silah.intake.models import Attestation
from silah.web.access import Member
from tenants.database import db
from tenants.policy import Policy
from tenants.policy_rules import Attest

CODE = "attestation"
METHODS = ("drawn", "code", "paper")
OPEN = frozenset({State.RECEIVED, State.INCOMPLETE, State.COMPLETE})
STATEMENTS: dict[str, Any] = {
    "applicant": _l(
        "I, the applicant, attest that all data and documents in this request are true, and that I am directly "
        "responsible for them."
    ),
    "beneficiary": _l(
        "I, the beneficiary, attest that all data and documents in this request are true, and that I am directly "
        "responsible for them."
    ),
}
TRUE_ALONE: dict[str, Any] = {
    "applicant": _l("I, the applicant, attest that all data and documents in this request are true."),
    "beneficiary": _l("I, the beneficiary, attest that all data and documents in this request are true."),
}


def statement(policy: Policy, locale: str) -> str:
    """What is signed: that the data are true and, where the policy says so, who is directly responsible for them."""
    step = policy.step("attest")
    said = TRUE_ALONE if isinstance(step, Attest) and not step.directly_responsible else STATEMENTS
    with force_locale(locale):
        return str(said[policy.attestation or "applicant"])


def signer(case: Case) -> str:
    """The name of the person whom the policy has sign: the applicant or the beneficiary."""
    by_beneficiary = case.policy_version.policy.attestation == "beneficiary"
    person = case.beneficiary if by_beneficiary else (case.applicant or case.beneficiary)
    return person.name if person else ""


def snapshot(case: Case) -> str:
    """The SHA-256 of the answers and of every document's content, in one canonical way of writing."""
    files = sorted((document.purpose, document.file.sha256) for document in requests.documents(case))
    return hashlib.sha256(canonical({"answers": requests.answers(case), "documents": files})).hexdigest()


def standing(case: Case) -> Attestation | None:
    """The attestation of the data as they are; None if nothing was signed, or the data changed since."""
    latest = _latest(case)
    return latest if latest is not None and latest.snapshot_hash == snapshot(case) else None


def is_owed(case: Case) -> bool:
    """Whether somebody still has to sign."""
    return case.policy_version.policy.attestation is not None and case.state in OPEN and standing(case) is None


def attest(change: Change, method: str, signed_by: str, signature: Any = None) -> Attestation:
    """Take the signature on the data as they are.

    ``signature`` is a drawn picture (PNG bytes or a data address), the one-time code, or the scan of a signed paper;
    a paper is taken by staff only. Raises ``NoAttestation`` where the policy has none.
    """
    case, by = change.case, change.by
    _check(case, method, signed_by, by)
    kept = _kept(case, method, signature)
    made = Attestation(
        case_id=case.id,
        method=method,
        signed_by=clean(signed_by),
        snapshot_hash=snapshot(case),
        signature_id=kept.id if kept else None,
        taken_by=by.id if by else None,
    )
    db.session.add(made)
    if kept is not None:
        purpose = "attestation" if method == "paper" else "signature"
        paper = CaseDocument(case_id=case.id, file_id=kept.id, purpose=purpose, for_applicant=method == "paper")
        paper.added_by = made.taken_by
        db.session.add(paper)
    change.data, change.note = {"method": method, "snapshot": made.snapshot_hash}, made.signed_by
    change.followed_by.append(("complete_once_signed", None))
    return made


def _check(case: Case, method: str, signed_by: str, by: Member | None) -> None:
    if case.policy_version.policy.attestation is None:
        raise NoAttestation
    if method not in METHODS:
        raise Invalid({"method": _("Choose one of the answers.")})
    if by is None and method == "paper":
        raise Forbidden
    if not clean(signed_by):
        raise Invalid({"signed_by": _("Write the full name of whoever signs.")})
    if case.state not in OPEN:
        raise NotAskedFor
    if standing(case) is not None:
        raise AlreadyAttested


def void(change: Change) -> None:
    """Void what was signed once the data have changed: it is asked for again, and what it completed is so no longer."""
    case, latest = change.case, _latest(change.case)
    if latest is None or latest.snapshot_hash == snapshot(case):
        change.idle = True
        return
    latest.voided_at = clock.now()
    change.data = {"snapshot": latest.snapshot_hash}
    if case.policy_version.policy.signature_completes and case.state is State.COMPLETE:
        change.target, case.completed_on = State.RECEIVED, None


def _latest(case: Case) -> Attestation | None:
    rows = select(Attestation).where(Attestation.case_id == case.id, Attestation.voided_at.is_(None))
    return db.session.scalars(rows.order_by(Attestation.signed_at.desc()).limit(1)).first()


def _kept(case: Case, method: str, signature: Any) -> StoredFile | None:
    if method == "code":
        one_time_codes.check(case, CODE, str(signature or ""))
        return None
    if not signature:
        words = _("Sign in the box.") if method == "drawn" else _("Choose the scan of the signed paper.")
        raise Invalid({"signature": words})
    if method == "paper":
        return uploads.keep(signature, "attestation")
    return documents.keep_made(
        signatures.read_picture(signature), "signature.png", purpose="signature", media_type="image/png"
    )
