"""What an uploaded file really is, told by its content, and files without what tells of their maker.

They are opened in a process of their own (``sandbox``); what it says of them gets its words here. A name's ending and
the browser's word for the type are never believed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import IO, Any

from flask_babel import lazy_gettext as _l

from silah.documents import formats, sandbox
from silah.documents.errors import (
    AppleFormat,
    Damaged,
    Empty,
    Locked,
    Moving,
    NotAllowed,
    NotTaken,
    TooDeep,
    TooHeavy,
    TooManyPixels,
    Unusual,
    Wrapped,
)
from silah.documents.formats import JPEG, KINDS, PDF, PNG, WEBP, Kind

__all__ = ["ACCEPT", "JPEG", "KINDS", "PDF", "PNG", "WEBP", "Kind"]
MOST_PIXELS = 50_000_000
"""Beyond this an image is taken for a bomb and not unpacked; a telephone's camera makes 12 to 50 million."""
LONGEST_NAME = 120
ACCEPT = ",".join(kind.ending for kind in KINDS.values()) + ",.jpeg"


def too_large(megabytes: int) -> Any:
    """What is said of a file over the limit, by the page's script and by the server alike."""
    return _l(
        "The file is larger than %(size)s MB. Take the photo again at a lower resolution, or send a smaller file.",
        size=megabytes,
    )


REASONS: dict[str, type[NotTaken]] = {
    formats.EMPTY: Empty,
    formats.NOT_ALLOWED: NotAllowed,
    formats.APPLE: AppleFormat,
    formats.DAMAGED: Damaged,
    formats.LOCKED: Locked,
    formats.TOO_HEAVY: TooHeavy,
    formats.TOO_MANY_PIXELS: TooManyPixels,
    formats.MOVING: Moving,
    formats.TOO_DEEP: TooDeep,
    formats.UNUSUAL: Unusual,
    formats.WRAPPED: Wrapped,
}
"""What is said of each reason that ``sandbox`` gives."""


@contextmanager
def clean(source: IO[bytes] | bytes, *, unsigned: bool = False, **limits: Any) -> Iterator[tuple[IO[bytes], Kind]]:
    """Open the file as it is kept, and its type; raise one of the ``NotTaken`` family.

    An image is kept upright and with its pixels only: place, time and owner of the camera are gone, and so is
    anything hidden behind the image's end. A PDF stays as it came, unless ``unsigned`` says to take off what it
    tells of its maker, and a digital signature with it.
    """
    try:
        with sandbox.opened("clean", source, unsigned=unsigned, most_pixels=MOST_PIXELS, **limits) as (said, kept):
            yield kept, KINDS[said["media_type"]]
    except formats.Refused as refused:
        raise REASONS[refused.reason] from refused


def cleaned(data: bytes, *, unsigned: bool = False) -> tuple[bytes, Kind]:
    """Return the file as it is kept, and its type: ``clean`` for bytes."""
    with clean(data, unsigned=unsigned) as (kept, kind):
        return kept.read(), kind


def shrink(data: bytes, *, most_side: int) -> tuple[bytes, tuple[int, int]]:
    """Return a picture as a PNG of at most so many pixels a side, and its size; raise one of ``NotTaken``."""
    try:
        with sandbox.opened("shrink", data, most_side=most_side, most_pixels=MOST_PIXELS) as (said, made):
            return made.read(), tuple(said["size"])
    except formats.Refused as refused:
        raise REASONS[refused.reason] from refused


def safe_name(name: str, kind: Kind) -> str:
    """A file's name without folders, control characters or a false ending, short enough to show."""
    bare = "".join(mark for mark in name.replace("\\", "/").rsplit("/", 1)[-1] if mark.isprintable())
    path = PurePath(bare.strip(" .") or "file")
    known = path.suffix.lower() in {one.ending for one in KINDS.values()} | {".jpeg"}
    stem = path.stem if known or len(path.suffix) <= 5 else path.name
    return stem[: LONGEST_NAME - len(kind.ending)] + kind.ending
