"""What is wrong with a policy document, said field by field in both languages."""

from typing import Any, TypedDict

from pydantic import ValidationError

from tenants.policy_labels import label


class Wrong(TypedDict):
    """One wrong field: the path to it, and what is wrong in each language."""

    loc: tuple[int | str, ...]
    ar: str
    en: str


# By pydantic's error type; what is not here is said by the last resort below.
_SAID: dict[str, tuple[str, str]] = {
    "missing": ("هذا الحقل مطلوب", "is required"),
    "extra_forbidden": ("هذا الحقل غير معروف", "is not a known setting"),
    "literal_error": ("القيمة ليست من الخيارات المتاحة: {expected}", "is not one of: {expected}"),
    "union_tag_invalid": ("نوع الخطوة غير معروف", "is not a known kind of step"),
    "union_tag_not_found": ("لم يُحدَّد نوع الخطوة", "does not say which kind of step it is"),
    "string_pattern_mismatch": (
        "يبدأ المفتاح بحرف لاتيني صغير ويتكوّن من حروف لاتينية صغيرة وأرقام وشرطة سفلية",
        "starts with a small Latin letter and holds small Latin letters, digits and underscores",
    ),
    "greater_than_equal": ("القيمة أقل من المسموح ({ge})", "is less than {ge}"),
    "less_than_equal": ("القيمة أكبر من المسموح ({le})", "is more than {le}"),
    "greater_than": ("يجب أن تكون القيمة أكبر من {gt}", "must be more than {gt}"),
    "too_short": ("العناصر أقل من الحد الأدنى ({min_length})", "has fewer than {min_length} items"),
    "too_long": ("العناصر أكثر من الحد الأقصى ({max_length})", "has more than {max_length} items"),
    "value_error": ("{error}", "{error}"),
    "int_parsing": ("اكتب عددًا صحيحًا بالأرقام، مثل 12", "must be a whole number in digits, such as 12"),
    "int_parsing_size": ("اكتب عددًا صحيحًا بالأرقام، مثل 12", "must be a whole number in digits, such as 12"),
    "float_parsing": ("اكتب عددًا بالأرقام، مثل 0.5", "must be a number in digits, such as 0.5"),
}
_LAST_RESORT = ("القيمة غير صحيحة", "is not a valid value")


class PolicyError(ValueError):
    """A policy document that cannot be read; ``wrong`` lists each field with its path and both languages."""

    def __init__(self, wrong: list[Wrong]) -> None:
        self.wrong = wrong
        super().__init__("; ".join(item["en"] for item in wrong))

    @classmethod
    def of(cls, error: ValidationError) -> "PolicyError":
        """Translate pydantic's findings."""
        return cls([_said(item) for item in error.errors(include_url=False)])


def _said(item: Any) -> Wrong:
    loc: tuple[int | str, ...] = tuple(item["loc"])
    context = dict(item.get("ctx") or {})
    if "expected" in context:
        context["expected"] = context["expected"].replace(" or ", ", ")
    arabic, english = _SAID.get(item["type"], _LAST_RESORT)
    if isinstance(context.get("error"), Contradiction):
        arabic, english = context["error"].ar, context["error"].en
        context = {}
    name = label(loc)
    return {
        "loc": loc,
        "ar": f"{name.ar}: {arabic.format(**context)}" if context else f"{name.ar}: {arabic}",
        "en": f"{name.en} {english.format(**context)}" if context else f"{name.en} {english}",
    }


class Contradiction(ValueError):
    """Settings that cannot stand together, said in both languages."""

    def __init__(self, ar: str, en: str) -> None:
        self.ar, self.en = ar, en
        super().__init__(en)
