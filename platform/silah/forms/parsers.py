"""What somebody typed, read: numbers of people, dates in either calendar, amounts. Pure but for the words' language.

Digits of any set are taken everywhere. ``BadAnswer`` says in plain words what to do.
"""

import re
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from stdnum import iban, luhn
from stdnum.exceptions import ValidationError

from silah.language.email_addresses import Unmailable, read_address
from silah.language.numbers import BadAnswer, read_number
from silah.language.text_cleaning import normalize_typed
from silah.language.typed_days import ANY_DAY, DayBounds, read_day
from tenants.phone_numbers import read_saudi_mobile

__all__ = ["BadAnswer", "day", "email", "iban_number", "mobile", "national_id", "number"]


def national_id(text: str) -> str:
    """A national ID (begins with 1) or iqama number (begins with 2): ten digits with a check digit."""
    digits = re.sub(r"\D", "", normalize_typed(text))
    if len(digits) != 10 or digits[0] not in "12" or not luhn.is_valid(digits):
        raise BadAnswer(_("Enter the ten digits of the national ID or iqama, as printed on the card."))
    return digits


def mobile(text: str) -> str:
    """A Saudi mobile, kept as +9665 and eight digits."""
    kept = read_saudi_mobile(text)
    if not kept:
        raise BadAnswer(_("Enter a Saudi mobile number: ten digits that begin with 05."))
    return kept


def iban_number(text: str) -> str:
    """A Saudi IBAN: SA and 22 digits with their check digits."""
    plain = re.sub(r"[\s\-]", "", normalize_typed(text)).upper()
    try:
        kept = iban.validate(plain if plain.startswith("SA") else f"SA{plain}")
    except ValidationError:
        kept = ""
    if not kept.startswith("SA"):
        raise BadAnswer(_("Enter the IBAN: SA and 22 digits, as your bank prints it."))
    return str(kept)


def email(text: str) -> str:
    """An e-mail address, its domain in lower case."""
    try:
        return read_address(text)
    except Unmailable as refused:
        if refused.foreign:
            raise BadAnswer(_("We cannot write to an address with such letters before the @. Enter another.")) from None
        raise BadAnswer(_("Enter an e-mail address, such as name@example.com.")) from None


def day(text: str, bounds: DayBounds = ANY_DAY) -> date:
    """A date in either calendar, as ``read_day`` reads it, within the bounds of its field."""
    return read_day(text, bounds)


def number(text: str, places: int | None = None) -> Decimal:
    """A number as ``read_number`` reads it, with at most so many decimals."""
    return read_number(text, places)
