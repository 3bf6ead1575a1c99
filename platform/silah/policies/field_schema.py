"""What can be edited about a part of the policy, told from its pydantic types; pure.

A shape says what kind of field a page shows: a text in both languages, a line, a date, a number, a tick, one or many of
some choices, a part with fields of its own, or a list of parts.
"""

import types
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from tenants.policy import Policy
from tenants.policy_rules import Step
from tenants.texts import Part, Text

STEPS: dict[str, type[Part]] = {one.model_fields["kind"].default: one for one in get_args(get_args(Step)[0])}
"""The kinds of dealing steps."""

ROLES = frozenset(
    {
        "Channel.owner",
        "ReferUnclear.to",
        "ReferUnclear.stand_ins",
        "ReferralMatter.to",
        "ReferralMatter.stand_ins",
        "Instrument.by",
    }
)
BODIES = frozenset({"Complaints.body", "Compensation.body"})
CHANNELS = frozenset({"Complaints.channels"})
LONG = frozenset({"Clause.text", "Objectives.general", "_Step.text"})


@dataclass(frozen=True)
class Shape:
    """One field: its kind, where it stands, and what it may hold."""

    kind: Literal["pair", "line", "date", "number", "tick", "one", "many", "part", "list", "groups", "key", "facts"]
    owner: str = ""
    name: str = ""
    optional: bool = False
    options: tuple[str, ...] = ()
    refers: Literal["", "role", "body", "channel", "evidence", "channel_kind"] = ""
    model: type[Part] | None = None
    whole: bool = True
    long: bool = False
    steps: bool = False
    fields: Mapping[str, "Shape"] = field(default_factory=dict)


@lru_cache(maxsize=64)
def fields_of(model: type[BaseModel]) -> Mapping[str, Shape]:
    """The shapes of a part's fields, in its order."""
    return {
        name: shape_of(info.annotation, model.__name__, name)
        for name, info in model.model_fields.items()
        if not (name == "kind" and model in STEPS.values())
    }


def shape_of(annotation: Any, owner: str, name: str) -> Shape:
    """The shape of one annotated field."""
    said, optional = _bare(annotation)
    base: dict[str, Any] = {"owner": owner, "name": name, "optional": optional}
    place = f"{owner}.{name}"
    if said is Text:
        long = place in LONG or (name == "text" and owner in {step.__name__ for step in STEPS.values()})
        return Shape("pair", long=long, **base)
    if name == "says":
        return Shape("facts", **base)
    if said is bool:
        return Shape("tick", **base)
    if said is date:
        return Shape("date", **base)
    if said in (int, float):
        return Shape("number", whole=said is int, **base)
    if get_origin(said) is Literal:
        return Shape("one", options=get_args(said), **base)
    if get_origin(said) is tuple:
        return _several(get_args(said)[0], base, place)
    if isinstance(said, type) and issubclass(said, Part):
        return Shape("part", model=said, **base)
    if place in ROLES | BODIES:
        return Shape("one", refers="role" if place in ROLES else "body", **base)
    if place == "Channel.kind":
        return Shape("one", refers="channel_kind", **base)
    if name == "key":
        return Shape("key", **base)
    return Shape("line", **base)


def _several(inner: Any, base: dict[str, Any], place: str) -> Shape:
    said, _optional = _bare(inner)
    if get_origin(said) is Literal:
        return Shape("many", options=get_args(said), **base)
    if get_origin(said) is tuple:
        return Shape("groups", refers="evidence", **base)
    if place in ROLES:
        return Shape("many", refers="role", **base)
    if place in CHANNELS:
        return Shape("many", refers="channel", **base)
    if isinstance(said, type) and issubclass(said, Part):
        return Shape("list", model=said, **base)
    return Shape("list", steps=True, **base)


def _bare(annotation: Any) -> tuple[Any, bool]:
    """The annotation without Annotated and without None, and whether None was among it."""
    optional = False
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        kept = [one for one in get_args(annotation) if one is not type(None)]
        optional = len(kept) < len(get_args(annotation))
        if len(kept) == 1:
            return _bare(kept[0])[0], optional
    return annotation, optional


def of_policy(name: str) -> Shape:
    """The shape of one of the policy's own fields, or of a dealing step by its kind."""
    if name in STEPS:
        return Shape("part", owner="Policy", name=name, optional=True, model=STEPS[name])
    return fields_of(Policy)[name]
