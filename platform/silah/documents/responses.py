"""Answers that carry a file: never guessed at, never kept by the browser."""

from urllib.parse import quote

from flask import Response

from silah.documents.models import StoredFile

SHOWN = ("application/pdf", "image/jpeg", "image/png", "image/webp")
"""Types that a browser may show in the page's place, rather than only download."""


def sent(stored: StoredFile, data: bytes, *, show: bool = False) -> Response:
    """The answer that carries a file: never guessed at, never kept by the browser."""
    response = Response(data, mimetype=stored.media_type)
    how = "inline" if show and stored.media_type in SHOWN else "attachment"
    stem, dot, ending = stored.name.encode("ascii", "ignore").decode().rpartition(".")
    plain = f"{stem.strip(' .') or 'file'}{dot}{ending}".replace('"', "").replace("\\", "")
    response.headers["Content-Disposition"] = f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(stored.name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def sent_pdf(data: bytes, name: str) -> Response:
    """The answer that carries a paper made on the spot."""
    response = Response(data, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
