"""Numbers as people type them, read in one way everywhere; what can be read in two ways is asked back, never guessed.

- The decimal sign is a point or ``٫``. A comma (``,`` or ``،``) is one, too, before one or two digits at the end
  (``2,5``), after a lone nought (``0,125``), and behind groups that another sign sets apart (``1.234,56``).
- Thousands may be set apart by a comma, ``٬``, a space of any width or an apostrophe, and by points where there are
  two or more or a decimal comma follows. It is always the same sign, and each group holds three digits: ``1,234`` is
  one thousand two hundred and thirty-four.
- ``1.234`` is a decimal where three decimals are taken. In amounts and whole numbers it is asked back.
- A sign of minus in any form may stand before the number; the currency before or after it is passed over.

``shell/static/field/15-numbers.js`` reads by the same rules without a connection; one table of cases tests both.
"""

import re
from decimal import Decimal

from flask_babel import gettext as _

from silah.language.digits import western_digits
from silah.language.text_cleaning import remove_marks

MOST_DIGITS = 15
"""Digits before or after the decimal sign: written in full, more of them would fill a page."""
LONGEST_TYPED = 80

_ONE_SIGN = str.maketrans("،，．’‘ʼ´`＇−–﹣－＋", ",,.''''''----+")
"""The signs that look and mean the same, as one."""

_CURRENCY = (
    r"(?:sar|sr|s\.r\.?|(?:saudi )?(?:riyals?|rials?)|ر ?\.? ?س ?\.?|﷼|\u20c1"
    r"|ريال(?:ات|\u064b?ا\u064b?)?(?: سعودي(?:\u064b?ا\u064b?|ة)?)?)"
)
_TYPED = re.compile(
    rf"(?P<before>{_CURRENCY} ?)?(?P<sign>[+-]?) ?(?P<core>[0-9.,'٫٬ ]*[0-9]\.?)(?P<behind> ?{_CURRENCY})?",
    re.IGNORECASE,
)

_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<whole>\d+)\.?",
        r"(?P<whole>\d*)[.٫](?P<part>\d+)",
        r"(?P<whole>\d*),(?P<part>\d{1,2})",
        r"(?P<whole>0),(?P<part>\d+)",
        r"(?P<whole>[1-9]\d{0,2}(?P<mark>[,٬' ])\d{3}(?:(?P=mark)\d{3})*)(?:[.٫](?P<part>\d+))?",
        r"(?P<whole>[1-9]\d{0,2}(?P<mark>[٬' ])\d{3}(?:(?P=mark)\d{3})*),(?P<part>\d+)",
        r"(?P<whole>[1-9]\d{0,2}(?:\.\d{3}){2,})",
        r"(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+)[,٫](?P<part>\d+)",
    )
)
_UNCLEAR = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""One group of three digits after a point: thousands to some, three decimals to others."""


class BadAnswer(ValueError):
    """What was typed cannot be taken; the message says what to do."""


def read_number(text: str, places: int | None = None) -> Decimal:
    """Return the number that was typed; raises ``BadAnswer`` for what is none, or could be two.

    ``places``: how many decimals are taken; any number where it is None.
    """
    wrong = _("Enter a number in digits, such as 1250 or 1250.5.") if places != 0 else _whole_only()
    typed = _TYPED.fullmatch(_one_writing(text)) if len(text) <= LONGEST_TYPED else None
    if typed is None:
        raise BadAnswer(wrong)
    minus, core = typed["sign"].replace("+", ""), typed["core"]
    found = next((match for form in _FORMS if (match := form.fullmatch(core))), None)
    if found is None:
        raise BadAnswer(wrong)
    whole, part = re.sub(r"\D", "", found["whole"]), found.groupdict().get("part") or ""
    if len(whole.lstrip("0")) > MOST_DIGITS or len(part) > MOST_DIGITS:
        raise BadAnswer(wrong)
    in_doubt = bool(typed["before"] or typed["behind"]) or (places is not None and places < 3)
    if in_doubt and _UNCLEAR.fullmatch(core):
        raise BadAnswer(_say_unclear(f"{minus}{whole}{part}", f"{minus}{whole}.{part}"))
    number = Decimal(f"{minus}{whole or '0'}.{part or '0'}" if part else f"{minus}{whole}")
    if places is not None and number != round(number, places):
        raise BadAnswer(_whole_only() if places == 0 else _("Enter at most %(places)s decimals.", places=places))
    return number if number else Decimal(0)


def read_whole_number(text: str) -> int:
    """Return the whole number that was typed; raises ``BadAnswer``."""
    return int(read_number(text, places=0))


def _one_writing(text: str) -> str:
    return " ".join(western_digits(remove_marks(text)).translate(_ONE_SIGN).split())


def _whole_only() -> str:
    return str(_("Enter a whole number in digits, such as 12."))


def _say_unclear(whole: str, fraction: str) -> str:
    return str(
        _(
            "This could mean %(whole)s or %(fraction)s. Enter it without a thousands separator.",
            whole=whole,
            fraction=fraction,
        )
    )
