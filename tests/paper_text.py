"""What stands in a PDF, read without any program of the machine's: its words, and all else that it holds."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import Any
from unicodedata import bidirectional

import pikepdf
from pikepdf import Dictionary, ObjectStreamMode, Operator, PdfError, StreamDecodeLevel, String

PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)


def unpacked(data: bytes) -> bytes:
    """The PDF with nothing compressed, so that it can be searched."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(
            out,
            qdf=True,
            static_id=True,
            compress_streams=False,
            stream_decode_level=StreamDecodeLevel.generalized,
            object_stream_mode=ObjectStreamMode.disable,
        )
    return out.getvalue()


def words(data: bytes) -> str:
    """The text of all pages as it is drawn, a line for each piece; raises ``PdfError`` for what is no PDF."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return "\n".join(piece for page in pdf.pages for piece in _pieces(page) if piece.strip())


def everything(data: bytes) -> str:
    """Words, properties and streams of a PDF together; the bytes as they are of what cannot be read as one."""
    try:
        return words(data) + "\n" + unpacked(data).decode("utf-8", "replace")
    except PdfError:
        return data.decode("utf-8", "replace")


def _pieces(page: Any) -> Iterator[str]:
    fonts = page.obj.get("/Resources", Dictionary()).get("/Font", Dictionary())
    known = {name: _letters(font) for name, font in fonts.items()}
    letters: dict[int, str] = {}
    drawn: list[str] = []
    instead = 0
    for given, operator in pikepdf.parse_content_stream(page):
        if operator == Operator("Tf"):
            letters = known.get(str(given[0]), {})
        elif operator in (Operator("Tj"), Operator("TJ")) and not instead:
            parts = given[0] if operator == Operator("TJ") else given
            drawn.append("".join(_read(bytes(part), letters) for part in parts if isinstance(part, String)))
        elif operator in (Operator("BDC"), Operator("BMC")):
            said = given[1].get("/ActualText") if len(given) > 1 and isinstance(given[1], Dictionary) else None
            if instead or said is not None:
                instead += 1
                drawn += [str(said)] if said is not None else []
        elif operator == Operator("EMC") and instead:
            instead -= 1
        elif operator == Operator("EMC"):
            yield _in_order(drawn)
            drawn = []
    yield _in_order(drawn)


def _in_order(drawn: list[str]) -> str:
    """The pieces of a line as they are read: what runs from right to left is drawn last letter first."""
    lines = (list(some) for rtl, some in groupby(drawn, _is_rtl) for some in [list(some)[::-1] if rtl else some])
    return "".join(piece[::-1] if _is_rtl(piece) else piece for line in lines for piece in line)


def _is_rtl(piece: str) -> bool:
    return any(bidirectional(letter) in ("R", "AL") for letter in piece)


def _letters(font: Any) -> dict[int, str]:
    """What each code of a font stands for."""
    found: dict[int, str] = {}
    table = font.get("/ToUnicode")
    for kind, body in SECTION.findall(table.read_bytes() if table is not None else b""):
        if kind == b"bfchar":
            found |= {int(code, 16): _text(said) for code, said in PAIR.findall(body)}
        for first, last, said in RANGE.findall(body) if kind == b"bfrange" else ():
            start = int(said, 16)
            found |= {code: chr(start + code - int(first, 16)) for code in range(int(first, 16), int(last, 16) + 1)}
    return found


def _text(said: bytes) -> str:
    return bytes.fromhex(said.decode()).decode("utf-16-be", "replace")


def _read(codes: bytes, letters: dict[int, str]) -> str:
    if not letters:
        return codes.decode("latin-1")
    return "".join(letters.get(int.from_bytes(codes[at : at + 2], "big"), "\ufffd") for at in range(0, len(codes), 2))
