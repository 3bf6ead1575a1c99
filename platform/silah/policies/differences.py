"""What differs between two policies, clause by clause and setting by setting, in words; pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, Protocol, TypeVar

from flask_babel import gettext as _

from silah.language.bilingual import join_words
from silah.policies.merging import rising
from silah.policies.sections import SECTIONS
from tenants.policy import Policy
from tenants.policy_labels import label, value_words
from tenants.policy_parts import Clause
from tenants.texts import Part, Text

How = Literal["changed", "added", "removed", "moved"]
Names = Mapping[str, Text]


@dataclass(frozen=True)
class Change:
    """One difference: where it is, in words; what stood there and what stands there, in the reader's language."""

    path: tuple[str, ...]
    where: str
    how: How
    before: str = ""
    after: str = ""


def differences(old: Policy, new: Policy, locale: str, names: Names | None = None) -> list[Change]:
    """Every difference in the order of the sections; ``names`` are those of roles, by key."""
    known = {**(names or {}), **named_in(old), **named_in(new)}
    return list(Comparison(locale, known).parts(old, new, ()))


class Placed(Protocol):
    """Something that has a place in a policy."""

    @property
    def path(self) -> tuple[str, ...]:
        """Fields and names, from the policy's own field on."""


One = TypeVar("One", bound=Placed)


def by_section(changes: Sequence[One]) -> list[tuple[Any, list[One]]]:
    """The differences under the headings of the sections in which they are edited."""
    home = {name: section for section in SECTIONS for name in section.fields}
    found = [(section, [one for one in changes if home.get(one.path[0]) is section]) for section in SECTIONS]
    return [(section, inside) for section, inside in found if inside]


class Comparison:
    """Compares parts in one language."""

    def __init__(self, locale: str, names: Names) -> None:
        self.locale, self.names = locale, names

    def parts(self, old: Part, new: Part, path: tuple[str, ...]) -> Iterator[Change]:
        """The differences between two parts of one type."""
        for name in type(new).model_fields:
            if name != "says":
                yield from self.values(getattr(old, name), getattr(new, name), (*path, name))

    def values(self, old: Any, new: Any, path: tuple[str, ...]) -> Iterator[Change]:
        """The differences between two values of one field."""
        if old == new:
            return
        if isinstance(old, Text) and isinstance(new, Text):
            yield from self.texts(old, new, path)
        elif isinstance(old, Part) and isinstance(new, Part):
            yield from self.parts(old, new, path)
        elif isinstance(old, tuple) and isinstance(new, tuple):
            yield from self.lists(old, new, path)
        else:
            how: How = "added" if old is None and isinstance(new, Part) else "changed"
            how = "removed" if new is None and isinstance(old, Part) else how
            yield self.change(path, how, self.words(old, path), self.words(new, path))

    def texts(self, old: Text, new: Text, path: tuple[str, ...]) -> Iterator[Change]:
        """A wording that changed, in each language in which it did."""
        for language in ("ar", "en"):
            before, after = getattr(old, language), getattr(new, language)
            if before != after:
                yield self.change((*path, language), "changed", before, after)

    def lists(self, old: tuple[Any, ...], new: tuple[Any, ...], path: tuple[str, ...]) -> Iterator[Change]:
        """What was added to a list, removed from it, moved in it, or changed in one of its items."""
        if any(isinstance(one, Clause) for one in (*old, *new)):
            yield from self.clauses(old, new, path)
            return
        before, after = {_key(one): one for one in old}, {_key(one): one for one in new}
        for key, one in before.items():
            if key not in after:
                yield self.change(path, "removed", self.words(one, path), "")
        for key, one in after.items():
            if key not in before:
                yield self.change(path, "added", "", self.words(one, path))
            elif isinstance(one, Part):
                step = str(key) if path == ("steps",) else self.words(one, path)
                yield from self.parts(before[key], one, (*path, step))
        kept = [key for key in before if key in after]
        if kept != [key for key in after if key in before]:
            words = [
                join_words((self.words(one, path) for one in held.values()), self.locale) for held in (before, after)
            ]
            yield self.change(path, "moved", *words)

    def clauses(self, old: tuple[Any, ...], new: tuple[Any, ...], path: tuple[str, ...]) -> Iterator[Change]:
        """Clauses have no keys: those that read alike are the same; what stands in the place of one is its change."""
        stood, stand = [_read(one) for one in old], [_read(one) for one in new]
        moved = _moved(stood, stand)
        for index in sorted(moved):
            place = stood.index(stand[index])
            yield self.change(path, "moved", self.after(old, place, path), self.after(new, index, path))
            yield from self.parts(old[place], new[index], (*path, str(index + 1)))
        left = [one for one in old if _read(one) not in {stand[index] for index in moved}]
        places = [index for index in range(len(new)) if index not in moved]
        matcher = SequenceMatcher(
            None, [_read(one) for one in left], [stand[place] for place in places], autojunk=False
        )
        for how, first, last, start, end in matcher.get_opcodes():
            pairs = min(last - first, end - start)
            for index in range(pairs):
                place = places[start + index]
                yield from self.parts(left[first + index], new[place], (*path, str(place + 1)))
            if how != "equal":
                for one in left[first + pairs : last]:
                    yield self.change(path, "removed", self.words(one, path), "")
                for place in places[start + pairs : end]:
                    yield self.change(path, "added", "", self.words(new[place], path))

    def after(self, items: tuple[Any, ...], place: int, path: tuple[str, ...]) -> str:
        """Where a clause stands: behind which other."""
        what = self.words(items[place], path)
        if not place:
            return str(_("“%(what)s” stands first.", what=what))
        return str(_("“%(what)s” stands after “%(other)s”.", what=what, other=self.words(items[place - 1], path)))

    def change(self, path: tuple[str, ...], how: How, before: str, after: str) -> Change:
        """One difference, with its place in words."""
        steps = [int(step) - 1 if step.isdigit() else step for step in path]
        return Change(path, label(steps).for_locale(self.locale), how, before, after)

    def words(self, value: Any, path: tuple[str, ...]) -> str:
        """A value in words: a part by its name, a list by its items."""
        if isinstance(value, Text):
            return value.for_locale(self.locale)
        if isinstance(value, tuple):
            words = join_words((self.words(one, path) for one in value), self.locale)
            return words or value_words(None).for_locale(self.locale)
        if isinstance(value, Part):
            return self.part_words(value, path)
        if isinstance(value, str) and value in self.names:
            return self.names[value].for_locale(self.locale)
        if value == "":
            return value_words(None).for_locale(self.locale)
        return value_words(value, path[-1] if path else "").for_locale(self.locale)

    def part_words(self, part: Part, path: tuple[str, ...]) -> str:
        """A part by its name, text or kind; else by all that it says."""
        for name in ("name", "heading", "text", "general", "by"):
            text = getattr(part, name, None)
            if isinstance(text, Text) and text:
                return text.for_locale(self.locale)
        kind = getattr(part, "kind", None) or getattr(part, "act", None)
        if kind:
            return value_words(kind).for_locale(self.locale)
        said = [(name, getattr(part, name)) for name in type(part).model_fields]
        told = [
            f"{label([name]).for_locale(self.locale)}: {self.words(value, (name,))}" for name, value in said if value
        ]
        return " · ".join(told)


def _key(item: Any) -> Any:
    """By what an item of a list is known again."""
    for name in ("key", "kind", "act"):
        if isinstance(item, Part) and hasattr(item, name):
            return getattr(item, name)
    return item


def _moved(stood: list[tuple[str, str]], stand: list[tuple[str, str]]) -> set[int]:
    """The places of clauses that read alike and stand elsewhere; one that stands twice is no such."""
    alike = [one for one in stand if stood.count(one) == stand.count(one) == 1]
    still = rising([stood.index(one) for one in alike])
    return {stand.index(one) for one in alike if stood.index(one) not in still}


def _read(clause: Clause) -> tuple[str, str]:
    return clause.text.ar, clause.text.en


def named_in(policy: Policy) -> dict[str, Text]:
    """The names of what settings of this policy point at."""
    named = {channel.key: channel.name for channel in policy.channels}
    named |= {committee.key: committee.name for committee in policy.committees}
    if policy.compensation:
        named |= {one.key: one.name for one in policy.compensation.evidence}
    return named
