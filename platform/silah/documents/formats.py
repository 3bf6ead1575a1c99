"""The types of files that are taken, told by how a file begins, and the reasons why one is not kept.

Whether a file is what it begins as, its parser says. The reasons have no words here: the process that opens files knows
no pages.
"""

from dataclasses import dataclass

DAMAGED, LOCKED, TOO_HEAVY, TOO_MANY_PIXELS = "damaged", "locked", "too_heavy", "too_many_pixels"
MOVING, TOO_DEEP, UNUSUAL, WRAPPED = "moving", "too_deep", "unusual", "wrapped"
EMPTY, NOT_ALLOWED, APPLE = "empty", "not_allowed", "apple"
REASONS = {DAMAGED, LOCKED, TOO_HEAVY, TOO_MANY_PIXELS, MOVING, TOO_DEEP, UNUSUAL, WRAPPED, EMPTY, NOT_ALLOWED, APPLE}


class Refused(Exception):
    """A file that is not kept, with the reason, one of the names above."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


LEAD = 1024
"""Within so many bytes readers look for the beginning of a PDF."""
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


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


def kind_of(data: bytes) -> Kind:
    """Return the type that a file begins like; raise ``Refused``."""
    if not data:
        raise Refused(EMPTY)
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if b"%PDF-" in data[: LEAD + 5]:
        return PDF
    raise Refused(APPLE if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS else NOT_ALLOWED)
