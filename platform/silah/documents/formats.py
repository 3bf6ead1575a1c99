"""The types of files that are taken, told by how a file begins; whether it is one, its parser says."""

from dataclasses import dataclass

from silah.documents.refusals import APPLE, EMPTY, NOT_ALLOWED, Refused

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
