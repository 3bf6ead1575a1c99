"""What the papers' fonts can show: a sign that they lack is replaced, so that no letter fails for an emoji."""

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg_amiri
import fontpkg_ibm_plex_sans_arabic
from fontTools.ttLib import TTFont

PACKAGES = (fontpkg_ibm_plex_sans_arabic, fontpkg_amiri)
LACKING = "?"
KEPT = frozenset("\n\t")


def folders() -> list[Path]:
    """Where the font files of the packages lie."""
    return [Path(str(package.__file__)).parent / "files" for package in PACKAGES]


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """The code points that one of the regular faces has."""
    faces = [face for folder in folders() for face in folder.glob("*-Regular.ttf")]
    return frozenset(point for face in faces for point in TTFont(face, lazy=True).getBestCmap())


def showable(value: Any) -> Any:
    """The value with every text in it made of signs that can be shown; other JSON types as they are."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return {key: showable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [showable(one) for one in value]
    return value


def _text(text: str) -> str:
    known = covered()
    if all(ord(sign) in known for sign in text):
        return text
    return "".join(sign if ord(sign) in known or sign in KEPT else _instead(sign) for sign in text)


def _instead(sign: str) -> str:
    """Joiners and marks of direction stay, control signs and lone accents go, the rest shows as a question mark."""
    category = unicodedata.category(sign)
    if category == "Cf":
        return sign
    if category in ("Cc", "Mn", "Me"):
        return ""
    if category.startswith("Z"):
        return " "
    return LACKING
