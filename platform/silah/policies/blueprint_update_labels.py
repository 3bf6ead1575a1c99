"""What is new in a role or a form of the blueprint, in words: what comes, what goes, and what reads otherwise."""

from collections.abc import Sequence

from flask_babel import gettext as _

from silah.policies import blueprint_parts
from silah.policies.blueprint_contents import ROLES, Novelty
from silah.policies.blueprint_parts import Change
from silah.web.access import PERMISSION_LABELS, Permission
from tenants.texts import Text


def name_of(one: Novelty, locale: str) -> str:
    """What the role or the form is called."""
    kept = one.theirs["name"] if one.kind == ROLES else one.theirs["title"]
    return Text(**kept).for_locale(locale)


def changes(one: Novelty, locale: str) -> Sequence[Change]:
    """What taking it would change at the association."""
    return _role(one, locale) if one.kind == ROLES else blueprint_parts.get(one.kind).list_changes(one, locale)


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
