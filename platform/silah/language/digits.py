"""The three sets of digits that people type here, and the one that an association shows."""

import unicodedata

_WESTERN = "0123456789"
_ARABIC_INDIC = "٠١٢٣٤٥٦٧٨٩"
_PERSIAN = "۰۱۲۳۴۵۶۷۸۹"

_TO_WESTERN = str.maketrans(_ARABIC_INDIC + _PERSIAN + "٫٬", _WESTERN * 2 + ".,")
_TO_ARABIC_INDIC = str.maketrans(_WESTERN, _ARABIC_INDIC)
_NUMBER_TO_ARABIC_INDIC = str.maketrans(_WESTERN + ".,", _ARABIC_INDIC + "٫٬")


def western(text: str) -> str:
    """Turn Arabic-Indic and Persian digits into 0-9, and their decimal and thousands marks into "." and ","."""
    return text.translate(_TO_WESTERN)


def western_digits(text: str) -> str:
    """Turn the decimal digits of any script into 0-9 and leave everything else, marks between digits too."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def arabic_indic(text: str) -> str:
    """Turn 0-9 into ٠-٩ and leave everything else."""
    return text.translate(_TO_ARABIC_INDIC)


def arabic_indic_number(text: str) -> str:
    """Turn one number as it is written with 0-9 into Arabic-Indic digits, its decimal and thousands marks too."""
    return text.translate(_NUMBER_TO_ARABIC_INDIC)
