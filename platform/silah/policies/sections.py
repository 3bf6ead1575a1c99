"""The pages on which a policy is edited: what each holds, and where a finding of the checker is mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from silah.policies.field_schema import STEPS
from tenants.policy import Policy

Document = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """One page: its key in the address, its heading, and the fields of the policy (or kinds of step) on it."""

    key: str
    title: Any
    about: Any
    fields: tuple[str, ...]


SECTIONS: tuple[Section, ...] = (
    Section("preamble", _l("Preamble"), _l("Who the parties are and where rights come from."), ("preamble",)),
    Section("scope", _l("Scope and exemptions"), _l("Whom the policy binds, and who is exempt."), ("scope",)),
    Section(
        "identity",
        _l("Identity and audience"),
        _l("Title, names, letterhead, and whom the policy speaks of."),
        ("title", "entity", "identity", "audience", "request_word"),
    ),
    Section("objectives", _l("Objectives"), _l("The general objective and the detailed ones."), ("objectives",)),
    Section(
        "channels",
        _l("Channels"),
        _l("How cases arrive and replies go out."),
        ("several_channels", "channels"),
    ),
    Section("tools", _l("Tools"), _l("Guides, forms, by-laws and policies that staff work with."), ("tools",)),
    Section(
        "steps", _l("Dealing steps"), _l("What happens from reception to delivery, in order."), ("intake", "steps")
    ),
    Section("referral", _l("Referral"), _l("Who answers where the procedure is unclear."), ("refer_unclear",)),
    Section(
        "study",
        _l("Studying body"),
        _l("Who studies and decides, committees and their quorum, and how the outcome is worded."),
        ("study", "outcome", "committees"),
    ),
    Section("attestation", _l("Attestation"), _l("Who signs that the data are true."), ("attest",)),
    Section(
        "reply-period",
        _l("Reply period"),
        _l("The promise about the reply, from when it counts, and the weekend."),
        ("reply_period", "reply", "calendar"),
    ),
    Section("complaints", _l("Complaints"), _l("How complaints and disputes are handled."), ("complaints",)),
    Section("compensation", _l("Compensation"), _l("When a harmed beneficiary is compensated."), ("compensation",)),
    Section("liaison", _l("Liaison and informing"), _l("How beneficiaries are kept informed."), ("informing",)),
    Section("satisfaction", _l("Satisfaction"), _l("How satisfaction is measured, and why."), ("satisfaction",)),
    Section("privacy", _l("Relationship and privacy"), _l("Rights and confidentiality."), ("relationship",)),
    Section(
        "responsibilities",
        _l("Responsibilities"),
        _l("How staff take the policy up: circulated, or read and signed."),
        ("responsibilities",),
    ),
    Section(
        "control",
        _l("Document control"),
        _l("Version, amendment, dates as printed, chain of approval, and review."),
        ("control", "review"),
    ),
    Section(
        "clauses",
        _l("Printed clauses"),
        _l("Headings, lettering, and clauses that no setting draws."),
        ("lettering", "sections"),
    ),
)

BY_KEY: Mapping[str, Section] = {section.key: section for section in SECTIONS}
_HOME = {name: section.key for section in SECTIONS for name in section.fields if name not in STEPS}


def shown(section: Section, document: Document) -> Document:
    """The part of a policy's document that a section's page holds."""
    found = {name: document.get(name) for name in section.fields if name in Policy.model_fields}
    for kind in section.fields:
        if kind in STEPS:
            found[kind] = next((step for step in document.get("steps", ()) if step["kind"] == kind), None)
    return found


def put(section: Section, document: Document, typed: Document) -> Document:
    """The document with what a section's page typed; a step keeps its place, a further one takes its usual place."""
    result = {**document, **{name: value for name, value in typed.items() if name not in STEPS}}
    for kind in section.fields:
        if kind in STEPS:
            result["steps"] = _with_step(list(result.get("steps", ())), kind, typed.get(kind))
    return result


def anchor(document: Document, where: Sequence[int | str]) -> tuple[str, str]:
    """The section in which a path of the policy is edited, and the id of its field there.

    A step that has a section to itself is edited there.
    """
    home = _HOME.get(str(where[0]) if where else "", "identity")
    if where and where[0] == "steps" and len(where) > 2:
        kind = document["steps"][int(where[1])]["kind"]
        own = next((section for section in SECTIONS if kind in section.fields), None)
        home, where = (own.key, [kind, *where[2:]]) if own else (home, where)
    return home, ".".join(str(part) for part in where)


def typed_place(section: Section, document: Document, where: Sequence[int | str]) -> str:
    """The field of a section's page that a path of the whole document means."""
    path = [part for index, part in enumerate(where) if not (index == 2 and where[0] == "steps" and part in STEPS)]
    if path and path[0] == "steps" and "steps" not in section.fields and len(path) > 1:
        kind = document["steps"][int(path[1])]["kind"]
        path = [kind, *path[2:]]
    return ".".join(str(part) for part in path)


def _with_step(steps: list[Document], kind: str, step: Document | None) -> list[Document]:
    order = list(STEPS)
    place = next((index for index, one in enumerate(steps) if one["kind"] == kind), None)
    if place is not None:
        return steps[:place] + ([{**step, "kind": kind}] if step is not None else []) + steps[place + 1 :]
    if step is None:
        return steps
    later = (i for i, one in enumerate(steps) if order.index(one["kind"]) > order.index(kind))
    place = next(later, len(steps))
    return [*steps[:place], {**step, "kind": kind}, *steps[place:]]
