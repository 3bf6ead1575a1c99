"""What has a name in both languages, in the reader's."""

from typing import Protocol

from silah.language.bilingual import localized
from silah.language.localization import locale
from tenants.texts import Text


class Named(Protocol):
    """Anything that the association names in Arabic and in English."""

    name_ar: str
    name_en: str


def named(thing: Named) -> str:
    """Its name in the reader's language, or in the other where that is blank."""
    return localized(thing, "name")


def named_text(text: Text) -> str:
    """A text of the policy or a blueprint in the reader's language."""
    return text.for_locale(locale())
