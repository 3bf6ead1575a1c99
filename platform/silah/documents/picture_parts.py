"""Pictures taken apart, and put together without the parts that tell of camera, place and time; their pixels as coded.

Pure: bytes in, bytes out. What stands behind the end of a picture is left off.
"""

import re

TELLING_SEGMENTS = frozenset({0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE})
"""Segments of a JPEG that hold Exif, XMP, IPTC and remarks; colours need the others."""

PROFILE_SEGMENT = 0xE2
"""The segment of a JPEG that holds a colour profile, or a list of further pictures."""

SCAN, END, FILL = 0xDA, 0xD9, 0xFF
SOLITARY = frozenset(range(0xD0, 0xD9)) | {0x01}
NEXT_MARK = re.compile(rb"\xff(?![\x00\xff\xd0-\xd7])")
"""Where coded pixels end: at a mark that neither stands for a byte of theirs nor begins them anew."""

JFIF_HEAD = 14
DRAWN_CHUNKS = (b"VP8X", b"ALPH", b"VP8 ", b"VP8L")
ALPHA = 0x10
"""The one thing that the head of a WebP says of its parts and that still holds once the others are gone."""


def strip_jpeg(data: bytes, told: frozenset[int] = TELLING_SEGMENTS) -> bytes:
    """Return a JPEG without these segments, and without what stands between and behind them; anything else as it is."""
    if data[:2] != b"\xff\xd8":
        return data
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        mark = data[at + 1]
        if mark in SOLITARY or mark == FILL:
            kept.append(data[at : at + 1] if mark == FILL else data[at : at + 2])
            at += 1 if mark == FILL else 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if mark == END or length < 2:
            break
        after = at + 2 + length
        if mark not in told:
            kept.append(_head(data[at:after]))
        if mark == SCAN:
            found = NEXT_MARK.search(data, after)
            kept.append(data[after : found.start() if found else len(data)])
            after = found.start() if found else len(data)
        at = after
    return b"".join([*kept, data[at : at + 2]])


def _head(segment: bytes) -> bytes:
    """A segment as it is, but the head of the file without the small picture that may be in it."""
    if segment[1] != 0xE0:
        return segment
    if segment[4:9] != b"JFIF\0":
        return b""
    return segment[:2] + (JFIF_HEAD + 2).to_bytes(2, "big") + segment[4 : 4 + JFIF_HEAD - 2] + b"\0\0"


def strip_webp(data: bytes) -> bytes:
    """Return a WebP that has nothing but its pixels, as they are coded."""
    kept, at = b"", 12
    while at + 8 <= len(data):
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        chunk = data[at : at + 8 + length] + b"\0" * (length % 2)
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ALPHA]) + b"\0\0\0" + chunk[12:18]
        if kind in DRAWN_CHUNKS:
            kept += chunk
        at += 8 + length + length % 2
        if kind in (b"VP8 ", b"VP8L"):
            break
    return b"RIFF" + (4 + len(kept)).to_bytes(4, "little") + b"WEBP" + kept


def is_lossless_webp(data: bytes) -> bool:
    """Whether the pixels of a WebP are kept exactly; told of one without other parts."""
    return b"VP8L" in (data[12:16], data[30:34])
