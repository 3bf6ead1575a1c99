"""A policy as plain data for other programs: settings under short names, and the clauses as printed."""

from typing import Any

from tenants.clauses import printed
from tenants.period_words import period_words
from tenants.policy import Policy
from tenants.policy_parts import Clause
from tenants.texts import Text
from tenants.versions import PolicyVersion


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
