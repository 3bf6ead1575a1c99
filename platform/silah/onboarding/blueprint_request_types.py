"""The request types of a blueprint: read, taken by an association, and put in words where one was improved."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from silah.intake import request_types
from silah.intake.definition import Definition
from silah.intake.models import RequestType
from silah.policies import blueprint_parts
from silah.policies.blueprint_contents import TYPES, Novelty
from silah.policies.blueprint_parts import BlueprintPart, Change
from silah.web.access import Member
from tenants.blueprints import Blueprint
from tenants.database import db


def register() -> None:
    """Have the request types compared when a blueprint is improved."""
    part = BlueprintPart(read_blueprint, read_association, take, list_changes)
    blueprint_parts.register(TYPES, part)


def read_blueprint(plan: Blueprint) -> dict[str, Any]:
    """Return the forms of a blueprint by their keys."""
    return {one["key"]: Definition.read(one["definition"]).document() for one in plan.request_types}


def read_association() -> dict[str, Any]:
    """Return the forms that the association has by their keys."""
    return {one.type.key: Definition.read(one.definition).document() for one in request_types.listed()}


def take(one: Novelty, by: Member) -> None:
    """Put the form of the blueprint in place of the association's, as a revision."""
    kind = db.session.scalar(select(RequestType).where(RequestType.key == one.item))
    request_types.save(kind, Definition.read(one.result), by=by, key=one.item)


def list_changes(one: Novelty, locale: str) -> list[Change]:
    """Return what taking a form would change at the association."""
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
