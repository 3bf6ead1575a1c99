"""The mark that stands on a phone's first screen: drawn in the association's colour, since a phone takes no SVG."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from silah.shell.theme import legible, parse

FINER = 4
"""Drawn so many times larger, then made small: its edges are smooth."""
INK = (255, 255, 255)
UNITS, STROKE = 60, 3
LINKS: tuple[tuple[tuple[float, ...], int], ...] = (((8, 14.5, 23, 29.5), 90), ((21, 14.5, 36, 29.5), 270))
LINES = (
    (26, 14.5, 29, 14.5),
    (23.5, 29.5, 29, 29.5),
    (15, 29.5, 18, 29.5),
    (15, 14.5, 20.5, 14.5),
    (17.5, 22, 26.5, 22),
)


@lru_cache(maxsize=64)
def square(size: int, accent: str) -> bytes:
    """The links of a chain on the accent, as a PNG; they stand in the middle, whatever shape a phone cuts."""
    side = size * FINER
    image = Image.new("RGB", (side, side), legible(parse(accent), (INK,)))
    draw, half = ImageDraw.Draw(image), STROKE / 2
    for (left, top, right, bottom), start in LINKS:
        box = (left - half, top - half, right + half, bottom + half)
        draw.arc(_laid(box, side), start, start + 180, fill=INK, width=round(STROKE * side / UNITS))
    for line in LINES:
        draw.line(_laid(line, side), fill=INK, width=round(STROKE * side / UNITS))
    out = BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _laid(points: tuple[float, ...], side: int) -> tuple[float, ...]:
    """Points of a drawing 44 units wide, in the middle of a square of 60."""
    return tuple((point + (UNITS - 44) / 2) * side / UNITS for point in points)
