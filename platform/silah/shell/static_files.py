"""Stylesheet, script, fonts and drawings: each under an address that changes with its content, kept for a year.

The source is in small files; pages ask for one stylesheet and one script, put together and compressed here.
"""

import gzip
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import brotli
import rcssmin
import rjsmin
from flask import Flask, Response, abort, current_app, request

from silah.shell import fonts
from silah.web.access import public

FOLDER = Path(__file__).parent / "static"
LONGEST_NAME = 200
BUNDLES = {"silah.css": ("css", "*.css"), "silah.js": ("js", "*.js"), "field.js": ("field", "[0-9]*.js")}
COMPRESSED = {"text/css", "text/javascript", "image/svg+xml"}


@dataclass(frozen=True)
class Asset:
    """One static file, ready to be sent."""

    body: bytes
    mimetype: str
    version: str
    brotli: bytes | None = None
    gzip: bytes | None = None


def version_of(name: str) -> str | None:
    """The fingerprint of a static file; None for one that does not exist."""
    if name.startswith("fonts/"):
        font = name.removeprefix("fonts/")
        return fonts.fingerprint(font) if font in fonts.FONTS else None
    found = text_asset(name, _stamp(name))
    return found.version if found else None


@lru_cache(maxsize=128)
def text_asset(name: str, stamp: float) -> Asset | None:
    """A bundle or a plain file under static/, read and compressed once for each stamp; None for no such file."""
    body = _bundled(name) if name in BUNDLES else _plain(name)
    if body is None:
        return None
    mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    version = sha256(body).hexdigest()[:10]
    if mimetype not in COMPRESSED:
        return Asset(body, mimetype, version)
    return Asset(body, mimetype, version, brotli.compress(body), gzip.compress(body, mtime=0))


def asset(name: str) -> Asset | None:
    """Any static file by its name; None for no such file."""
    if len(name) > LONGEST_NAME or not (name.isascii() and name.isprintable()):
        return None
    version = version_of(name)
    if version is None:
        return None
    if name.startswith("fonts/"):
        body = fonts.woff2(name.removeprefix("fonts/"), _cache_folder())
        return Asset(body, "font/woff2", version)
    return text_asset(name, _stamp(name))


def static_url(name: str) -> str:
    """The address of a static file, good for a year: what ``url_for("static", …)`` gives, in a tenth of the time."""
    return f"/static/{name}?v={version_of(name)}"


@public(place="any")
def static(filename: str) -> Response:
    """One static file; immutable for a year when asked for by its fingerprint."""
    found = asset(filename)
    if found is None:
        abort(404)
    response = Response(*_encoded(found), mimetype=found.mimetype)
    response.vary.add("Accept-Encoding")
    response.set_etag(found.version)
    lasting = request.args.get("v") == found.version
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
    response.make_conditional(request)
    return response


def init_static(app: Flask) -> None:
    """Serve this folder at the endpoint "static", and put each file's fingerprint into its address."""
    app.static_folder = str(FOLDER)
    if "static" not in app.view_functions:
        app.add_url_rule("/static/<path:filename>", "static", static)
    app.view_functions["static"] = static
    app.url_defaults(_fingerprinted)


def _fingerprinted(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and "filename" in values and "v" not in values:
        values["v"] = version_of(values["filename"])


def _encoded(found: Asset) -> tuple[bytes, int, dict[str, str]]:
    for coding, body in (("br", found.brotli), ("gzip", found.gzip)):
        if body is not None and request.accept_encodings[coding] > 0:
            return body, 200, {"Content-Encoding": coding}
    return found.body, 200, {}


def _bundled(name: str) -> bytes:
    folder, pattern = BUNDLES[name]
    text = "\n".join(file.read_text("utf-8") for file in sorted((FOLDER / folder).glob(pattern)))
    return (_address_fonts(rcssmin.cssmin(text)) if folder == "css" else rjsmin.jsmin(text)).encode()


def _address_fonts(css: str) -> str:
    return re.sub(r"url\((fonts/([\w-]+\.woff2))\)", lambda found: _font_url(found[1], found[2]), css)


def _font_url(path: str, name: str) -> str:
    return f"url({path}?v={fonts.fingerprint(name)})"


def _plain(name: str) -> bytes | None:
    path = (FOLDER / name).resolve()
    return path.read_bytes() if path.is_relative_to(FOLDER) and path.is_file() else None


def _stamp(name: str) -> float:
    """In development, when the source last changed; else 0, so that a file is read once."""
    settings = current_app.config.get("SILAH")
    if not (current_app.debug or (settings is not None and settings.development)):
        return 0.0
    if name in BUNDLES:
        folder, pattern = BUNDLES[name]
        return max((file.stat().st_mtime for file in (FOLDER / folder).glob(pattern)), default=0.0)
    path = FOLDER / name
    return path.stat().st_mtime if path.is_file() else 0.0


def _cache_folder() -> Path | None:
    settings = current_app.config.get("SILAH")
    return Path(settings.cache_dir) if settings is not None else None
