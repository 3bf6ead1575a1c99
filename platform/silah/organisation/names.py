"""What has a name in both languages, in the reader's."""

from typing import Protocol

from silah.language.localization import locale
from tenants.texts import Text


class Named(Protocol):
    """Anything that the association names in Arabic and in English."""

    name_ar: str
    name_en: str


def named(thing: Named) -> str:
    """Its name in the reader's language, or in the other where that is blank."""
    return (thing.name_en or thing.name_ar) if locale() == "en" else (thing.name_ar or thing.name_en)


def named_text(text: Text) -> str:
    """A text of the policy or a blueprint in the reader's language."""
    return text.for_locale(locale())
