"""Keeping and opening files: cleaned, sealed under the association's key, written before their row is committed."""

import hashlib
import io
import logging
from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any, BinaryIO
from uuid import UUID

from flask import current_app
from sqlalchemy import event, select
from sqlalchemy.orm import Session, SessionTransaction

from silah.documents import content, errors, form_limits, sandbox, storage
from silah.documents.models import StoredFile
from silah.documents.sealing import PIECE, seal_file, unseal_bytes
from silah.errors import Invalid, NotFound
from silah.jobs import after_commit
from tenants.database import db

log = logging.getLogger(__name__)

PURPOSE = "document"
"""What the bytes are sealed for; a file's own purpose may change, its seal does not."""

WRITTEN = "silah_files_written"


def keep(data: bytes | BinaryIO, name: str, *, purpose: str, unsigned: bool = False) -> StoredFile:
    """Keep an upload, cleaned; raises the ``content.NotTaken`` family, or ``storage.NotStored``.

    ``unsigned``: a PDF loses its author and dates too, and with them its digital signature if it has one.
    """
    with sandbox.scratch() as sent:
        _receive(data, sent)
        with form_limits.taking(sent) as limits, content.clean(sent, unsigned=unsigned, **limits) as (kept, kind):
            return _store(kept, content.safe_name(name, kind), kind.media_type, purpose)


def keep_all(sent: Iterable[Any], *, purpose: str, nameless: bool = False) -> list[StoredFile]:
    """Keep the files of a field, without what tells who made them; ``nameless`` without the names that they had, too.

    Raises ``Invalid`` at the field ``files`` where one is refused.
    """
    files = [one for one in sent if getattr(one, "filename", "")]
    try:
        return [
            keep(one.stream, str(place) if nameless else one.filename, purpose=purpose, unsigned=True)
            for place, one in enumerate(files, start=1)
        ]
    except Invalid as refused:
        raise Invalid({"files": refused.message}) from None


def keep_made(data: bytes, name: str, *, purpose: str, media_type: str = "application/pdf") -> StoredFile:
    """Keep a file that the platform made itself, as it is."""
    return _store(io.BytesIO(data), name, media_type, purpose)


def get(file_id: UUID) -> StoredFile:
    """The file of this id in the current association; raises ``NotFound``."""
    stored = db.session.get(StoredFile, file_id)
    if stored is None:
        raise NotFound
    return stored


def open(stored: StoredFile) -> bytes:
    """The content of a file, checked against its SHA-256; raises ``storage.Lost``."""
    data = unseal_bytes(storage.read(stored.storage_key), PURPOSE)
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise errors.Lost
    return data


def forget(stored: StoredFile) -> None:
    """Remove a file that nothing refers to any more; its bytes go once that is committed."""
    key = stored.storage_key
    db.session.delete(stored)
    after_commit(lambda: storage.remove(key))


def sweep(before: datetime) -> int:
    """Remove the current association's bytes that no row knows, as far as they are older; gives how many."""
    known = set(db.session.scalars(select(StoredFile.storage_key)))
    lost = [key for key in storage.older_than(before) if key not in known]
    for key in lost:
        storage.remove(key)
    return len(lost)


def most_bytes() -> int:
    """The largest upload that is taken, in bytes."""
    megabytes: int = current_app.config["SILAH"].upload_limit_mb
    return megabytes * 1024 * 1024


def _receive(data: bytes | BinaryIO, sent: IO[bytes]) -> None:
    """Copy an upload piece by piece, and no further than the limit."""
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    while piece := source.read(PIECE):
        sent.write(piece)
        if sent.tell() > most_bytes():
            raise errors.TooLarge(message=content.too_large(current_app.config["SILAH"].upload_limit_mb))


def _store(data: IO[bytes], name: str, media_type: str, purpose: str) -> StoredFile:
    digest, size = hashlib.sha256(), 0
    while piece := data.read(PIECE):
        digest.update(piece)
        size += len(piece)
    data.seek(0)
    stored = StoredFile(
        name=name,
        media_type=media_type,
        size=size,
        sha256=digest.hexdigest(),
        storage_key=storage.new_key(),
        purpose=purpose,
    )
    db.session.info.setdefault(WRITTEN, []).append(stored.storage_key)
    storage.write(stored.storage_key, seal_file(data, PURPOSE))
    db.session.add(stored)
    db.session.flush()
    return stored


@event.listens_for(db.session, "after_commit")
def _kept(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(WRITTEN, None)


@event.listens_for(db.session, "after_soft_rollback")
def _undone(session: Session, previous: SessionTransaction) -> None:
    """Remove the bytes whose rows were rolled back; a crash here leaves bytes without a row, never the reverse."""
    if previous.nested:
        return
    for key in session.info.pop(WRITTEN, []):
        try:
            storage.remove(key)
        except Exception:
            log.exception("bytes without a row were left behind")
