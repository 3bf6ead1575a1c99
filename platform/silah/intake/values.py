"""One answer, from what was typed to what is kept as JSON, and back to words; pure but for the words' language.

Digits of any set are taken everywhere. Money is kept as exact text, a date as ISO text. ``BadAnswer`` says in plain
words what to do.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import phonenumbers
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from hijridate import Hijri
from stdnum import iban, luhn
from stdnum.exceptions import ValidationError

from silah.cases.texts import clean
from silah.i18n import western
from silah.intake.definition import Field

LONGEST = {"text": 200, "long_text": 4000}
LONGEST_NUMBER = 15
"""Digits before or after the point: written in full, 1e-999999 would fill a page."""

_DAY = re.compile(r"(\d{1,4})[/\-.](\d{1,2})[/\-.](\d{1,4})")


class BadAnswer(ValueError):
    """What was typed cannot be taken; the message says what to do."""


def national_id(text: str) -> str:
    """A national ID (begins with 1) or iqama number (begins with 2): ten digits with a check digit."""
    digits = re.sub(r"\D", "", western(text))
    if len(digits) != 10 or digits[0] not in "12" or not luhn.is_valid(digits):
        raise BadAnswer(_("Enter the ten digits of the national ID or iqama, as printed on the card."))
    return digits


def mobile(text: str) -> str:
    """A Saudi mobile, kept as +9665XXXXXXXX."""
    try:
        number = phonenumbers.parse(western(text), "SA")
    except phonenumbers.NumberParseException:
        number = None
    kept = f"+{number.country_code}{number.national_number}" if number else ""
    if not re.fullmatch(r"\+9665\d{8}", kept):
        raise BadAnswer(_("Enter a Saudi mobile number, such as 05X XXX XXXX."))
    return kept


def iban_number(text: str) -> str:
    """A Saudi IBAN: SA and 22 digits with their check digits."""
    plain = re.sub(r"[\s\-]", "", western(text)).upper()
    try:
        kept = iban.validate(plain if plain.startswith("SA") else f"SA{plain}")
    except ValidationError:
        kept = ""
    if not kept.startswith("SA"):
        raise BadAnswer(_("Enter the IBAN: SA and 22 digits, as your bank prints it."))
    return str(kept)


def email(text: str) -> str:
    """An e-mail address, its domain in lower case."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        raise BadAnswer(_("Enter an e-mail address, such as name@example.com.")) from None


def day(text: str) -> date:
    """A date in either calendar, day first or year first; years from 1300 to 1500 are Hijri (Umm al-Qura)."""
    found = _DAY.fullmatch(re.sub(r"[\sهـم]", "", western(text)))
    if found:
        first, month, last = (int(part) for part in found.groups())
        year, of_month = (first, last) if len(found[1]) == 4 else (last, first)
        try:
            if 1300 <= year <= 1500:
                return Hijri(year, month, of_month).to_gregorian()
            if 1900 <= year <= 2200:
                return date(year, month, of_month)
        except (ValueError, OverflowError):
            pass
    raise BadAnswer(_("Enter a date as day/month/year, Hijri or Gregorian, such as 1/9/1447 or 18/2/2026."))


def number(text: str) -> Decimal:
    """A number; separators of thousands of either script are taken."""
    plain = western(text).replace("٬", "").replace(",", "").replace("٫", ".").strip()
    try:
        found = Decimal(plain)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found.adjusted()) > LONGEST_NUMBER or abs(found) >= Decimal(10) ** LONGEST_NUMBER:
        raise BadAnswer(_("Enter a number."))
    return found


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
        return day(text).isoformat()
    if field.kind in ("text", "long_text"):
        return _text(field, text)
    return READERS[field.kind](text)


READERS: dict[str, Any] = {"national_id": national_id, "mobile": mobile, "iban": iban_number, "email": email}


def _amount(field: Field, text: str) -> str | int:
    found = number(text)
    if field.minimum is not None and found < field.minimum:
        raise BadAnswer(_("Enter %(bound)s or more.", bound=f"{field.minimum:f}"))
    if field.maximum is not None and found > field.maximum:
        raise BadAnswer(_("Enter %(bound)s or less.", bound=f"{field.maximum:f}"))
    if field.kind == "money":
        if found < 0 or found != round(found, 2):
            raise BadAnswer(_("Enter an amount in riyals, with at most two decimals."))
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
