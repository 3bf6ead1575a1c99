"""What each entry of a timeline is called: the verb is kept, the words are for the reader."""

from typing import Any

from flask_babel import lazy_gettext as _l

VERB_WORDS: dict[str, Any] = {
    "received": _l("Received"),
    "asked_for": _l("Asked the applicant for what is missing"),
    "provided": _l("The applicant added what was asked for"),
    "answers_changed": _l("Answers were changed"),
    "complete": _l("The request is complete"),
    "attested": _l("The data were attested"),
    "attestation_voided": _l("The attestation no longer holds, because the data changed"),
    "sent_for_study": _l("Sent for study"),
    "recommended": _l("A recommendation was made"),
    "decided": _l("A decision was made"),
    "released": _l("The reply was released"),
    "released_early": _l("The reply was released before its earliest date, with a recorded reason"),
    "registered": _l("Registration was completed"),
    "delivered": _l("The service was delivered"),
    "confirmed": _l("The recipient confirmed the delivery"),
    "closed": _l("The case was closed"),
    "reopened": _l("The case was reopened"),
    "withdrawn": _l("The request was withdrawn"),
    "referred": _l("Referred with a question"),
    "referral_answered": _l("The referral was answered"),
    "referral_returned": _l("The referral was given back"),
    "referral_withdrawn": _l("The referral was withdrawn"),
    "assigned": _l("Assigned"),
    "message_out": _l("A message to the applicant"),
    "message_in": _l("A message from the applicant"),
    "noted": _l("An internal note was written"),
    "looked": _l("A sensitive field was looked at"),
    "file_differs": _l("The answers differ from the beneficiary's file"),
    "file_corrected": _l("The beneficiary's file was corrected"),
    "alike": _l("Other requests of the same person and type were found"),
    "overdue": _l("The latest reply date has passed"),
    "escalated": _l("Those who oversee cases were told that it is overdue"),
    "target_passed": _l("The internal target has passed"),
    "code_sent": _l("A one-time code was sent"),
    "dates_moved": _l("The dates were reckoned anew, because the holidays changed"),
}

QUIET = frozenset({"looked", "code_sent", "escalated"})
"""What happens beside the case and changes nothing that another person could trip over."""

TONES: dict[str, str] = {
    "complete": "good",
    "attested": "good",
    "released": "good",
    "released_early": "warn",
    "registered": "good",
    "delivered": "good",
    "confirmed": "good",
    "asked_for": "warn",
    "attestation_voided": "warn",
    "dates_moved": "warn",
    "overdue": "bad",
    "escalated": "bad",
    "withdrawn": "neutral",
    "closed": "neutral",
}
