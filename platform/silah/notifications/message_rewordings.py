"""An association's own wording of the messages, checked before it is kept, and shown with example values."""

from dataclasses import dataclass

from flask_babel import force_locale
from sqlalchemy import select

from silah import clock
from silah.language.bilingual import localized
from silah.language.localization import dates
from silah.notifications.message_templates import Template
from silah.notifications.models import MessageTemplate
from silah.notifications.placeholders import Value, check, fill, linked, one_line, paragraphs
from silah.web.access import Member
from tenants.context import current_tenant
from tenants.database import db

__all__ = ["Preview", "check", "is_reworded", "preview", "restore", "reword", "reworded"]


@dataclass(frozen=True)
class Preview:
    """A message as its reader would see it."""

    subject: str
    paragraphs: list[list[str]]


def reworded() -> set[tuple[str, str]]:
    """The key and language of every message that the association words itself."""
    return {(one.key, one.locale) for one in db.session.scalars(select(MessageTemplate))}


def is_reworded(template: Template, locale: str) -> bool:
    """Whether the association words this message itself in this language."""
    return db.session.get(MessageTemplate, (template.key, locale)) is not None


def reword(template: Template, locale: str, subject: str | None, body: str | None, *, by: Member | None) -> None:
    """Keep the association's wording; raises ``Invalid`` naming what cannot be taken."""
    wording = check(template, subject or "", body or "")
    own = db.session.get(MessageTemplate, (template.key, locale)) or MessageTemplate(key=template.key, locale=locale)
    own.subject, own.body = wording.subject, wording.body
    own.changed_by, own.changed_at = by.id if by else None, clock.now()
    db.session.add(own)


def restore(template: Template, locale: str) -> None:
    """Word the message as the platform does."""
    own = db.session.get(MessageTemplate, (template.key, locale))
    if own is not None:
        db.session.delete(own)


def preview(template: Template, locale: str, subject: str, body: str) -> Preview:
    """The message with example values, in its own language."""
    with force_locale(locale):
        values = _examples(locale)
    return Preview(
        one_line(fill(subject, values)), [[linked(line) for line in part] for part in paragraphs(fill(body, values))]
    )


def _examples(locale: str) -> dict[str, Value]:
    tenant, today = current_tenant(), dates(clock.today())
    link = f"https://{tenant.slug}.example/…"
    examples = {"ar": _ARABIC, "en": _ENGLISH}[locale]
    name = localized(tenant, "name", locale)
    return examples | {"association": name, "date": today, "latest": today, "target": today, "link": link}


_ARABIC: dict[str, Value] = {
    "name": "نورة سالم",
    "reference": "R-1448-000123",
    "request": "«طلب مساعدة»",
    "items": ("صورة الهوية الوطنية", "عقد الإيجار"),
    "remark": "نرجو أن تكون الصورة واضحة.",
    "promise": "لن يتجاوز الرد الموعد الذي تحدده السياسة.",
    "text": "نرجو الاتصال بنا في وقت الدوام.",
    "outcome": "قُبل طلبك.",
    "reasons": "انطبقت الشروط.",
    "what": "سلة غذائية",
    "reason": "ظهرت معلومات جديدة.",
    "code": "482913",
    "minutes": 10,
    "days": 7,
    "question": "هل تنطبق الشروط على هذه الحالة؟",
    "answer": "نعم، تنطبق.",
    "change": "كان آخر موعد للرد 1 أكتوبر 2026م وأصبح 4 أكتوبر 2026م. إجازة: اليوم الوطني (23 سبتمبر 2026م).",
}
_ARABIC |= {
    "meeting": "الاجتماع 3 للجنة البحث",
    "title": "محضر الاجتماع 3 للجنة البحث",
    "when": "الأحد 25 رجب 1448هـ، 3 يناير 2027م، 10:00 صباحًا",
    "place": "قاعة الاجتماعات",
    "agenda": ("R-1448-000123 — طلب مساعدة",),
    "changes": ("كان الموعد قبل ذلك بأسبوع.",),
    "amount": "1,500 ريال",
    "due": "4 أكتوبر 2026م",
    "code_of": "C-1448-000045",
    "office": "فرع الشمال",
    "day": "4 أكتوبر 2026م",
    "first": "1 يوليو 2026م",
    "last": "30 سبتمبر 2026م",
}
_ENGLISH: dict[str, Value] = {
    "name": "Noura Salem",
    "reference": "R-1448-000123",
    "request": "“Request for aid”",
    "items": ("Copy of the national ID", "Lease"),
    "remark": "Please make sure that the copy can be read.",
    "promise": "The reply will come within the time that the policy sets.",
    "text": "Please call us during working hours.",
    "outcome": "Your request is accepted.",
    "reasons": "The conditions are met.",
    "what": "Food basket",
    "reason": "New information came to light.",
    "code": "482913",
    "minutes": 10,
    "days": 7,
    "question": "Do the conditions fit this case?",
    "answer": "Yes, they do.",
    "change": (
        "The latest day for the reply was 1 October 2026 and is 4 October 2026. Off: National Day (23 September 2026)."
    ),
}
_ENGLISH |= {
    "meeting": "meeting 3 of the research committee",
    "title": "Minutes of meeting 3 of the research committee",
    "when": "Sunday 3 January 2027 (25 Rajab 1448 AH), 10:00 am",
    "place": "Meeting hall",
    "agenda": ("R-1448-000123 — Request for aid",),
    "changes": ("It was to be a week earlier.",),
    "amount": "SAR 1,500",
    "due": "4 October 2026",
    "code_of": "C-1448-000045",
    "office": "the northern branch",
    "day": "4 October 2026",
    "first": "1 July 2026",
    "last": "30 September 2026",
}
