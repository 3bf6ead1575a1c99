"""What an uploaded file really is, told by its content, and files without what tells of their maker.

They are opened in a process of their own (``sandbox``); what it says of them gets its words here. A name's ending and
the browser's word for the type are never believed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import IO, Any

from flask_babel import lazy_gettext as _l

from silah.documents import refusals, sandbox
from silah.documents.formats import JPEG, KINDS, PDF, PNG, WEBP, Kind
from silah.errors import Invalid

__all__ = ["ACCEPT", "JPEG", "KINDS", "PDF", "PNG", "WEBP", "Kind"]

MOST_PIXELS = 50_000_000
"""Beyond this an image is taken for a bomb and not unpacked; a telephone's camera makes 12 to 50 million."""

LONGEST_NAME = 120
ACCEPT = ",".join(kind.ending for kind in KINDS.values()) + ",.jpeg"


class NotTaken(Invalid):
    """A file that is not kept; the message says why."""


class Empty(NotTaken):
    """The file has no content."""

    message = _l("The file is empty. Choose it again.")


class TooLarge(NotTaken):
    """The file is larger than the installation allows."""

    message = _l("The file is too large. Take the photo again at a lower resolution, or send a smaller file.")


def too_large(megabytes: int) -> Any:
    """What is said of a file over the limit, by the page's script and by the server alike."""
    return _l(
        "The file is larger than %(size)s MB. Take the photo again at a lower resolution, or send a smaller file.",
        size=megabytes,
    )


class NotAllowed(NotTaken):
    """The content is of no type that is taken."""

    message = _l("This type of file is not taken. Send a PDF, or a photo (JPEG, PNG or WebP).")


class AppleFormat(NotAllowed):
    """A photo as Apple's telephones keep it, which other devices cannot open."""

    message = _l(
        "This photo is in the HEIC format, which cannot be opened here. Take it again as JPEG: on an iPhone open "
        "Settings, Camera, Formats and choose Most Compatible. Or send a screenshot of the photo."
    )


class Damaged(NotTaken):
    """The file begins like one of the types that are taken, and cannot be read."""

    message = _l("The file is damaged and cannot be opened. Save or photograph it again.")


class Locked(NotTaken):
    """A PDF that needs a password."""

    message = _l("The file is locked with a password. Send a copy without one.")


class TooManyPixels(NotTaken):
    """A picture of more pixels than are unpacked."""

    message = _l("The picture has more than 50 million pixels. Take it again at a lower resolution.")


class TooHeavy(NotTaken):
    """Opening the file took more memory or time than it may."""

    message = _l(
        "This file takes too much memory or time to open. Print it to a new PDF or photograph the pages, and send that."
    )


class Moving(NotTaken):
    """A picture of several frames, of which one alone would be kept."""

    message = _l("This picture moves. Send one that stands still.")


class TooDeep(NotTaken):
    """A picture in finer colours than can be kept."""

    message = _l("This picture has 16 bits a colour, more than can be kept here. Save it with 8 bits, or as JPEG.")


class Unusual(NotTaken):
    """A JPEG in a coding that hardly any program opens."""

    message = _l("This JPEG is coded in an unusual way that cannot be opened here. Save it as an ordinary JPEG or PNG.")


class Wrapped(NotTaken):
    """A PDF with a picture packed so that its notes of place and time cannot be found."""

    message = _l(
        "A picture in this PDF is packed in a way in which we cannot remove what it tells of its maker. Print it to a "
        "new PDF or photograph the pages, and send that."
    )


REASONS: dict[str, type[NotTaken]] = {
    refusals.EMPTY: Empty,
    refusals.NOT_ALLOWED: NotAllowed,
    refusals.APPLE: AppleFormat,
    refusals.DAMAGED: Damaged,
    refusals.LOCKED: Locked,
    refusals.TOO_HEAVY: TooHeavy,
    refusals.TOO_MANY_PIXELS: TooManyPixels,
    refusals.MOVING: Moving,
    refusals.TOO_DEEP: TooDeep,
    refusals.UNUSUAL: Unusual,
    refusals.WRAPPED: Wrapped,
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
    except refusals.Refused as refused:
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
    except refusals.Refused as refused:
        raise REASONS[refused.reason] from refused


def safe_name(name: str, kind: Kind) -> str:
    """A file's name without folders, control characters or a false ending, short enough to show."""
    bare = "".join(mark for mark in name.replace("\\", "/").rsplit("/", 1)[-1] if mark.isprintable())
    path = PurePath(bare.strip(" .") or "file")
    known = path.suffix.lower() in {one.ending for one in KINDS.values()} | {".jpeg"}
    stem = path.stem if known or len(path.suffix) <= 5 else path.name
    return stem[: LONGEST_NAME - len(kind.ending)] + kind.ending
