"""A text in both languages, and the frozen base that every part of a policy is made from."""

from collections.abc import Iterable
from typing import Any, Literal

from babel.lists import format_list
from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A piece of a policy: immutable, and strict about names, so that a misspelt setting is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Text(Part):
    """What is said in Arabic and in English; either may be blank in a draft, which is then reported."""

    ar: str = ""
    en: str = ""

    def for_locale(self, locale: Any) -> str:
        """The text in this language ("ar", "en" or a Babel locale), or in the other where it is blank."""
        arabic_first = str(locale).lower().startswith("ar")
        return (self.ar or self.en) if arabic_first else (self.en or self.ar)

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages ("ar", "en") in which nothing is written."""
        return tuple(language for language in ("ar", "en") if not getattr(self, language))

    def __bool__(self) -> bool:
        return bool(self.ar or self.en)


_LIST_LOCALES = {"ar": "ar", "en": "en_GB"}
"""British English writes "a, b and c", like the texts of the interface."""


def join_words(words: Iterable[str], locale: str, style: Literal["standard", "or"] = "standard") -> str:
    """Return a list as a sentence has it: "a, b and c" or «أ وب وج»; ``style`` "or" for one of them."""
    return format_list([*words], style=style, locale=_LIST_LOCALES[locale])
