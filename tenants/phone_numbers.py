"""Telephone numbers as people type them: read by the numbering plan, and Saudi where no country is given.

One reader for what applicants and staff type, what is searched for, and what is printed as a link to call. Pure.
"""

import re
import unicodedata

import phonenumbers

HOME, MOBILE = "SA", re.compile(r"\+9665\d{8}")
LONGEST = 80
"""Characters of what may be one number with the words around it; more is a text."""

_BETWEEN = re.compile(r"[_,،؛·•|\\'\"«»“”‘’*]+")
"""Signs that people put between and around the groups of a number, and that the numbering plan does not know."""

_SHORT = re.compile(r"[ ().-]*(\d[ ().-]*){3,6}")
_CALLED_AT_HOME = (
    phonenumbers.PhoneNumberType.UAN,
    phonenumbers.PhoneNumberType.TOLL_FREE,
    phonenumbers.PhoneNumberType.SHARED_COST,
)
"""Numbers such as 9200 and 800, which are called without a country code."""


def read_phone(text: str) -> str:
    """Return a number as +, country and number; empty for what is none, more than one, or one with an extension."""
    number = _parse(text)
    return "" if number is None or number.extension else f"+{number.country_code}{number.national_number}"


def read_saudi_mobile(text: str) -> str:
    """Return a Saudi mobile as +9665 and eight digits; empty for everything else."""
    found = read_phone(text)
    return found if MOBILE.fullmatch(found) else ""


def is_phone(text: str) -> bool:
    """Whether somebody can call this: a number of the numbering plan, or a short one of three to six digits."""
    number = _parse(text) or _first(text)
    return bool(_SHORT.fullmatch(_plain(text))) or (number is not None and phonenumbers.is_possible_number(number))


def dial_link(text: str) -> str:
    """Return the address that calls a number (``tel:+966…``), the first where several are named; empty for none."""
    number = _parse(text) or _first(text)
    plain = _plain(text)
    if number is None:
        digits = "".join(re.findall(r"\d", plain))
        return f"tel:{digits}" if digits else ""
    kind = phonenumbers.number_type(number)
    if plain.startswith(("+", "(+", "00")) or (phonenumbers.is_valid_number(number) and kind not in _CALLED_AT_HOME):
        return f"tel:{phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)}"
    return f"tel:{phonenumbers.national_significant_number(number)}"


def _plain(text: str) -> str:
    """The text with digits 0-9, plain spaces and dashes, and without marks that nobody sees."""
    signs = []
    for sign in text[:LONGEST]:
        category = unicodedata.category(sign)
        if category == "Nd":
            signs.append(str(unicodedata.decimal(sign)))
        elif category in ("Zs", "Cc"):
            signs.append(" ")
        elif category not in ("Cf", "Mn"):
            signs.append("-" if category == "Pd" else unicodedata.normalize("NFKC", sign))
    return _BETWEEN.sub(" ", "".join(signs)).strip()


def _parse(text: str) -> phonenumbers.PhoneNumber | None:
    if len(text) > LONGEST:
        return None
    try:
        return phonenumbers.parse(_plain(text), HOME)
    except phonenumbers.NumberParseException:
        return None


def _first(text: str) -> phonenumbers.PhoneNumber | None:
    found = phonenumbers.PhoneNumberMatcher(_plain(text), HOME)
    return found.next().number if found.has_next() else None
