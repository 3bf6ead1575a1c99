"""The catalogues hold exactly what the code and templates say, whole in both languages."""

import re
import string
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
LOCALES = {"ar": 6, "en": 2}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")


@cache
def catalogue(locale: str) -> Catalog:
    """A committed catalogue."""
    with (ROOT / "translations" / locale / "LC_MESSAGES" / "messages.po").open("rb") as source:
        return read_po(source, locale=locale)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What extraction finds in code and templates."""
    template = tmp_path_factory.mktemp("catalogues") / "messages.pot"
    options = ["-F", "translations/babel.cfg", "-k", "_l", "-k", "lazy_gettext", "-o", str(template)]
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", *options, "platform", "tenants"]
    subprocess.run(command, cwd=ROOT, check=True)
    with template.open("rb") as source:
        return read_po(source)


def key(message: Message) -> tuple[str, str | None]:
    return (message.id[0] if isinstance(message.id, tuple) else message.id, message.context)


def messages(found: Catalog) -> dict[tuple[str, str | None], Message]:
    """The messages by identity, without the header."""
    return {key(message): message for message in found if message.id}


def strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.parametrize("locale", LOCALES)
class TestCatalogue:
    def test_it_holds_exactly_what_is_said(self, locale: str, said: Catalog) -> None:
        kept, wanted = set(messages(catalogue(locale))), set(messages(said))
        assert {"missing": wanted - kept, "stale": kept - wanted} == {"missing": set(), "stale": set()}

    def test_nothing_is_fuzzy_or_empty(self, locale: str) -> None:
        found = messages(catalogue(locale))
        assert [name for name, one in found.items() if one.fuzzy] == []
        assert [name for name, one in found.items() if not all(strings(one))] == []

    def test_plurals_have_all_their_forms(self, locale: str) -> None:
        found = catalogue(locale)
        assert found.num_plurals == LOCALES[locale]
        plurals = [one for one in messages(found).values() if isinstance(one.id, tuple)]
        assert [one.id for one in plurals if len(strings(one)) != LOCALES[locale]] == []

    def test_placeholders_are_those_of_the_original(self, locale: str) -> None:
        strange = {}
        for name, one in messages(catalogue(locale)).items():
            allowed = set(PLACEHOLDER.findall(" ".join(one.id) if isinstance(one.id, tuple) else one.id))
            for text in filter(None, strings(one)):
                used = set(PLACEHOLDER.findall(text))
                if used - allowed or (not isinstance(one.id, tuple) and allowed - used):
                    strange[name] = text
        assert strange == {}


class TestArabic:
    def test_it_is_arabic(self) -> None:
        """A text with a word in it has an Arabic letter in its translation."""
        worded = [one for one in messages(catalogue("ar")).values() if re.search(r"[a-z]{3}", bare(one))]
        assert [
            one.id
            for one in worded
            if not all(re.search(r"[\u0600-\u06ff]", text) for text in filter(None, strings(one)))
        ] == []


def bare(message: Message) -> str:
    """The original without placeholders, names in capitals, and addresses."""
    text = PLACEHOLDER.sub("", key(message)[0])
    return " ".join(word for word in text.split() if not word.isupper() and "@" not in word and "/" not in word).strip(
        string.punctuation
    )
