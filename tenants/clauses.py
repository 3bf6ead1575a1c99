"""The policy as it is printed, and walks through its clauses and texts.

Sections stand in order, each with its own points or those that its setting draws.
"""

from collections.abc import Iterator
from typing import Any

from tenants.policy import Policy
from tenants.policy_parts import Clause, Section
from tenants.texts import Text

Path = tuple[int | str, ...]

_LETTERS = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"


def printed(policy: Policy) -> tuple[Section, ...]:
    """The policy's sections with every point in place; letters stay as printed, slips included."""
    return tuple(
        section.model_copy(update={"items": (*section.items, *drawn(policy, section))}) for section in policy.sections
    )


def drawn(policy: Policy, section: Section) -> tuple[Clause, ...]:
    """The points that a section takes from the setting it names; none where that is empty."""
    objectives, scope = policy.objectives, policy.scope
    match section.draws:
        case "preamble":
            return policy.preamble.items
        case "scope":
            return scope.items if scope else ()
        case "general_objective":
            return (Clause(text=objectives.general),) if objectives else ()
        case "detailed_objectives":
            return objectives.detailed if objectives else ()
        case "channels":
            return tuple(Clause(text=channel.name) for channel in policy.listed_channels)
        case "tools":
            return tuple(Clause(text=tool.name) for tool in policy.tools)
        case "steps":
            return tuple(step.clause for step in policy.steps)
        case None:
            return ()


def next_letter(policy: Policy) -> str | None:
    """The letter for a section added at the end, where the policy letters its sections in Arabic."""
    used = [section.letter for section in policy.sections if section.letter]
    if policy.lettering != "arabic_letters" or not used:
        return None
    return _LETTERS[min(_LETTERS.find(used[-1]) + 1, len(_LETTERS) - 1)]


def skipped_letters(policy: Policy) -> tuple[str, ...]:
    """The letters left out between the first and the last that the policy prints."""
    used = [section.letter for section in policy.sections if section.letter]
    if not used or not all(letter in _LETTERS for letter in used):
        return ()
    span = _LETTERS[_LETTERS.index(used[0]) : _LETTERS.index(used[-1]) + 1]
    return tuple(letter for letter in span if letter not in used)


def texts_of(value: Any, path: Path = ()) -> Iterator[tuple[Path, Text]]:
    """Every text of the policy, or of a part of it, with the path to it."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts_of(item, (*path, index))
    elif hasattr(type(value), "model_fields"):
        for name in type(value).model_fields:
            yield from texts_of(getattr(value, name), (*path, name))


def clauses_of(policy: Policy) -> Iterator[tuple[Path, Clause]]:
    """Every printed point with the path to where it is written; dealing steps once, as steps."""
    for index, step in enumerate(policy.steps):
        yield ("steps", index, "text"), step.clause
    yield from _nested(policy.preamble.items, ("preamble", "items"))
    if policy.scope:
        yield from _nested(policy.scope.items, ("scope", "items"))
    if policy.objectives:
        yield from _nested(policy.objectives.detailed, ("objectives", "detailed"))
    for index, section in enumerate(policy.sections):
        yield from _nested(section.items, ("sections", index, "items"))


def _nested(clauses: tuple[Clause, ...], path: Path) -> Iterator[tuple[Path, Clause]]:
    for index, clause in enumerate(clauses):
        yield (*path, index), clause
        yield from _nested(clause.items, (*path, index, "items"))


def setting_of(policy: Policy, path: str) -> Any:
    """The value of a setting by its dotted path; None where some part of the path is not there."""
    value: Any = policy
    for name in path.split("."):
        value = getattr(value, name, None)
    return value
