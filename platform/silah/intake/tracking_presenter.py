"""What a request adds to the page where it is followed and to the confirmation of its sending, in few queries."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from silah.cases import clocks, reply_promises
from silah.cases.models import Case
from silah.cases.states import UNANSWERED, State
from silah.errors import NotFound
from silah.intake import answers, attestations, delivery, outcomes, requests
from silah.intake.definition import Definition
from silah.intake.facts import decision_of
from silah.language.bilingual import localized
from silah.language.localization import locale
from silah.portal.forms import OneTimeCodeForm
from silah.portal.sent_cases import SentCase
from silah.portal.tracking_registry import TrackingPage, Withdrawal

STORY: dict[str, Any] = {
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
}
"""What the applicant is told of each entry of the timeline."""

PAPERS = {
    "reply_letter": _l("Reply letter"),
    "attestation": _l("Signed attestation"),
    "signature": _l("Your signature"),
}
"""What the association's own papers of a request are called."""


@dataclass(frozen=True)
class Asked:
    """One thing that is asked of the applicant: a document or an answer."""

    kind: str
    key: str
    label: str
    remark: str
    step: str = ""


@dataclass(frozen=True)
class Reply:
    """The reply, once it is released."""

    outcome: str
    reasons: str
    letter_id: UUID | None


def asked(case: Case, locale: str) -> list[Asked]:
    """What is asked of the applicant and has not come yet."""
    owed = requests.owed(case)
    if not owed:
        return []
    form = requests.definition(case)
    return [
        Asked(one.kind, one.key, requests.label(form, one.kind, one.key, locale), one.remark, _step(form, one.key))
        for one in owed
    ]


def asked_document(case: Case, key: str) -> Any:
    """The document that is asked for under this key; raises NotFound where it is not asked for."""
    document = requests.definition(case).required_of(key)
    if document is None or not any((one.kind, one.key) == ("document", key) for one in requests.owed(case)):
        raise NotFound
    return document


def facts(case: Case) -> dict[str, Any]:
    """Return what a request adds to the page where it is followed."""
    reckoning = clocks.reckoning(case)
    delivered = delivery.of(case) if case.state in (State.DELIVERED, State.CLOSED) else None
    owed = asked(case, locale()) if case.state in UNANSWERED else []
    return {
        "asked": owed,
        "unsigned": not owed and attestations.is_owed(case),
        "promise": reply_promises.promise(case, locale()),
        "reckoning": reckoning,
        "shows_days": reckoning.starts_on is not None,
        "answered": case.state not in UNANSWERED,
        "reply": reply(case, locale()),
        "delivered": delivered,
        "reply_channel": clocks.policy_of(case).channel(case.reply_channel),
    }


def sent_facts(sent: SentCase) -> dict[str, Any]:
    """Return what a request adds to the confirmation of its sending: what is still missing, and how it is signed."""
    owed = asked(sent.case, locale())
    return {
        "asked": owed,
        "unfinished": not owed and attestations.is_owed(sent.case),
        "method": sent.method,
        "code_form": OneTimeCodeForm(formdata=None),
    }


def labels(case: Case, locale: str) -> dict[str, str]:
    """What each file of the form is called, by its purpose."""
    form = requests.definition(case)
    found = {document.key: document.label.for_locale(locale) for document in form.documents}
    proof = form.required_of("proof_of_authority")
    return found | ({proof.key: proof.label.for_locale(locale)} if proof else {})


def attested(case: Case, locale: str) -> list[tuple[str, str]]:
    """The data that the attestation covers, in full: whoever signs must see what they sign."""
    form, given, policy = requests.definition(case), requests.answers(case), clocks.policy_of(case)
    shown = [
        (row.label, row.value)
        for _step, rows in answers.written(form, given, policy, locale, in_full=True)
        for row in rows
    ]
    names = labels(case, locale)
    return shown + [(names.get(one.purpose, one.purpose), one.file.name) for one in requests.documents(case)]


def reply(case: Case, locale: str) -> Reply | None:
    """The reply, once it is released; None before, whatever was decided."""
    decision = decision_of(case) if case.replied_at else None
    if decision is None or decision.released_at is None:
        return None
    words = outcomes.words(clocks.policy_of(case), decision.outcome, locale)
    return Reply(words, decision.reasons, decision.letter_id)


def _step(form: Definition, key: str) -> str:
    step = form.step_of(key)
    return step.key if step else ""


def _title(case: Case) -> str:
    return localized(case, "title")


PAGE = TrackingPage(
    template="intake/portal/tracking.html",
    facts=facts,
    title=_title,
    labels=lambda case: {**PAPERS, **labels(case, locale())},
    story=STORY,
    story_tones={"released_early": "good"},
    may_write=lambda case: case.state is not State.WITHDRAWN,
    withdrawal=Withdrawal(
        question=_l("Withdraw this request?"),
        warning=_l("It will not be studied, and no reply will come. This cannot be undone here."),
        action=_l("Withdraw the request"),
        done=_l("Your request is withdrawn. It will not be studied."),
    ),
    sent_title=_l("Your request has been received"),
    sent_facts=sent_facts,
)
