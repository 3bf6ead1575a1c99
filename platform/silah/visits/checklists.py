"""Checklists of visits, the ready one that shows what the policies promise, and the score that marks come to."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext as _
from sqlalchemy import func, select

from silah.errors import Forbidden, Invalid, NotFound
from silah.forms.texts import clean
from silah.visits.models import VisitChecklist
from silah.web.access import Member, Permission
from tenants.database import db

BEST = 5
CENT = Decimal("0.01")


def format_score(value: Decimal) -> Decimal | int:
    """A score to one place, and to none where that says nothing."""
    short = round(value, 1)
    return int(short) if short == int(short) else short


def score(marks: Iterable[int | None]) -> Decimal | None:
    """Marks of 1 to 5 as a percentage to two places, 1 being 0 % and 5 being 100 %; None where nothing applied."""
    given = [mark for mark in marks if mark is not None]
    if not given:
        return None
    points = Decimal(sum(mark - 1 for mark in given))
    most = Decimal((BEST - 1) * len(given))
    return (100 * points / most).quantize(CENT, rounding=ROUND_HALF_UP)


READY_NAME = ("قائمة الزيارة الإشرافية", "Supervisory visit checklist")
READY_ITEMS: tuple[tuple[str, str, str], ...] = (
    ("courtesy", "يُستقبل المستفيد بالترحيب والاحترام", "Beneficiaries are received with courtesy and respect"),
    ("time", "يُمنح المستفيد الوقت الكافي لعرض حاجته", "Beneficiaries are given enough time to say what they need"),
    ("accuracy", "تُقدَّم للمستفيد إجابات دقيقة وواضحة", "Answers are accurate and clear"),
    ("in_place", "يُخدم المستفيد في مكانه دون إحالته بين الموظفين", "Beneficiaries are served where they are"),
    ("policy_shown", "السياسة ووسائل التواصل معروضة في مكان ظاهر", "The policy and the channels are on display"),
    ("forms", "النماذج والأدلة متوفرة بآخر إصدار", "Forms and guides are at hand in their latest version"),
    ("registered", "تُسجَّل الطلبات يوم ورودها", "Requests are registered on the day they come"),
    ("privacy", "تُحفظ بيانات المستفيدين وأوراقهم بسرية", "Data and papers of beneficiaries are kept confidential"),
    ("complaints", "يُعرَّف المستفيد بطريقة تقديم الشكوى", "Beneficiaries are told how to complain"),
    ("access", "المكتب مهيأ لكبار السن وذوي الإعاقة", "The office suits old people and people with disabilities"),
)


def list_ready_items() -> list[dict[str, Any]]:
    """The items as a checklist holds them."""
    return [{"key": key, "ar": ar, "en": en} for key, ar, en in READY_ITEMS]


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
    return save(VisitChecklist(), by=by, names=READY_NAME, items=list_ready_items())


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
