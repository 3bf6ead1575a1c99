"""The pages of a request that is being written, in order, and what is still unanswered before it can be sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from silah.cases.person import needed_for
from silah.intake import drafts
from silah.intake.conditions import shown_documents, shown_fields
from silah.intake.definition import PERSON_STEP, Definition, Document
from silah.intake.models import Draft
from tenants.policy import Policy

FIRST, REVIEW, ATTEST = "who", "review", "attest"
DOCUMENT = "document-"


@dataclass(frozen=True)
class Stop:
    """One page of the way: its place in the address, and the stage it belongs to."""

    key: str
    stage: str


@dataclass(frozen=True)
class Lack:
    """Something not answered yet, and the page where it is asked."""

    label: str
    why: str
    stop: str
    kind: str = "field"


def stops(draft: Draft, policy: Policy, locale: str) -> list[Stop]:
    """Every page that this draft leads over, as its answers stand."""
    definition, kept = drafts.definition(draft), drafts.answers(draft)
    asked = {field.key for field in shown_fields(definition, kept["fields"])}
    way = [Stop(key, _("About you")) for key in ("who", "you", "contact")]
    for step in definition.steps:
        if any(field.key in asked for field in step.fields):
            way.append(Stop(step.key, step.title.for_locale(locale)))
    way += [Stop(DOCUMENT + document.key, _("Documents")) for document in documents(definition, kept)]
    way.append(Stop(REVIEW, _("Check your answers")))
    if policy.attestation:
        way.append(Stop(ATTEST, _("Attestation")))
    return way


def documents(definition: Definition, kept: dict[str, Any]) -> list[Document]:
    """The documents that are asked for, as the answers stand."""
    return shown_documents(definition, kept["fields"], kept["person"].get("relation") or "self")


def stages(way: list[Stop]) -> list[str]:
    """The stages of the way, each once."""
    return list(dict.fromkeys(stop.stage for stop in way))


def after(way: list[Stop], key: str) -> str:
    """The page after this one; the review where the way no longer leads over it."""
    keys = [stop.key for stop in way]
    return keys[min(keys.index(key) + 1, len(keys) - 1)] if key in keys else REVIEW


def before(way: list[Stop], key: str) -> str | None:
    """The page before this one; None at the first."""
    keys = [stop.key for stop in way]
    place = keys.index(key) if key in keys else 0
    return keys[place - 1] if place else None


def lacking(draft: Draft, policy: Policy, locale: str) -> list[Lack]:
    """What is not answered yet: about the person, in the form, and of the documents."""
    kept = drafts.answers(draft)
    found = [Lack(label, _("Not answered yet"), stop) for label, stop in _person_lacks(kept["person"], policy)]
    definition = drafts.definition(draft)
    steps = {field.key: step.key for step in definition.steps for field in step.fields}
    for one in drafts.lacking(draft):
        if definition.step_of(one.key) is PERSON_STEP:
            continue  # asked on the page of the person, and named above
        stop = steps.get(one.key, FIRST) if one.kind == "field" else DOCUMENT + one.key
        found.append(Lack(one.label.for_locale(locale), str(one.reason), stop, one.kind))
    return found


def _person_lacks(person: dict[str, Any], policy: Policy) -> Iterator[tuple[str, str]]:
    needed = [("name", _("Your full name"), "you"), ("national_id", _("Your national ID or iqama number"), "you")]
    if person.get("relation") in ("guardian", "agent"):
        needed += [
            ("beneficiary_name", _("Full name of the beneficiary"), "you"),
            ("beneficiary_national_id", _("The beneficiary's national ID or iqama number"), "you"),
        ]
    needed += [
        ("mobile", _("Mobile"), "contact"),
        ("reply_channel", _("By what means would you like the reply?"), "contact"),
    ]
    channel = policy.channel(person.get("reply_channel") or "")
    address = needed_for(channel) if channel else None
    if address and address != "mobile":
        needed.append((address, _("Address or number for the reply"), "contact"))
    return ((label, stop) for key, label, stop in needed if not person.get(key))
