"""Files that are small as they come and huge once they are opened."""

import zlib
from io import BytesIO

from PIL import Image


def crowded_pdf(entries: int = 12_000_000) -> bytes:
    """A PDF whose tree of pages names one page millions of times, in an object that is packed to kilobytes."""
    packed = zlib.compress(b"5 0 " + b"[" + b"3 0 R " * entries + b"]", 9)
    head = f"/Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {len(packed)}"
    return _with_objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids 5 0 R/Count {entries}>>".encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        f"<<{head}>>stream\n".encode() + packed + b"\nendstream",
        within={5: (4, 0)},
    )


def nested_pdf(depth: int = 400_000) -> bytes:
    """A PDF with lists in lists in lists."""
    return _with_objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids " + b"[" * depth + b"]" * depth + b"/Count 1>>",
    )


def circling_pdf() -> bytes:
    """A PDF whose pages are among their own."""
    return _with_objects(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R 2 0 R]/Count 3>>")


def swollen_pdf(size: int = 1_500_000_000) -> bytes:
    """A PDF with a picture that is packed twice, to be unpacked to see what it tells."""
    squeezer = zlib.compressobj(9)
    packed = b"".join(squeezer.compress(bytes(10_000_000)) for _ in range(size // 10_000_000)) + squeezer.flush()
    head = f"/Subtype/Image/Width 9/Height 9/Filter[/FlateDecode/DCTDecode]/Length {len(packed)}"
    return _with_objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</I 4 0 R>>>>>>",
        f"<<{head}>>stream\n".encode() + packed + b"\nendstream",
    )


def vast_webp(side: int = 16_383) -> bytes:
    """The head of a picture of 268 million pixels, without them."""
    bits = (side - 1) | (side - 1) << 14
    body = b"\x2f" + bits.to_bytes(4, "little") + b"\x00" * 2000
    chunk = b"VP8L" + len(body).to_bytes(4, "little") + body
    return b"RIFF" + (4 + len(chunk)).to_bytes(4, "little") + b"WEBP" + chunk


def flat_picture(image_format: str, side: int = 7_000, mode: str = "RGB") -> bytes:
    """A picture just within the limit of pixels, of one colour, and so of some kilobytes."""
    out = BytesIO()
    Image.new(mode, (side, side)).save(out, image_format)
    return out.getvalue()


def vast_png(side: int = 60_000) -> bytes:
    """The head of a picture of 3,600 million pixels, with a few of them."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = side.to_bytes(4, "big") * 2 + b"\x08\x06\x00\x00\x00"
    pixels = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _with_objects(*objects: bytes, within: dict[int, tuple[int, int]] | None = None) -> bytes:
    """A PDF of these objects, numbered from 1; ``within`` says which others stand in which stream, at which place."""
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    last = len(objects) + len(within or {}) + 1
    rows = [(0, 0, 65535), *((1, place, 0) for place in places)]
    rows += [(2, *place) for _number, place in sorted((within or {}).items())]
    rows.append((1, len(out), 0))
    table = b"".join(kind.to_bytes(1, "big") + a.to_bytes(4, "big") + b.to_bytes(2, "big") for kind, a, b in rows)
    head = f"<</Type/XRef/Size {last + 1}/W[1 4 2]/Root 1 0 R/Length {len(table)}>>"
    start = len(out)
    out += f"{last} 0 obj\n{head}stream\n".encode() + table + b"\nendstream\nendobj\n"
    return out + f"startxref\n{start}\n%%EOF\n".encode()
