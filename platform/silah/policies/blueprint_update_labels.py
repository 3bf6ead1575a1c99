"""What is new in a role or a form of the blueprint, in words: what comes, what goes, and what reads otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from silah.intake.definition import Definition
from silah.policies.blueprint_contents import ROLES, Novelty
from silah.web.access import PERMISSION_LABELS, Permission
from tenants.texts import Text


@dataclass(frozen=True)
class Change:
    """One line: what it is about, and what stood and stands there; either may be empty."""

    label: str
    before: str = ""
    after: str = ""


def name_of(one: Novelty, locale: str) -> str:
    """What the role or the form is called."""
    kept = one.theirs["name"] if one.kind == ROLES else one.theirs["title"]
    return Text(**kept).for_locale(locale)


def changes(one: Novelty, locale: str) -> list[Change]:
    """What taking it would change at the association."""
    return _role(one, locale) if one.kind == ROLES else _form(one, locale)


def _role(one: Novelty, locale: str) -> list[Change]:
    before, after = one.ours or {"name": None, "permissions": []}, one.result
    found = []
    if before["name"] and before["name"] != after["name"]:
        found.append(
            Change(_("Name"), Text(**before["name"]).for_locale(locale), Text(**after["name"]).for_locale(locale))
        )
    come, gone = (
        set(after["permissions"]) - set(before["permissions"]),
        set(before["permissions"]) - set(after["permissions"]),
    )
    found += [Change(_("Given:"), after=words) for words in _permissions(come)]
    return found + [Change(_("Taken away:"), before=words) for words in _permissions(gone)]


def _permissions(some: set[str]) -> list[str]:
    return [str(PERMISSION_LABELS[one]) for one in Permission if one.value in some]


def _form(one: Novelty, locale: str) -> list[Change]:
    after = Definition.read(one.result)
    if one.ours is None:
        asked = [Change(_("Question"), after=field.label.for_locale(locale)) for field in after.fields]
        return asked + [Change(_("Document"), after=paper.label.for_locale(locale)) for paper in after.documents]
    before = Definition.read(one.ours)
    found = _texts(before, after, locale)
    found += _parts(_("Step"), before.steps, after.steps, "title", locale, leave={"fields"})
    found += _parts(_("Question"), before.fields, after.fields, "label", locale)
    return found + _parts(_("Document"), before.documents, after.documents, "label", locale)


def _texts(before: Definition, after: Definition, locale: str) -> list[Change]:
    """The title, the summary, and the conditions that are shown before one starts."""
    pairs = ((_("Title"), before.title, after.title), (_("Summary"), before.summary, after.summary))
    found = [Change(label, old.for_locale(locale), new.for_locale(locale)) for label, old, new in pairs if old != new]
    criteria = _("Conditions")
    gone = [old for old in before.criteria if old not in after.criteria]
    come = [new for new in after.criteria if new not in before.criteria]
    found += [Change(criteria, before=old.for_locale(locale)) for old in gone]
    return found + [Change(criteria, after=new.for_locale(locale)) for new in come]


def _parts(
    label: str, before: Iterable[Any], after: Iterable[Any], named: str, locale: str, leave: Iterable[str] = ()
) -> list[Change]:
    """Steps, questions or documents by their keys: added, removed, or otherwise than before."""
    old, new = {one.key: one for one in before}, {one.key: one for one in after}

    def words(one: Any) -> str:
        return str(getattr(one, named).for_locale(locale))

    skip = set(leave)
    found = [Change(label, before=words(one)) for key, one in old.items() if key not in new]
    found += [Change(label, after=words(one)) for key, one in new.items() if key not in old]
    for key in old.keys() & new.keys():
        if old[key].model_dump(exclude=skip) != new[key].model_dump(exclude=skip):
            found.append(_reworded(label, words(old[key]), words(new[key])))
    return found


def _reworded(label: str, before: str, after: str) -> Change:
    if before != after:
        return Change(label, before, after)
    return Change(label, after=_("%(name)s (hint, choices, limits or when it is asked)", name=after))
