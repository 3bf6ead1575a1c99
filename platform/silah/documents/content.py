"""What an uploaded file really is, told by its content, and images without what the camera wrote into them.

Pure: bytes in, bytes out. A name's ending and the browser's word for the type are never believed.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Any

import puremagic
from flask_babel import lazy_gettext as _l
from PIL import Image, ImageOps

from silah.errors import Invalid

MOST_PIXELS = 50_000_000
"""Beyond this an image is taken for a bomb and not unpacked; a telephone's camera makes 12 to 50 million."""

LONGEST_NAME = 120

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


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


@dataclass(frozen=True)
class Kind:
    """A type of file that is taken."""

    media_type: str
    ending: str
    image_format: str | None = None


PDF = Kind("application/pdf", ".pdf")
JPEG = Kind("image/jpeg", ".jpg", "JPEG")
PNG = Kind("image/png", ".png", "PNG")
WEBP = Kind("image/webp", ".webp", "WEBP")
KINDS = {kind.media_type: kind for kind in (PDF, JPEG, PNG, WEBP)}
ACCEPT = ",".join(kind.ending for kind in KINDS.values()) + ",.jpeg"


def kind_of(data: bytes) -> Kind:
    """The type of a file by its content; raises ``Empty``, or ``NotAllowed`` with what to do where we know it."""
    if not data:
        raise Empty
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    try:
        guesses = [guess.mime_type for guess in puremagic.magic_string(data[:4096])]
    except puremagic.PureError:
        guesses = []
    for guess in guesses:
        kind = KINDS.get(guess)
        if kind and kind.image_format and _begins_like(data, kind):
            return kind
    raise AppleFormat if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS else NotAllowed


def _begins_like(data: bytes, kind: Kind) -> bool:
    if kind is WEBP:
        return data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return data.startswith(b"\xff\xd8\xff" if kind is JPEG else b"\x89PNG\r\n\x1a\n")


def cleaned(data: bytes) -> tuple[bytes, Kind]:
    """The file as it is kept, and its type; raises one of the ``NotTaken`` family.

    An image is written anew, upright and with its pixels only: place, time and owner of the camera are gone, and
    so is anything hidden behind the image's end.
    """
    kind = kind_of(data)
    if kind.image_format:
        return _redrawn(data, kind.image_format), kind
    if b"%%EOF" not in data[-4096:]:
        raise Damaged
    if b"/Encrypt" in data:
        raise Locked
    return data, kind


def _redrawn(data: bytes, image_format: str) -> bytes:
    try:
        with Image.open(BytesIO(data), formats=[image_format]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise TooLarge
            upright = ImageOps.exif_transpose(image)
            bare = _pixels_only(upright, image_format)
            out = BytesIO()
            bare.save(out, format=image_format, **({"quality": 90} if image_format != "PNG" else {}))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Damaged from error
    return out.getvalue()


def _pixels_only(image: Image.Image, image_format: str) -> Image.Image:
    """A copy in plain colours, without metadata, colour profiles or further frames."""
    clear = image_format != "JPEG" and (image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info)
    copy = image.convert("RGBA" if clear else "RGB")
    copy.info.clear()
    copy.getexif().clear()
    return copy


def safe_name(name: str, kind: Kind) -> str:
    """A file's name without folders, control characters or a false ending, short enough to show."""
    bare = "".join(mark for mark in name.replace("\\", "/").rsplit("/", 1)[-1] if mark.isprintable())
    path = PurePath(bare.strip(" .") or "file")
    known = path.suffix.lower() in {one.ending for one in KINDS.values()} | {".jpeg"}
    stem = path.stem if known or len(path.suffix) <= 5 else path.name
    return stem[: LONGEST_NAME - len(kind.ending)] + kind.ending
