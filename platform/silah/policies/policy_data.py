"""A policy as plain data for other programs: settings under short names, and the clauses as printed."""

from typing import Any

from tenants.clauses import printed
from tenants.period_words import period_words
from tenants.policy import Policy
from tenants.policy_parts import Clause
from tenants.texts import Text
from tenants.versions import PolicyVersion

TOLD = {
    "audience": ("one", "many", "relation", "members_and_services"),
    "preamble": ("parties", "sources", "settles_disputes", "rights_renewed", "shortfalls_remedied"),
    "scope": ("binds", "exempt_with_own_policy"),
    "complaints": ("named", "disputes_as_principle", "quickly", "technical_support", "amicable_settlement"),
    "compensation": ("negotiation",),
    "relationship": ("duties",),
    "informing": ("liaison_by", "enquiry_channels", "updates_published"),
    "satisfaction": ("core_objective", "rating_is_a_right", "for_correction_not_punishment", "quality_culture"),
    "responsibilities": ("taken_up_by", "read_work_regulations", "hr_spreads_awareness", "hr_gives_copies"),
    "review": ("continuous", "circulated_after", "rights_renewed"),
}
"""The settings that are told as they are, by their part of the policy."""


def policy_data(version: PolicyVersion) -> dict[str, Any]:
    """The version as JSON types; internal targets are left out."""
    policy = version.policy
    return {
        "title": _text(policy.title),
        "version": _version(version),
        "entity": policy.entity,
        "channels": [_channel(channel) for channel in policy.public_channels],
        "tools": [{"key": t.key, "kind": t.kind, "name": _text(t.name)} for t in policy.tools],
        "referral": policy.clarification_role,
        "studied_by": policy.studied_by,
        "attestation": policy.attestation,
        "intake": policy.intake.incomplete,
        "outcome": policy.outcome,
        "reply_period": _reply_period(policy),
        "registration": policy.has_registration,
        "delivery": policy.has_delivery,
        "lettering": policy.lettering,
        "facts": facts(policy),
        "clauses": [
            {
                "key": section.key,
                "letter": section.letter,
                "heading": _text(section.heading),
                "items": [_clause(clause) for clause in section.items],
            }
            for section in printed(policy)
        ],
    }


def facts(policy: Policy) -> dict[str, Any]:
    """What the policy says beside these, under the names of its settings; what is internal stays inside."""
    held = policy.document()
    told = {part: {name: held[part][name] for name in names} for part, names in TOLD.items() if held[part] is not None}
    return {"request_word": policy.request_word, "several_channels": policy.several_channels, **told}


def _version(version: PolicyVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "amendment": version.amendment,
        "in_force_from": version.in_force_from.isoformat() if version.in_force_from else None,
        "approved_on": version.approved_on.isoformat() if version.approved_on else None,
    }


def _reply_period(policy: Policy) -> dict[str, Any]:
    period = policy.reply_period
    return {
        "bound": period.bound,
        "amount": period.amount,
        "unit": period.unit,
        "starts": period.starts,
        "counts_from": period.counts_from,
        "text": _text(period_words(period)),
    }


def _channel(channel: Any) -> dict[str, Any]:
    return {
        "key": channel.key,
        "kind": channel.kind,
        "name": _text(channel.name),
        "address": channel.address,
        "hours": _text(channel.hours),
        "inbound": channel.inbound,
        "outbound": channel.outbound,
    }


def _clause(clause: Clause) -> dict[str, Any]:
    return {"text": _text(clause.text), "items": [_clause(item) for item in clause.items]}


def _text(text: Text) -> dict[str, str]:
    return {"ar": text.ar, "en": text.en}
