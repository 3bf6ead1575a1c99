"""JPEG 2000 pictures without what tells of camera, place and time; pure: bytes in, bytes out of the same length.

Scanners put such pictures into PDFs. What tells is blanked where it stands, since other parts count on their places.
"""

from collections.abc import Iterator

NEEDED = frozenset(
    {b"jP  ", b"ftyp", b"rreq", b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef", b"res ", b"resc", b"resd"}
    | {b"jp2c", b"cgrp", b"opct"}
)
"""The boxes that a picture is drawn from; every other may hold XML, Exif, addresses, names or remarks."""

WITHIN = frozenset({b"jp2h", b"jpch", b"jplh"})
"""Boxes that are made of boxes."""

FREE = b"free"
SIGNATURE, RAW = b"\x00\x00\x00\x0cjP  ", b"\xff\x4f"
REMARK, TILE, DATA, END, FIRST = 0xFF64, 0xFF90, 0xFF93, 0xFFD9, 2
TILE_LENGTH = slice(6, 10)


def bare(data: bytes) -> bytes:
    """The picture with its remarks, XML and unknown parts blanked; raises ``ValueError`` where it cannot be read."""
    kept = bytearray(data)
    if data.startswith(RAW):
        _codestream(kept, 0, len(kept))
    elif data.startswith(SIGNATURE):
        _boxes(kept, 0, len(kept))
    else:
        raise ValueError("no picture in JPEG 2000")
    return bytes(kept)


def _boxes(kept: bytearray, start: int, end: int) -> None:
    for kind_at, inside, after in _parts(kept, start, end):
        kind = bytes(kept[kind_at : kind_at + 4])
        if kind in WITHIN:
            _boxes(kept, inside, after)
        elif kind == b"jp2c":
            _codestream(kept, inside, after)
        elif kind not in NEEDED:
            kept[kind_at : kind_at + 4] = FREE
            kept[inside:after] = bytes(after - inside)


def _parts(kept: bytearray, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Where the kind, the inside and the end of each box stand."""
    while start < end:
        length, inside = int.from_bytes(kept[start : start + 4], "big"), start + 8
        if length == 1:
            length, inside = int.from_bytes(kept[start + 8 : start + 16], "big"), start + 16
        after = start + length if length else end
        if not inside <= after <= end:
            raise ValueError("a box that is longer than its picture")
        yield start + 4, inside, after
        start = after


def _codestream(kept: bytearray, start: int, end: int) -> None:
    """Blank the remarks in the head of the picture and of each of its tiles."""
    at = _segments(kept, start + FIRST, end)
    while at + 12 <= end and _word(kept, at) == TILE:
        length = int.from_bytes(kept[at:][TILE_LENGTH], "big")
        after = at + length if length else end
        if not at + 12 <= after <= end:
            raise ValueError("a tile that is longer than its picture")
        _segments(kept, at + 12, after)
        at = after


def _segments(kept: bytearray, at: int, end: int) -> int:
    """Blank the remarks from here on; gives where the first tile, or the data of this one, begins."""
    while at + 4 <= end and (mark := _word(kept, at)) not in (TILE, DATA, END):
        length = _word(kept, at + 2)
        if length < 2 or at + 2 + length > end:
            raise ValueError("a segment that is longer than its picture")
        if mark == REMARK:
            kept[at + 6 : at + 2 + length] = b" " * (length - 4)
        at += 2 + length
    return at


def _word(kept: bytearray, at: int) -> int:
    return int.from_bytes(kept[at : at + 2], "big")
