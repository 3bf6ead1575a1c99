"""Fonts for the screen, made from the font packages: only the signs that pages use, compressed to WOFF2.

No font file is kept with the source. A font is made once, when it is first asked for, and kept in the cache folder.
"""

import os
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

PACKAGE, DISTRIBUTION = "fontpkg_ibm_plex_sans_arabic", "fontpkg-ibm-plex-sans-arabic"
FONTS = {
    "sans-regular.woff2": "IBMPlexSansArabic-Regular.ttf",
    "sans-semibold.woff2": "IBMPlexSansArabic-SemiBold.ttf",
}
SIGNS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *range(0x600, 0x700),
    *range(0x2010, 0x2028),
    *range(0x2030, 0x203B),
    0x200C, 0x200D, 0x200E, 0x200F, 0x20AC, 0x2022, 0x2190, 0x2192, 0x2212, 0x25CC, 0xFD3E, 0xFD3F,
)  # fmt: skip
FEATURES = ["*"]


@lru_cache
def fingerprint(name: str) -> str:
    """What a font is made of, so that its address changes with its content; raises KeyError for an unknown name."""
    recipe = (FONTS[name], version(DISTRIBUTION), version("fonttools"), SIGNS, FEATURES)
    return sha256(repr(recipe).encode()).hexdigest()[:10]


def folder() -> Path:
    """Where the package keeps its font files; raises LookupError where it is not installed."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(f"the package {DISTRIBUTION} is not installed")
    return Path(spec.submodule_search_locations[0]) / "files"


def woff2(name: str, cache: Path | None) -> bytes:
    """One font for the screen, from the cache folder or made afresh."""
    kept = cache / "fonts" / f"{fingerprint(name)}-{name}" if cache else None
    if kept is not None and kept.is_file():
        return kept.read_bytes()
    font = _made(FONTS[name])
    if kept is not None:
        _keep(kept, font)
    return font


def make_all(cache: Path) -> None:
    """Make every font ahead of the first visit."""
    for name in FONTS:
        woff2(name, cache)


def _made(file: str) -> bytes:
    options = Options(flavor="woff2", layout_features=FEATURES, hinting=False, desubroutinize=True, notdef_outline=True)
    options.drop_tables += ["meta"]  # who made it and for which scripts; a browser asks neither
    with TTFont(folder() / file) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=SIGNS)
        subsetter.subset(font)
        font.flavor = "woff2"
        out = BytesIO()
        font.save(out)
    return out.getvalue()


def _keep(path: Path, font: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, delete=False) as part:
            part.write(font)
        os.replace(part.name, path)
    except OSError:
        return
