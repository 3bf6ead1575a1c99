"""A kept answer as it stands in a form's input, and as words for a reader."""

from datetime import date
from decimal import Decimal
from typing import Any

from silah.intake import answer_values
from silah.intake.definition import Field
from silah.language.bilingual import join_words
from silah.language.localization import dates, money, number


def typed(field: Field, kept: Any) -> Any:
    """The kept answer as a form shows it for change."""
    if kept is None:
        return [] if field.kind == "choices" else ""
    if field.kind == "yes_no":
        return "yes" if kept else "no"
    if field.kind == "date":
        day = date.fromisoformat(kept)
        return f"{day.day}/{day.month}/{day.year}"
    if field.kind == "choices":
        return list(kept)
    return str(kept)


def words(field: Field, kept: Any, locale: str) -> str:
    """The kept answer for a reader; empty for none."""
    if kept is None or kept == "" or kept == []:
        return ""
    if field.kind == "yes_no":
        return str(answer_values.YES if kept else answer_values.NO)
    if field.kind in ("choice", "choices"):
        chosen = [field.choice(value) for value in (kept if isinstance(kept, list) else [kept])]
        return join_words((choice.label.for_locale(locale) for choice in chosen if choice), locale)
    if field.kind == "date":
        return dates(date.fromisoformat(kept))
    if field.kind == "money":
        return money(Decimal(kept))
    if field.kind == "number":
        return number(Decimal(str(kept)))
    return str(kept)
