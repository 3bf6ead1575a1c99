"""Pictures cleaned: upright, the same to look at, and with nothing beside their pixels. Runs in the child process.

Each is unpacked whole, so that what is kept is a whole picture. One that stands upright in plain colours keeps its
pixels as they are coded; any other is drawn anew, in its colour mode and depth. Where a colour profile says what its
numbers mean, they are turned into sRGB, since a profile can name its maker; what Pillow cannot hold in full depth is
refused.
"""

import struct
import warnings
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

from silah.documents import picture_parts
from silah.documents.formats import DAMAGED, MOVING, TOO_DEEP, TOO_HEAVY, TOO_MANY_PIXELS, UNUSUAL, Refused

ORIENTATION = 0x0112
TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a picture is set upright, by what its camera says of how it was held."""

COMMON_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""JPEG codings that every reader knows: baseline, extended, progressive."""

DEEP_COLOURS = frozenset({2, 4, 6})
"""PNG colour types of which Pillow keeps eight bits only: RGB, grey with alpha, RGB with alpha."""

PROFILED = {"1": None, "L": "L", "LA": "L", "P": "RGB", "RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK"}
AS_CODED = {
    "JPEG": lambda data: picture_parts.strip_jpeg(
        data, picture_parts.TELLING_SEGMENTS | {picture_parts.PROFILE_SEGMENT}
    ),
    "WEBP": picture_parts.strip_webp,
}
"""What takes off all but the pixels, without drawing them anew: formats that would lose something each time."""

SLOW_PIXELS = 12_000_000
BROKEN = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, struct.error, EOFError, ZeroDivisionError)


def redraw(data: bytes, image_format: str, most_pixels: int) -> bytes:
    """Return the picture in its format, with its pixels only; raise ``Refused``."""
    with _opened(data, (image_format,), most_pixels) as image:
        _check_depth(data, image, image_format)
        options = _options(data, image, image_format)
        try:
            image.load()
            drawn = in_srgb(upright(image), image.info.get("icc_profile"))
            if drawn is image and image_format in AS_CODED:
                return AS_CODED[image_format](data)
            if drawn.mode != image.mode:
                options.pop("transparency", None)
            drawn.info.clear()
            drawn.save(out := BytesIO(), format=image_format, **options)
        except BROKEN as error:
            raise Refused(_why(image)) from error
    return out.getvalue()


def _why(image: Image.Image) -> str:
    """Why a picture could not be drawn: WebP does not tell want of memory from damage, and only vast ones want it."""
    vast = image.format == "WEBP" and image.width * image.height > SLOW_PIXELS
    return TOO_HEAVY if vast else DAMAGED


def shrink(data: bytes, most_side: int, most_pixels: int) -> tuple[bytes, tuple[int, int]]:
    """Return a picture for paper, as a PNG that is no wider or higher than ``most_side``, and its size."""
    with _opened(data, ("PNG", "JPEG", "WEBP"), most_pixels) as image:
        try:
            image.load()
            drawn = in_srgb(upright(image), image.info.get("icc_profile")).convert("RGBA")
            drawn.thumbnail((most_side, most_side))
            drawn.info.clear()
            drawn.save(out := BytesIO(), format="PNG", optimize=True)
        except BROKEN as error:
            raise Refused(_why(image)) from error
    return out.getvalue(), drawn.size


def upright(image: Image.Image) -> Image.Image:
    """Return the picture as its camera was held; notes of the camera that cannot be read are as good as none."""
    try:
        turn = TURNED.get(image.getexif().get(ORIENTATION, 1))
    except BROKEN:
        turn = None
    return image.transpose(turn) if turn is not None else image


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture in the colours that its profile means; a profile that nobody can read is passed over."""
    mode = PROFILED.get(image.mode)
    if not profile or mode is None:
        return image
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    try:
        meant = ImageCms.ImageCmsProfile(BytesIO(profile))
        if _is_srgb(meant):
            return image
        shown = ImageCms.profileToProfile(image.convert(mode), meant, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, *BROKEN):
        return image
    if shown is not None and alpha is not None:
        shown.putalpha(alpha)
    return shown or image


def _is_srgb(profile: ImageCms.ImageCmsProfile) -> bool:
    return "sRGB" in ImageCms.getProfileDescription(profile)


def _opened(data: bytes, formats: tuple[str, ...], most_pixels: int) -> Image.Image:
    """Open a picture without drawing it yet; Pillow counts its pixels before it takes room for them."""
    Image.MAX_IMAGE_PIXELS = most_pixels // 2  # Pillow warns of these, and refuses twice as many
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    try:
        image = Image.open(BytesIO(data), formats=formats)
    except Image.DecompressionBombError as error:
        raise Refused(TOO_MANY_PIXELS) from error
    except BROKEN as error:
        raise Refused(UNUSUAL if "JPEG" in formats and _is_uncommon_jpeg(data) else DAMAGED) from error
    if getattr(image, "is_animated", False) and image.format != "MPO":  # of which the first is the photograph
        raise Refused(MOVING)
    return image


def _check_depth(data: bytes, image: Image.Image, image_format: str) -> None:
    if image_format == "PNG" and data[24:25] == b"\x10" and data[25] in DEEP_COLOURS:
        raise Refused(TOO_DEEP)
    if image_format == "JPEG" and _is_uncommon_jpeg(data):
        raise Refused(UNUSUAL)


def _is_uncommon_jpeg(data: bytes) -> bool:
    """Whether a JPEG is coded in a way that hardly any reader knows: lossless, arithmetic, twelve bits."""
    at = 2
    while at + 5 <= len(data) and data[at] == 0xFF:
        mark = data[at + 1]
        if mark == 0xFF:
            at += 1
        elif 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            return mark not in COMMON_FRAMES or data[at + 4] != 8
        elif mark == 0xDA:
            return False
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return False


def _options(data: bytes, image: Any, image_format: str) -> dict[str, Any]:
    """How it is written, that it stays as near as its format allows to what came."""
    if image_format == "JPEG":
        tables = image.quantization
        return {"subsampling": 0, **({"qtables": tables} if tables else {"quality": 95})}
    if image_format == "WEBP":
        slow = image.width * image.height > SLOW_PIXELS
        return {
            "lossless": picture_parts.is_lossless_webp(picture_parts.strip_webp(data)),
            "quality": 92,
            "method": 0 if slow else 4,
            "exact": True,
        }
    known = PngImagePlugin.PngInfo()
    if "icc_profile" not in image.info and "srgb" not in image.info:
        for name, chunk in (("chromaticity", b"cHRM"), ("gamma", b"gAMA")):
            if (said := image.info.get(name)) is not None:
                values = said if isinstance(said, tuple) else (said,)
                known.add(chunk, struct.pack(f">{len(values)}I", *(round(value * 100_000) for value in values)))
    clear = image.info.get("transparency")
    return {"pnginfo": known, **({"transparency": clear} if clear is not None else {})}
