"""PDFs by Typst, from the templates beside this file, with the fonts of four packages and no others."""

import base64
import hashlib
import json
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import segno
import typst

from silah.documents import content, glyphs

TEMPLATES = Path(__file__).parent / "templates"
STANDARD: Final = "ua-1"
"""PDF/UA-1: tagged, with a title and a language, so that a screen reader can read a letter."""


MOST_SIDE, MOST_PICTURES = 1000, 64
"""How large a logo or a signature is printed at most, in pixels a side; how many are remembered."""

_pictures: dict[bytes, str] = {}
"""Drawings by the SHA-256 of their pictures, those used last at the end: a logo is on every paper."""


class PdfFailed(Exception):
    """A template did not compile, or only with warnings (an unknown font, a missing glyph's font)."""


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The faces that papers are set in, wherever they are printed; no font of the machine's is used."""
    folders = [str(folder) for folder in glyphs.list_folders()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def render(template_name: str, data: dict[str, Any], locale: str) -> bytes:
    """The PDF of a template for these data (JSON types only); raises ``PdfFailed``, on warnings too."""
    families = glyphs.order_families(fonts().families())
    given = {**glyphs.make_showable(data), "locale": locale, "rtl": locale == "ar", "families": families}
    source = TEMPLATES / f"{template_name}.typ"
    compiler = typst.Compiler(source, root=TEMPLATES, font_paths=fonts())
    inputs = {"data": json.dumps(given, ensure_ascii=False)}
    try:
        made, warnings = compiler.compile_with_warnings(format="pdf", sys_inputs=inputs, pdf_standards=STANDARD)
    except typst.TypstError as error:
        raise PdfFailed(f"{template_name}: {error.message}") from error
    if warnings:
        raise PdfFailed(f"{template_name}: {'; '.join(warning.message for warning in warnings)}")
    if not isinstance(made, bytes):
        raise PdfFailed(f"{template_name}: no document was made")
    return made


def qr(text: str) -> str:
    """A QR code as an SVG drawing, without a margin of its own."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, scale=4)
    return out.getvalue().decode()


def picture(data: bytes, media_type: str) -> str:
    """An image as an SVG drawing, the one form in which templates take pictures."""
    if media_type == "image/svg+xml":
        return data.decode()
    key = hashlib.sha256(data).digest()
    drawn = _pictures.pop(key, None) or _drawing(data)
    _pictures[key] = drawn
    if len(_pictures) > MOST_PICTURES:
        _pictures.pop(next(iter(_pictures)), None)
    return drawn


def _drawing(data: bytes) -> str:
    """A picture as it stands on paper, unpacked where it can do no harm."""
    small, (width, height) = content.shrink(data, most_side=MOST_SIDE)
    code = base64.b64encode(small).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image href="data:image/png;base64,{code}" width="{width}" height="{height}"/></svg>'
    )
