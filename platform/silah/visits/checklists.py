"""The checklists of an association: changed freely, because every visit keeps its own copy."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext as _
from sqlalchemy import func, select

from silah.errors import Forbidden, Invalid, NotFound
from silah.forms.texts import clean
from silah.visits import ready_checklist
from silah.visits.models import VisitChecklist
from silah.web.access import Member, Permission
from tenants.database import db

MOST_ITEMS = 60


def every(*, all_of_them: bool = False) -> Sequence[VisitChecklist]:
    """The checklists in use, or all."""
    rows = select(VisitChecklist).order_by(VisitChecklist.withdrawn, VisitChecklist.position, VisitChecklist.name_ar)
    return db.session.scalars(rows if all_of_them else rows.where(~VisitChecklist.withdrawn)).all()


def get(checklist_id: UUID) -> VisitChecklist:
    """One checklist; raises NotFound."""
    found = db.session.get(VisitChecklist, checklist_id)
    if found is None:
        raise NotFound
    return found


def add_ready(*, by: Member) -> VisitChecklist:
    """The ready checklist, as the association's own to change."""
    return save(VisitChecklist(), by=by, names=ready_checklist.NAME, items=ready_checklist.items())


def save(
    checklist: VisitChecklist,
    *,
    by: Member,
    names: tuple[str, str],
    items: Sequence[dict[str, Any]],
    withdrawn: bool = False,
) -> VisitChecklist:
    """Keep a checklist: both names, and items with a text in both languages; a line left empty is left out.

    Raises Invalid with an error for each field (``name_ar``, ``items-0-ar`` …).
    """
    if not by.may(Permission.EDIT_SURVEYS):
        raise Forbidden
    wrong: dict[str, Any] = {}
    for name, text in zip(("name_ar", "name_en"), names, strict=True):
        if not clean(text):
            wrong[name] = _("Write the name.")
    kept = []
    for index, item in enumerate(items):
        words = {locale: clean(item.get(locale, "")) for locale in ("ar", "en")}
        for locale, text in words.items():
            if any(words.values()) and not text:
                wrong[f"items-{index}-{locale}"] = _("Write it in both languages.")
        if all(words.values()):
            kept.append({"key": item.get("key") or uuid4().hex[:12], **words})
    if not kept and not wrong:
        wrong["items-0-ar"] = _("Write at least one item.")
    if wrong:
        raise Invalid(wrong)
    checklist.name_ar, checklist.name_en = clean(names[0]), clean(names[1])
    checklist.items, checklist.withdrawn = kept[:MOST_ITEMS], withdrawn
    if checklist.position is None:
        checklist.position = (db.session.scalar(select(func.max(VisitChecklist.position))) or 0) + 1
    db.session.add(checklist)
    db.session.flush()
    return checklist
