"""A service request at the desk: its answers, what is lacking, the attestation, the study and the decision."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from silah.cases import visibility
from silah.cases.models import Case
from silah.cases.timeline_items import Line
from silah.desk.presenters import CasePresenter, Explain
from silah.intake import answers, attestations, delivery, duplicates, outcomes, requests, scheduling, study
from silah.intake.facts import decision_of
from silah.intake.models import Recommendation
from silah.language.bilingual import join_words
from silah.language.localization import dates, locale
from silah.web.access import Member
from tenants.database import db

MADE: dict[str, Any] = {
    "receipt": _l("Receipt"),
    "reply_letter": _l("Reply letter"),
    "attestation": _l("Signed attestation"),
    "signature": _l("Signature"),
}
ONWARD = frozenset(
    {
        "find_complete", "ask_for", "attest", "send", "recommend", "decide",
        "release", "schedule", "register", "deliver", "confirm", "close", "take",
    }
)  # fmt: skip
"""What carries a request onward: offered as buttons."""


def facts(case: Case, member: Member, in_full: bool) -> dict[str, Any]:
    """What a request adds to the page; the request itself is held, so that it is read once."""
    written, policy = requests.of(case), case.policy_version.policy
    made, decision = recommendations(case), decision_of(case)
    schedule = scheduling.latest_schedule(case)
    return {
        "written": written,
        "answers": answers.shown(case, member, locale(), in_full=in_full),
        **completeness(case),
        "attestation": attestations.standing(case) if policy.attestation else None,
        "statement": attestations.statement(policy, locale()) if policy.attestation else "",
        "too_early": study.is_early(case),
        "alike": duplicates.alike(case),
        "recommendations": made,
        "decision": decision,
        "schedule": schedule,
        "stopped_words": scheduling.STOPPED_WORDS,
        "delivery": delivery.of(case),
        "outcome_words": dict(outcomes.choices(policy)),
        "kin": visibility.list_kin(case, member),
        "named": {one.made_by for one in made}
        | ({decision.decided_by} if decision else set())
        | ({schedule.scheduled_by} if schedule else set()),
    }


def labels(case: Case) -> Callable[[str], Any]:
    """What each paper of a request is called."""
    form = requests.definition(case)
    return lambda purpose: MADE.get(purpose) or requests.label(form, "document", purpose, locale())


def completeness(case: Case) -> dict[str, Any]:
    """What the applicant was asked for and has not sent, and what lacks besides."""
    form, asked = requests.definition(case), requests.owed(case)
    known = {(one.kind, one.key) for one in asked}
    return {
        "lacking": [one for one in requests.lacking(case) if (one.kind, one.key) not in known],
        "owed": [
            {
                "label": requests.label(form, one.kind, one.key, locale()),
                "remark": one.remark,
                "asked_at": one.asked_at,
            }
            for one in asked
        ],
    }


def recommendations(case: Case) -> list[Recommendation]:
    """What was advised, newest first."""
    rows = select(Recommendation).where(Recommendation.case_id == case.id)
    return list(db.session.scalars(rows.order_by(Recommendation.made_at.desc())))


def later(shown: Mapping[str, Any], possible: frozenset[str]) -> Mapping[str, bool]:
    """Which transitions are plainly not next: asking where nothing lacks, or finding complete where something does."""
    lacks, waits, checking = bool(shown["lacking"]), bool(shown["owed"]), "find_complete" in possible
    early = bool(shown["too_early"])
    return {"ask_for": not lacks, "find_complete": lacks or waits, "attest": checking, "release": early, "take": True}


def explain(case: Case) -> Explain:
    """What was asked for, and what was decided, in words."""
    definition, words = requests.definition(case), dict(outcomes.choices(case.policy_version.policy))

    def said(line: Line) -> str:
        if "items" in line.data:
            named = [requests.label(definition, one["kind"], one["key"], locale()) for one in line.data["items"]]
            return join_words(named)
        if line.verb in ("recommended", "decided", "motion_fell"):
            return str(words.get(line.data.get("outcome", ""), ""))
        if line.verb == "reply_scheduled":
            return dates(date.fromisoformat(line.data["on"]))
        if line.verb == "reply_stopped":
            return str(scheduling.STOPPED_WORDS[line.data["why"]])
        return ""

    return said


PRESENTER = CasePresenter(
    template="intake/desk/request.html",
    onward=ONWARD,
    facts=facts,
    labels=labels,
    explain=explain,
    later=later,
    on_receipt=("attest",),
)
