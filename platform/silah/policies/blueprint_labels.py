"""What a blueprint changed, in words: where, what stood there, what the association has, and what stands there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from silah.language.bilingual import join_words
from silah.policies.diff_trees import LIST, Tree, find, is_list, plain
from silah.policies.differences import Comparison, Names, named_in
from silah.policies.merging import Offer
from tenants.policy_labels import label, value_words
from tenants.texts import Text

if TYPE_CHECKING:
    from silah.policies.blueprint import Standing

BOTH = ("ar", "en")


@dataclass(frozen=True)
class Line:
    """One thing at a place (a language, a number, its unit), and what each of the three has there."""

    name: str
    base: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class Said:
    """One change in words; ``path`` begins with the field of the policy, as sections know it."""

    key: str
    path: tuple[str, ...]
    where: str
    how: str
    conflict: bool
    lines: list[Line]


def said(stands: "Standing", locale: str, names: Names) -> list[Said]:
    """Every change that is offered, in words; ``names`` are those of roles, by key."""
    words = Words(stands, locale, names)
    return [words.said(one) for one in stands.offers]


def places(stands: "Standing", which: Sequence[Offer], locale: str) -> list[str]:
    """Where these changes are, in one language, and which item it is about."""
    words = Words(stands, locale, {})
    return [f"{words.where(one)}: {words.about(one)}" if one.item else words.where(one) for one in which]


class Words:
    """Says changes in one language."""

    def __init__(self, stands: "Standing", locale: str, names: Names) -> None:
        self.locale, self.trees = locale, (stands.base, stands.ours, stands.theirs)
        known = {**names, **named_in(stands.plan.policy), **named_in(stands.beside.policy)}
        self.comparison = Comparison(locale, known)

    def said(self, one: Offer) -> Said:
        """One change."""
        path = one.path or tuple(one.after)
        return Said(one.key, path, self.where(one), _how(one), one.conflict, self.lines(one))

    def where(self, one: Offer) -> str:
        """The place in words: Preamble › Points › 2 › Text."""
        steps: list[int | str] = [
            step if not is_list(self.at(one.path[:depth])) else self.item(one.path[:depth], step)
            for depth, step in enumerate(one.path)
        ]
        if one.how == "changed" and "unit" not in one.after:  # a number with its unit is the part itself
            steps.append(next(iter(one.after)))
        return label(steps).for_locale(self.locale)

    def about(self, one: Offer) -> str:
        """The item that is added, removed or moved."""
        return self.words(plain(self.at((*one.path, one.item))), one.path[-1])

    def lines(self, one: Offer) -> list[Line]:
        """What each of the three has at the place."""
        if one.how == "changed":
            return [line for field in one.after for line in self.field(one, field)]
        if one.how == "moved":
            held = [find(tree, one.path) for tree in self.trees]
            return [Line("", *(self.standing(one.item, items) for items in held))]
        before, own, after = (self.words(plain(value), one.path[-1]) for value in (one.before, one.ours, one.after))
        return [Line("", before, own, after)]

    def field(self, one: Offer, field: str) -> list[Line]:
        """One field of a place, in each language if it is a wording."""
        values = [plain(side.get(field)) for side in (one.before, one.ours, one.after)]
        if values[0] == values[2] or (field == "says" and one.before.get("text") != one.after.get("text")):
            return []  # what a wording fixes goes with the wording
        if all(value is None or _is_text(value) for value in values):
            return [
                Line(label([language]).for_locale(self.locale), *((value or {}).get(language, "") for value in values))
                for language in BOTH
                if (values[0] or {}).get(language) != (values[2] or {}).get(language)
            ]
        name = label([field]).for_locale(self.locale) if len(one.after) > 1 else ""
        return [Line(name, *(self.words(value, field) for value in values))]

    def words(self, value: Any, field: str) -> str:
        """A value in words: a part by its name or wording, a list by its items."""
        if isinstance(value, list):
            return join_words((self.words(one, field) for one in value), self.locale)
        if not isinstance(value, dict):
            return self.comparison.words(value, (field,))
        if _is_text(value):
            return Text(**value).for_locale(self.locale)
        named = next((value[name] for name in ("name", "heading", "text", "general") if value.get(name)), None)
        if named:
            return Text(**named).for_locale(self.locale)
        told = [(label(name.split(".")).for_locale(self.locale), one) for name, one in value.items() if one]
        return " · ".join(f"{name}: {self.words(one, name)}" for name, one in told)

    def standing(self, item: str, items: Any) -> str:
        """Where an item stands in a list: behind which other."""
        held = [name for name, _item in items[LIST]] if is_list(items) else []
        if item not in held:
            return ""
        wording = self.words(plain(find(items, (item,))), "")
        place = held.index(item)
        if not place:
            return str(_("“%(what)s” stands first.", what=wording))
        before = self.words(plain(find(items, (held[place - 1],))), "")
        return str(_("“%(what)s” stands after “%(other)s”.", what=wording, other=before))

    def item(self, path: Sequence[str], name: str) -> int | str:
        """An item of a list as a step of a path: by its name, or a clause by its place."""
        value = self.at((*path, name))
        if isinstance(value, dict) and not name.startswith("~"):
            named = value.get("name") or {}
            kind = value.get("kind") or value.get("act") or name
            return Text(**named).for_locale(self.locale) if any(named.values()) else self.kind(kind)
        holding = (find(tree, path) for tree in reversed(self.trees) if find(tree, (*path, name)) is not None)
        held: Tree = next(holding, {LIST: []})
        return next((place for place, (one, _item) in enumerate(held[LIST]) if one == name), name)

    def kind(self, kind: str) -> str:
        """The kind of a step or an act in words."""
        words = label([kind]).for_locale(self.locale)
        return value_words(kind).for_locale(self.locale) if words == kind.replace("_", " ") else words

    def at(self, path: Sequence[str]) -> Any:
        """What stands at a path, in the blueprint as it is, else as it was."""
        base, _ours, theirs = self.trees
        found = find(theirs, path)
        return find(base, path) if found is None else found


def _is_text(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == set(BOTH)


def _how(one: Offer) -> str:
    """Changed, added, removed or moved; a part that was not there at all is added."""
    if one.how == "changed" and len(one.after) == 1:
        (before,), (after,) = one.before.values(), one.after.values()
        if isinstance(before or after, dict) and None in (before, after):
            return "added" if before is None else "removed"
    return one.how
