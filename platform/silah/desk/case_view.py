"""What the page of a case shows beside its story: the person, papers, reckoning, referrals, decision."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from silah.access import Member, Permission
from silah.cases import clocks, referrals
from silah.cases.models import Case, CaseDocument
from silah.committees import pointing
from silah.desk import story
from silah.desk.offered import role_names
from silah.desk.rows import Row, row
from silah.i18n import locale
from silah.intake import answers, attestations, delivery, duplicates, outcomes, requests, study
from silah.intake.facts import decision_of
from silah.intake.models import Recommendation
from tenants import periods
from tenants.database import db

__all__ = ["Row", "beside", "row"]

MADE: dict[str, Any] = {
    "receipt": _l("Receipt"),
    "reply_letter": _l("Reply letter"),
    "attestation": _l("Signed attestation"),
    "signature": _l("Signature"),
}


def beside(case: Case, member: Member, *, in_full: bool = False) -> dict[str, Any]:
    """Every fact of the case, in a fixed number of queries; the request is held, so that it is read once."""
    written = requests.of(case)
    policy = case.policy_version.policy
    made, asked = recommendations(case), referrals.of(case)
    decision = decision_of(case)
    ids = {one.made_by for one in made} | {one.asked_by for one in asked} | {one.ended_by for one in asked}
    ids |= {decision.decided_by} if decision else set()
    return {
        "written": written,
        "policy": policy,
        "answers": answers.shown(case, member, locale(), in_full=in_full),
        "in_full": in_full,
        "may_reveal": member.may(Permission.SEE_SENSITIVE_FIELDS),
        "channel": channel(case),
        "documents": documents(case),
        **completeness(case),
        "attestation": attestations.standing(case) if policy.attestation else None,
        "statement": attestations.statement(policy, locale()) if policy.attestation else "",
        "reckoning": clocks.reckoning(case),
        "day_words": periods.day_words,
        "too_early": study.is_early(case),
        "referrals": [referred(one, member) for one in asked],
        "alike": duplicates.alike(case),
        "recommendations": made,
        "decision": decision,
        "delivery": delivery.of(case),
        "outcome_words": dict(outcomes.choices(policy)),
        "people": story.names({id_ for id_ in ids if id_}),
        "roles": role_names(),
        "branch": branch(case),
        "meeting": pointing.pointer(case, member),
    }


def documents(case: Case) -> list[dict[str, Any]]:
    """The papers of the case that count, with what each is called."""
    form = requests.definition(case)
    rows = db.session.scalars(
        select(CaseDocument)
        .where(CaseDocument.case_id == case.id, ~CaseDocument.superseded)
        .options(joinedload(CaseDocument.file))
        .order_by(CaseDocument.added_at, CaseDocument.id)
    )
    return [
        {
            "label": MADE.get(one.purpose) or requests.label(form, "document", one.purpose, locale()),
            "file": one.file,
            "valid_until": one.valid_until,
            "added_at": one.added_at,
        }
        for one in rows
    ]


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


def referred(one: Any, member: Member) -> dict[str, Any]:
    """A referral, and whether this member may answer it or call it back."""
    is_open = one.ended_at is None
    return {
        "it": one,
        "open": is_open,
        "mine": is_open and member.may(Permission.ANSWER_REFERRALS) and referrals.is_for(one, member),
        "recallable": is_open and (one.asked_by == member.id or member.may(Permission.ASSIGN_CASES)),
    }


def channel(case: Case) -> str:
    """The channel by which the case came, as the policy calls it."""
    found = case.policy_version.policy.channel(case.channel)
    return found.name.for_locale(locale()) if found else case.channel


def branch(case: Case) -> str:
    """The branch office that the case belongs to, or nothing."""
    if case.branch is None:
        return ""
    return case.branch.name_ar if locale() == "ar" else (case.branch.name_en or case.branch.name_ar)
