"""What is kept in both languages and read in one, and lists of words as each language writes them."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Literal

from silah.language.locale import locale as current_locale
from silah.language.locale import other_language
from tenants import texts

__all__ = ["join_words", "localized", "other_language", "quote"]

ListStyle = Literal["standard", "or"]


def localized(thing: object, name: str, locale: str | None = None) -> str:
    """Return what a thing keeps under ``name`` in the reader's language, or in the other one where that is blank.

    ``localized(branch, "name")`` reads ``name_ar`` or ``name_en`` of an object, or of a mapping with these keys.
    ``locale`` ("ar" or "en") is the language of the page unless given.
    """
    first, second = ("en", "ar") if (locale or current_locale()) == "en" else ("ar", "en")
    kept = thing.get if isinstance(thing, Mapping) else partial(getattr, thing)
    return kept(f"{name}_{first}") or kept(f"{name}_{second}") or ""


def quote(words: str, locale: str | None = None) -> str:
    """Return words in the quotation marks of a language: «words» or “words”."""
    return f"“{words}”" if (locale or current_locale()) == "en" else f"«{words}»"


def join_words(words: Iterable[object], locale: str | None = None, *, style: ListStyle = "standard") -> str:
    """Return a list as a sentence of the page's language has it, or of ``locale``: see ``tenants.texts``."""
    return texts.join_words([str(one) for one in words], locale or current_locale(), style)
