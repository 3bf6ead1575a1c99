"""The timeline of a case as its applicant is told it: what we did and what they did, in plain words."""

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l

from silah.cases import timeline
from silah.cases.models import Case
from silah.cases.timeline_items import Line

WORDS: dict[str, Any] = {
    "received": _l("We received your request"),
    "asked_for": _l("We asked you for what is missing"),
    "provided": _l("You added what was asked for"),
    "answers_changed": _l("Answers of your request were changed"),
    "complete": _l("Your request is complete"),
    "attested": _l("The attestation was signed"),
    "attestation_voided": _l("The data changed, so the attestation must be signed again"),
    "sent_for_study": _l("Your request went to study"),
    "recommended": _l("The study of your request has ended, and a decision follows"),
    "decided": _l("A decision was made; the reply follows"),
    "released": _l("We sent you the reply"),
    "released_early": _l("We sent you the reply"),
    "registered": _l("Your registration was completed"),
    "delivered": _l("The service was delivered to you"),
    "confirmed": _l("You confirmed that you received the service"),
    "closed": _l("Your request was closed"),
    "reopened": _l("Your request was opened again"),
    "withdrawn": _l("Your request was withdrawn"),
    "referred": _l("Somebody in the association was asked about your request"),
    "referral_answered": _l("The question about your request was answered within the association"),
    "message_out": _l("We wrote to you"),
    "message_in": _l("You wrote to us"),
    "overdue": _l("The latest day for the reply has passed, and those responsible were told"),
}
OTHERWISE: dict[str, Any] = {
    "received": _l("We received it"),
    "answered": _l("We answered"),
    "complainant_asked": _l("We asked you something"),
    "complainant_answered": _l("You answered"),
    "rated": _l("You told us whether the answer satisfies you"),
    "objected": _l("You objected, and a higher body hears it"),
    "closed": _l("It was closed"),
    "reopened": _l("It was taken up again"),
    "withdrawn": _l("It was taken back"),
    "message_out": _l("We wrote to you"),
    "message_in": _l("You wrote to us"),
    "overdue": _l("The latest day for the reply has passed, and those responsible were told"),
    "offer_by_association": _l("We made you an offer"),
    "offer_by_beneficiary": _l("You made an offer"),
    "offer_approved": _l("We accepted the offer"),
    "offer_accepted": _l("You accepted the offer"),
    "agreed": _l("You and we have agreed"),
    "proof_handed_in": _l("You handed in the proof of a promise"),
    "proof_sent_back": _l("We looked at your proof, and need another"),
    "harm_decided": _l("The committee looked at the harm"),
    "ended_without": _l("It ended without an agreement"),
    "compensation_paid": _l("We paid the compensation"),
    "amount_paid": _l("We paid the agreed amount"),
}
"""The same where it is no request: a complaint, an inquiry, a suggestion."""

SILENT = frozenset(
    {
        "assigned",
        "referral_returned",
        "referral_withdrawn",
        "target_passed",
        "escalated",
        "code_sent",
        "looked",
        "message_failed",
    }
)
"""What is the association's own business."""


def told(case: Case) -> list[Line]:
    """The entries that concern the applicant, newest first."""
    lines = timeline.entries(case, for_applicant=True)
    words = WORDS if case.kind == "request" else OTHERWISE
    return [_retold(line, words) for line in lines if line.verb not in SILENT]


def _retold(line: Line, words: dict[str, Any]) -> Line:
    tone = "good" if line.verb == "released_early" else line.tone
    return replace(line, title=words.get(line.verb, line.title), tone=tone)
