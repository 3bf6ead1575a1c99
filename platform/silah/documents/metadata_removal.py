"""PDFs without what tells who made them, when and where; pure: bytes in, bytes out. Runs in the child process.

Only what must not betray its sender is written anew so: it breaks a digital signature, which the papers of a request
need and a complaint does not.
"""

import zlib
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, PdfError, Stream, StreamDecodeLevel

from silah.documents import jpeg2000, picture_parts
from silah.documents.formats import DAMAGED, LOCKED, TOO_HEAVY, WRAPPED, Refused

TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/Measure", "/LGIDict")
"""What any part of a PDF may say of its origin: XMP, a program's own notes, files within, places on a map."""

OF_REMARKS = ("/T", "/M", "/CreationDate", "/NM")
"""Who wrote a remark on a page, and when."""

MOST_UNPACKED = 100 * 1024 * 1024

BROKEN = (PdfError, ValueError, TypeError, KeyError, RecursionError, zlib.error, UnicodeError, OverflowError)


def check(data: bytes) -> None:
    """Raise ``Refused`` for what is no PDF that opens without a password: its parser says so, and counts its pages."""
    with _opened(data) as opened:
        _count_pages(opened)


def pdf(data: bytes) -> bytes:
    """The same pages without author, dates, programs, files within, and what cameras wrote into their pictures.

    Raises ``Refused`` where it cannot be read, and so not be cleaned either.
    """
    out = BytesIO()
    with _opened(data) as opened:
        _count_pages(opened)
        try:
            _bare(opened)
            opened.save(out, deterministic_id=True, stream_decode_level=StreamDecodeLevel.none)
        except BROKEN as error:
            raise Refused(DAMAGED) from error
    return out.getvalue()


def _opened(data: bytes) -> Pdf:
    try:
        return pikepdf.open(BytesIO(data))
    except pikepdf.PasswordError as error:
        raise Refused(LOCKED) from error
    except BROKEN as error:
        raise Refused(LOCKED if "encryption" in str(error) else DAMAGED) from error


def _count_pages(opened: Pdf) -> None:
    try:
        pages = len(opened.pages)
    except BROKEN as error:
        raise Refused(DAMAGED) from error
    if not pages:
        raise Refused(DAMAGED)


def _bare(opened: Pdf) -> None:
    for key in ("/Info", "/ID"):  # an /ID is often made of the time and the path
        if key in opened.trailer:
            del opened.trailer[key]
    names: Any = opened.Root.get("/Names")
    if isinstance(names, Dictionary):
        _without(names, ("/EmbeddedFiles",))
    for part in opened.objects:
        _without(part, TELLING)
        if isinstance(part, Dictionary) and part.get("/Subtype") is not None and "/Rect" in part:
            _without(part, OF_REMARKS)
        if isinstance(part, Stream) and (kind := _filters(part)[-1:]) and kind[0] in PICTURES:
            part.write(PICTURES[kind[0]](_picture(part)), filter=kind[0])


def _without(part: Any, keys: tuple[str, ...]) -> None:
    if not isinstance(part, Dictionary | Stream):
        return
    for key in keys:
        if key in part:
            del part[key]


def _filters(part: Stream) -> list[Any]:
    given = part.get("/Filter")
    return list(given) if isinstance(given, Array) else [given]


def _picture(part: Stream) -> bytes:
    """The picture in a stream, by itself or deflated once more; raises ``Refused`` where it is wrapped otherwise."""
    packed = _filters(part)[:-1]
    if packed == [Name.FlateDecode]:
        unpacking = zlib.decompressobj()
        picture = unpacking.decompress(part.read_raw_bytes(), MOST_UNPACKED)
        if not unpacking.eof:
            raise Refused(TOO_HEAVY)
        return picture
    if packed:
        raise Refused(WRAPPED)
    return part.read_raw_bytes()


PICTURES = {Name.DCTDecode: picture_parts.strip_jpeg, Name.JPXDecode: jpeg2000.bare}
"""What cleans the pictures of a PDF, by how they are coded; of the others none holds more than its pixels."""
