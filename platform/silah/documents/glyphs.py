"""What the fonts of papers can show; what none of them can is printed in Latin letters, in brackets.

Many whom an association serves are residents: their names are kept as they write them. An official must be able to
read a name, so a question mark is never printed in its place, and no letter may fail for it.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg_amiri
import fontpkg_ibm_plex_sans_arabic
import manimgx_fonts
import manimgx_fonts_cjk
from anyascii import anyascii
from fontTools.ttLib import TTFont

FOLDERS = (
    (fontpkg_ibm_plex_sans_arabic, "files", "*-Regular.ttf"),
    (fontpkg_amiri, "files", "*-Regular.ttf"),
    (manimgx_fonts, ".", "*.ttf"),
    (manimgx_fonts_cjk, ".", "*.ttc"),
)
"""The packages of fonts, the folder of their files, and which of these are asked what they cover."""

PREFERRED = ("IBM Plex Sans Arabic", "Noto Sans", "Noto Sans Arabic", "Amiri")
ALIKE = ("Noto Sans CJK HK", "Noto Sans CJK JP", "Noto Sans CJK KR", "Noto Sans CJK TC")
"""Families in one file that cover the same signs as its family for simplified Chinese."""

LAYOUT = frozenset(
    "\n\t\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Signs that steer how others are set and need no glyph."""

NEVER, BARRED = ("Cc", "Cs"), frozenset("\ufeff\ufffe")
"""Categories and signs that a PDF for readers of screens must not hold, and that mean nothing on paper."""


def list_folders() -> list[Path]:
    """Return the folders of the packages' font files."""
    return [Path(str(package.__file__)).parent / folder for package, folder, _ in FOLDERS]


def order_families(known: list[str]) -> list[str]:
    """Return the families in the order in which papers try them, those of the page's own languages first."""
    return [*PREFERRED, *sorted(set(known) - {*PREFERRED, *ALIKE})]


def make_showable(value: Any) -> Any:
    """Return the value with every text in it made of signs that can be shown; other JSON types as they are."""
    if isinstance(value, str):
        return _make_text_showable(value)
    if isinstance(value, dict):
        return {key: make_showable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [make_showable(one) for one in value]
    return value


@lru_cache(maxsize=1)
def _list_files() -> tuple[Path, ...]:
    """Return the regular face of each family, the large ones of East Asia last."""
    patterns = ((folder, pattern) for folder, (_, _, pattern) in zip(list_folders(), FOLDERS, strict=True))
    return tuple(file for folder, pattern in patterns for file in sorted(folder.glob(pattern)))


@lru_cache(maxsize=64)
def _read_coverage(file: Path) -> frozenset[str]:
    """Return the signs that a font file has, without control signs, which some have and no paper may."""
    signs = map(chr, TTFont(file, lazy=True, fontNumber=0).getBestCmap())
    return frozenset(sign for sign in signs if unicodedata.category(sign) not in NEVER and sign not in BARRED)


def _make_text_showable(text: str) -> str:
    if (text.isascii() and text.isprintable()) or _read_coverage(_list_files()[0]).issuperset(text):
        return text
    shown: list[str] = []
    unshown: list[str] = []
    for cluster in _split_clusters(unicodedata.normalize("NFC", text)):
        found = _choose_signs(cluster)
        if found is None or (unshown and cluster == " "):
            unshown.append(cluster)
            continue
        shown += [*_transliterate(unshown), found]
        unshown = []
    return "".join([*shown, *_transliterate(unshown)])


def _split_clusters(text: str) -> Iterator[str]:
    """Give each letter together with the marks that are set on it."""
    cluster = ""
    for sign in text:
        if cluster and (unicodedata.category(sign).startswith("M") or sign in ("\u200c", "\u200d")):
            cluster += sign
            continue
        if cluster:
            yield cluster
        cluster = sign
    if cluster:
        yield cluster


@lru_cache(maxsize=4096)
def _choose_signs(cluster: str) -> str | None:
    """Return what is printed of a cluster: all that one font has of it, since a mark is not set from another's.

    None where no font has its letter.
    """
    base = cluster[0]
    if base in LAYOUT:
        return base
    category = unicodedata.category(base)
    if category in NEVER or base in BARRED:
        return ""
    if category.startswith("Z"):
        return base if base in (" ", "\u00a0") else " "
    needed = [sign for sign in cluster if sign not in LAYOUT]
    most: list[str] = []
    for file in _list_files():
        covered = _read_coverage(file)
        if base not in covered:
            continue
        known = [sign for sign in needed if sign in covered]
        if known == needed:
            return cluster
        most = max(most, known, key=len)
    if not most:
        return "" if category in ("Cf", "Mn", "Me") and len(cluster) == 1 else None
    return "".join(sign for sign in cluster if sign in most or sign in LAYOUT)


def _transliterate(clusters: list[str]) -> list[str]:
    """Write in Latin letters what no font can show, in brackets so that it is not taken for what was written."""
    text = "".join(clusters)
    if not text.strip():
        return [text]
    inner = text.rstrip(" ")
    latin = anyascii(inner).strip() or " ".join(f"U+{ord(sign):04X}" for sign in inner)
    return [f"[{latin}]", text[len(inner) :]]
