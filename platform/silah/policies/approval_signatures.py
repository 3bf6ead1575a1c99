"""Signatures and seals on the acts of a version: kept as pictures, shown on the document."""

import base64
import binascii
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.errors import Invalid, SilahError
from silah.policies.models import PolicyAct
from tenants.database import db

PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
DRAWN = "data:image/png;base64,"


def drawn(text: str | None) -> StoredFile | None:
    """A signature drawn on the page; None where nothing was drawn."""
    if not text or not text.startswith(DRAWN):
        return None
    try:
        data = base64.b64decode(text.removeprefix(DRAWN), validate=True)
        return documents.keep(data, "signature.png", purpose="policy_signature")
    except (binascii.Error, SilahError):
        raise Invalid({"signature": _l("Draw the signature again.")}) from None


def picture(upload: Any, field: str) -> StoredFile | None:
    """An image that was sent; None where none was. Raises Invalid at its field for anything else."""
    if not upload or not getattr(upload, "filename", ""):
        return None
    try:
        kept = documents.keep(upload.stream, upload.filename, purpose=f"policy_{field}")
    except SilahError as refused:
        raise Invalid({field: str(refused)}) from None
    if kept.media_type not in PICTURES:
        raise Invalid({field: _l("Choose a picture.")})
    return kept


def of(act: PolicyAct) -> list[tuple[str, StoredFile]]:
    """The pictures that go with an act: (signature or seal, file)."""
    found = []
    for name in ("signature", "seal"):
        stored = db.session.get(StoredFile, UUID(act.data[name])) if act.data.get(name) else None
        if stored is not None:
            found.append((name, stored))
    return found
