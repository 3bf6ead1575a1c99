"""All that the tracking page shows of a case to its applicant, gathered in few queries."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from silah.cases import clocks, messages
from silah.cases.models import Case
from silah.cases.states import UNANSWERED, State
from silah.errors import NotFound
from silah.intake import answers, attestations, delivery, outcomes, requests
from silah.intake import next_steps as promises
from silah.intake.definition import Definition
from silah.intake.facts import decision_of
from silah.portal import followed_cases, public_timeline
from tenants.periods import Reckoning


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


def view(case: Case, locale: str) -> dict[str, Any]:
    """What the tracking page needs, as names for its template."""
    reckoning = clocks.reckoning(case)
    delivered = delivery.of(case) if case.state in (State.DELIVERED, State.CLOSED) else None
    owed = asked(case, locale) if case.state in UNANSWERED else []
    return {
        "case": case,
        "asked": owed,
        "unsigned": not owed and attestations.is_owed(case),
        "timeline": public_timeline.told(case),
        "messages": messages.of(case, for_applicant=True),
        "papers": followed_cases.papers(case),
        "reckoning": reckoning,
        "shows_days": shows_days(reckoning),
        "answered": case.state not in UNANSWERED,
        "reply": reply(case, locale),
        "delivered": delivered,
        "may_withdraw": case.state in UNANSWERED,
        "may_write": case.state is not State.WITHDRAWN,
        "reply_channel": clocks.policy_of(case).channel(case.reply_channel),
        "labels": labels(case, locale),
    }


def next_steps(case: Case, locale: str) -> list[str]:
    """What happens next, for the receipt: with the attestation, where nothing else is missing."""
    unsigned = not requests.owed(case) and attestations.is_owed(case)
    return promises.next_steps(case, locale, attestation_owed=unsigned)


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


def shows_days(reckoning: Reckoning) -> bool:
    """Whether the list of days says more than its two ends: only where some days are skipped."""
    return reckoning.starts_on is not None


def _step(form: Definition, key: str) -> str:
    step = form.step_of(key)
    return step.key if step else ""
