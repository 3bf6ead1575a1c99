"""The papers of a request that are kept with its case: the reply letter, and the receipt."""

from silah.access import Member
from silah.cases.models import Case, CaseDocument
from silah.documents import papers
from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.intake import outcomes
from silah.intake.models import Decision
from tenants.database import db


def reply(case: Case, decision: Decision, *, by: Member) -> StoredFile:
    """Write the reply letter in the applicant's language and keep it with the case."""
    outcome = outcomes.words(case.policy_version.policy, decision.outcome, case.locale)
    pdf = papers.reply_letter(case, outcome=outcome, reasons=decision.reasons)
    letter = documents.keep_made(pdf, f"{case.reference}.pdf", purpose="reply_letter")
    db.session.add(CaseDocument(case_id=case.id, file_id=letter.id, purpose="reply_letter", added_by=by.id))
    return letter
