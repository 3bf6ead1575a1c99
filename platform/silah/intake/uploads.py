"""An upload as the pages hand it over, taken into the store."""

from datetime import date
from typing import Any

from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.errors import Invalid
from silah.forms import parsers


def keep(upload: Any, purpose: str) -> StoredFile:
    """Store an upload: a werkzeug ``FileStorage``, or bytes with a ``name`` of their own where they have one."""
    if isinstance(upload, bytes):
        return documents.keep(upload, purpose, purpose=purpose)
    name = getattr(upload, "filename", None) or getattr(upload, "name", None) or purpose
    return documents.keep(getattr(upload, "stream", upload), str(name), purpose=purpose)


def until(value: date | str | None) -> date | None:
    """A date of validity, as a date or as somebody typed it; raises ``Invalid``."""
    if value is None or isinstance(value, date):
        return value
    try:
        return parsers.day(value) if value.strip() else None
    except parsers.BadAnswer as error:
        raise Invalid({"valid_until": str(error)}) from None
