"""The papers of a request that are kept with its case: the reply letter, and the receipt."""

from silah.cases import papers
from silah.cases.models import Case, CaseDocument
from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.intake import outcomes
from silah.intake.models import Decision
from silah.web.access import Member
from tenants.database import db

TEMPLATE = "replied"


def context(case: Case, decision: Decision) -> dict[str, str]:
    """Return what the message says of a decision: its own outcome and its own reasons."""
    outcome = outcomes.words(case.policy_version.policy, decision.outcome, case.locale)
    return {"outcome": outcome, "reasons": decision.reasons}


def compose_letter(case: Case, decision: Decision) -> bytes:
    """Write the reply letter in the applicant's language; nothing is kept."""
    return papers.reply_letter(case, **context(case, decision))


def reply(case: Case, decision: Decision, *, by: Member) -> StoredFile:
    """Write the reply letter and keep it with the case."""
    letter = documents.keep_made(compose_letter(case, decision), f"{case.reference}.pdf", purpose="reply_letter")
    db.session.add(CaseDocument(case_id=case.id, file_id=letter.id, purpose="reply_letter", added_by=by.id))
    return letter
