"""One answer, from what was typed to what is kept as JSON, and back to words; pure but for the words' language.

Money is kept as exact text, a date as ISO text. ``BadAnswer`` says in plain words what to do.
"""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah.forms.parsers import BadAnswer, day, email, iban_number, mobile, national_id, number
from silah.forms.texts import clean
from silah.intake.definition import Field
from silah.language.typed_days import ANY_DAY, BOUNDS

LONGEST = {"text": 200, "long_text": 4000}


def read(field: Field, typed: Any) -> Any:
    """The answer to keep for what was typed into a field; None for nothing. Raises ``BadAnswer``."""
    if field.kind == "yes_no":
        return _yes_no(typed)
    if field.kind == "choices":
        return [_chosen(field, one) for one in typed or []] or None
    text = clean(str(typed if typed is not None else ""))
    if not text:
        return None
    if field.kind == "choice":
        return _chosen(field, text)
    if field.kind in ("number", "money"):
        return _amount(field, text)
    if field.kind == "date":
        return day(text, BOUNDS.get(field.day_range or "", ANY_DAY)).isoformat()
    if field.kind in ("text", "long_text"):
        return _text(field, text)
    return READERS[field.kind](text)


READERS: dict[str, Any] = {"national_id": national_id, "mobile": mobile, "iban": iban_number, "email": email}


def _amount(field: Field, text: str) -> str | int:
    found = number(text, places=2 if field.kind == "money" else None)
    if field.minimum is not None and found < field.minimum:
        raise BadAnswer(_("Enter %(bound)s or more.", bound=f"{field.minimum:f}"))
    if field.maximum is not None and found > field.maximum:
        raise BadAnswer(_("Enter %(bound)s or less.", bound=f"{field.maximum:f}"))
    if field.kind == "money":
        if found < 0:
            raise BadAnswer(_("Enter an amount of zero or more."))
        return f"{round(found, 2):f}"
    return int(found) if found == int(found) else f"{found.normalize():f}"


def _text(field: Field, text: str) -> str:
    longest = field.longest or LONGEST[field.kind]
    if len(text) > longest:
        raise BadAnswer(_("Write at most %(count)s characters.", count=longest))
    return text


def _chosen(field: Field, value: str) -> str:
    if field.choice(value) is None:
        raise BadAnswer(_("Choose one of the answers."))
    return value


def _yes_no(typed: Any) -> bool | None:
    if isinstance(typed, bool):
        return typed
    return {"yes": True, "true": True, "no": False, "false": False}.get(str(typed or "").lower())


YES, NO = _l("Yes"), _l("No")
