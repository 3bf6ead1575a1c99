"""The ready checklist: what the policies promise to whoever comes to an office, as things that a visitor can see."""

from typing import Any

NAME = ("قائمة الزيارة الإشرافية", "Supervisory visit checklist")
ITEMS: tuple[tuple[str, str, str], ...] = (
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


def items() -> list[dict[str, Any]]:
    """The items as a checklist holds them."""
    return [{"key": key, "ar": ar, "en": en} for key, ar, en in ITEMS]
