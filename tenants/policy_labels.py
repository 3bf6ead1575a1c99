"""The names of policy settings in both languages: for errors, findings and the pages that edit them."""

from collections.abc import Sequence

from tenants.texts import Text

LABELS: dict[str, tuple[str, str]] = {
    "": ("السياسة", "Policy"),
    "title": ("عنوان السياسة", "Title"),
    "entity": ("نوع الكيان", "Kind of entity"),
    "identity": ("هوية الجمعية", "Identity"),
    "name": ("الاسم", "Name"),
    "brand": ("الاسم المختصر", "Short name"),
    "logo": ("الشعار", "Logo"),
    "licence_number": ("رقم الترخيص", "Licence number"),
    "letterhead": ("خانات الورق الرسمي", "Letterhead"),
    "audience": ("الفئة المخاطبة", "Audience"),
    "preamble": ("التمهيد", "Preamble"),
    "scope": ("النطاق", "Scope"),
    "objectives": ("الأهداف", "Objectives"),
    "general": ("الهدف العام", "General objective"),
    "detailed": ("الأهداف التفصيلية", "Detailed objectives"),
    "channels": ("قنوات التواصل", "Channels"),
    "tools": ("الأدوات", "Tools"),
    "steps": ("خطوات التعامل", "Dealing steps"),
    "reception": ("الاستقبال", "Reception"),
    "receive_complete": ("استلام المعاملة كاملة", "Receiving complete"),
    "match_data": ("مطابقة البيانات", "Matching data"),
    "refer_unclear": ("الإحالة عند عدم الوضوح", "Referral when unclear"),
    "attest": ("الإقرار بصحة البيانات", "Attestation"),
    "study": ("دراسة الطلب", "Study"),
    "reply": ("الرد", "Reply"),
    "complete_registration": ("استكمال التسجيل", "Completing registration"),
    "deliver": ("تقديم الخدمة", "Delivery"),
    "to": ("الجهة المحال إليها", "Referred to"),
    "stand_ins": ("البدلاء", "Stand-ins"),
    "signer": ("الموقّع", "Signer"),
    "by": ("الجهة المسؤولة", "Body"),
    "kind": ("النوع", "Kind"),
    "key": ("المفتاح", "Key"),
    "address": ("العنوان أو الرقم", "Address"),
    "hours": ("ساعات العمل", "Hours"),
    "owner": ("المسؤول عن القناة", "Owner"),
    "intake": ("استلام الطلبات", "Intake"),
    "incomplete": ("الطلب غير المكتمل", "Incomplete request"),
    "outcome": ("صيغة النتيجة", "Outcome wording"),
    "reply_period": ("مدة الرد", "Reply period"),
    "bound": ("نوع الحد", "Bound"),
    "amount": ("المقدار", "Amount"),
    "unit": ("الوحدة", "Unit"),
    "starts": ("بداية المدة", "Start"),
    "chosen_start": ("بداية المدة المختارة", "Chosen start"),
    "target": ("المستهدف الداخلي", "Internal target"),
    "calendar": ("التقويم", "Calendar"),
    "weekend": ("عطلة نهاية الأسبوع", "Weekend"),
    "committees": ("اللجان", "Committees"),
    "quorum": ("النصاب النظامي", "Quorum"),
    "quorum_value": ("مقدار النصاب", "Quorum's number"),
    "complaints": ("الشكاوى والخلافات", "Complaints and disputes"),
    "body": ("الجهة المختصة", "Body"),
    "answer_within": ("مدة الإجابة الداخلية", "Internal answer period"),
    "compensation": ("التعويض", "Compensation"),
    "evidence": ("البينات", "Evidence"),
    "enough": ("ما يكفي من البينات", "Sufficient evidence"),
    "relationship": ("العلاقة والخصوصية", "Relationship and privacy"),
    "informing": ("تزويد المستفيد بالمعلومات", "Informing beneficiaries"),
    "satisfaction": ("قياس الرضا", "Satisfaction"),
    "instruments": ("أدوات القياس", "Instruments"),
    "responsibilities": ("المسؤوليات", "Responsibilities"),
    "control": ("ضبط الوثيقة", "Document control"),
    "version": ("رقم الإصدار", "Version"),
    "amendment": ("رقم التعديل", "Amendment"),
    "amended_printed": ("تاريخ التعديل", "Amendment date"),
    "board": ("جلسة مجلس الإدارة", "Board session"),
    "ratification": ("المصادقة", "Ratification"),
    "sign_offs": ("الإعداد والمراجعة والاعتماد", "Preparation, review, approval"),
    "chain": ("سلسلة الاعتماد", "Chain of approval"),
    "review": ("مراجعة السياسة", "Review of the policy"),
    "lettering": ("الترقيم", "Lettering"),
    "sections": ("البنود", "Clauses"),
    "letter": ("حرف البند", "Letter"),
    "heading": ("عنوان البند", "Heading"),
    "items": ("الفقرات", "Points"),
    "text": ("النص", "Text"),
    "request_word": ("تسمية الطلب", "Name of a request"),
    "ar": ("بالعربية", "in Arabic"),
    "en": ("بالإنجليزية", "in English"),
}


def label(path: Sequence[int | str]) -> Text:
    """A path in words: Channels › 3 › Owner. Positions are counted from one."""
    steps = [_one(step) for step in path] or [_one("")]
    return Text(ar=" › ".join(arabic for arabic, _ in steps), en=" › ".join(english for _, english in steps))


def _one(step: int | str) -> tuple[str, str]:
    if isinstance(step, int):
        return str(step + 1), str(step + 1)
    return LABELS.get(step, (step, step.replace("_", " ")))
