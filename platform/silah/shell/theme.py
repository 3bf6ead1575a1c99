"""The accent of an association as a stylesheet, its tone shifted until text on it and in it passes WCAG AA.

The neutral colours are written here and in css/tokens.css; a test keeps the two alike.
"""

import re
from collections.abc import Sequence
from colorsys import hls_to_rgb, rgb_to_hls
from functools import lru_cache
from hashlib import sha256

from flask import Response, request

from silah.shell import appearance
from silah.web.access import public

Colour = tuple[int, int, int]

AA = 4.5
DARKNESS_STEPS = 200
LIGHT = ("#ffffff", "#f7f6f2", "#eeece6")
DARK = ("#1d2125", "#15181b", "#282d32")
SOFT_IN_LIGHT, SOFT_IN_DARK = 0.09, 0.2


def parse(colour: str) -> Colour:
    """«#0b6157» as three numbers; raises ValueError for anything else."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError("a colour is written as # and six hexadecimal digits")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def written(colour: Colour) -> str:
    """Three numbers as «#0b6157»."""
    return "#" + "".join(f"{part:02x}" for part in colour)


def luminance(colour: Colour) -> float:
    """Relative luminance by WCAG 2: 0 for black, 1 for white."""
    linear = [part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio by WCAG 2, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: Colour, ground: Colour, share: float) -> Colour:
    """This share of the colour laid over the ground."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(colour, ground, strict=True))
    return red, green, blue


def legible(colour: Colour, grounds: Sequence[Colour], ratio: float = AA) -> Colour:
    """The nearest tone of the colour that reads on every ground: darker on light grounds, lighter on dark ones.

    Falls back to black or white, whichever reads better, where no tone reaches the ratio.
    """
    darker = min(luminance(ground) for ground in grounds) > 0.18
    hue, lightness, saturation = rgb_to_hls(*(part / 255 for part in colour))
    end = 0.0 if darker else 1.0
    for step in range(DARKNESS_STEPS + 1):
        tone = lightness + (end - lightness) * step / DARKNESS_STEPS
        red, green, blue = (round(part * 255) for part in hls_to_rgb(hue, tone, saturation))
        if all(contrast((red, green, blue), ground) >= ratio for ground in grounds):
            return red, green, blue
    return (0, 0, 0) if darker else (255, 255, 255)


def palette(accent: str, grounds: Sequence[str], share: float) -> dict[str, str]:
    """The accent for text and buttons, what is written on it, and its soft ground, for one set of grounds."""
    colour, parsed = parse(accent), [parse(ground) for ground in grounds]
    soft = mixed(colour, parsed[0], share)
    shown = legible(colour, [*parsed, soft])
    return {"accent": written(shown), "on-accent": grounds[0], "accent-soft": written(soft)}


@lru_cache(maxsize=512)
def stylesheet(accent: str) -> str:
    """The theme of one accent, light and dark."""
    light = palette(accent, LIGHT, SOFT_IN_LIGHT)
    dark = palette(accent, DARK, SOFT_IN_DARK)
    return f":root{_block(light)}@media screen and (prefers-color-scheme:dark){{:root{_block(dark)}}}"


def _block(names: dict[str, str]) -> str:
    return "{" + "".join(f"--{name}:{value};" for name, value in names.items()) + "}"


@lru_cache(maxsize=512)
def _version(css: str) -> str:
    return sha256(css.encode()).hexdigest()[:10]


def _shown() -> str:
    try:
        return stylesheet(appearance.current().accent)
    except ValueError:
        return stylesheet(appearance.PLATFORM_LOOK.accent)


def theme_url() -> str:
    """The address of the theme of the association being served, good for a year."""
    return f"/theme.css?v={_version(_shown())}"


@public(place="any")
def theme() -> Response:
    """The association's theme; kept for a year under its own fingerprint, and asked for again without one."""
    css = _shown()
    response = Response(css, mimetype="text/css")
    lasting = request.args.get("v") == _version(css)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
    return response
