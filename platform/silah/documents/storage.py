"""Where documents' encrypted bytes are kept: a local folder or an object store, one folder for each association.

A local file's time is that of ``silah.clock``, which within ``veiled()`` is the start of the day, and a folder's is
always the start of a day. What cannot be set (the change time and number of an inode, an object store's own time of
writing) still tells when a file was written to whoever reads the disk itself.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import fsspec
from flask import current_app
from fsspec.implementations.local import LocalFileSystem

from silah import clock
from silah.documents.errors import Lost, NotStored
from tenants.context import current_tenant


@lru_cache(maxsize=8)
def _store(address: str) -> tuple[Any, str]:
    options = {} if "://" in address and not address.startswith("file://") else {"auto_mkdir": True}
    system, root = fsspec.url_to_fs(address, **options)
    return system, root.rstrip("/")


def new_key() -> str:
    """A fresh place in the current association's folder; it tells nothing about the file."""
    name = uuid4().hex
    return f"{current_tenant().role}/{name[:2]}/{name}"


def write(key: str, data: bytes | Iterable[bytes]) -> None:
    """Keep these bytes, whole or in pieces: on return they are on the disk.

    Raises ``NotStored`` and leaves nothing half written.
    """
    system, path = _path(key)
    pieces = [data] if isinstance(data, bytes) else data
    try:
        if isinstance(system, LocalFileSystem):
            _write_local(Path(path), pieces)
        else:
            _write_away(system, path, pieces)
    except OSError as error:
        raise NotStored from error


def read(key: str) -> bytes:
    """The bytes kept there; raises ``Lost``."""
    system, path = _path(key)
    try:
        found: bytes = system.cat_file(path)
    except OSError as error:
        raise Lost from error
    return found


def remove(key: str) -> None:
    """Remove the bytes; that they are gone already is no error."""
    system, path = _path(key)
    with contextlib.suppress(FileNotFoundError):
        system.rm_file(path)


def older_than(moment: datetime) -> Iterator[str]:
    """The places in the current association's folder that were written before, half-written ones among them."""
    system, root = _store(current_app.config["SILAH"].storage_url)
    for path in system.find(f"{root}/{current_tenant().role}"):
        with contextlib.suppress(FileNotFoundError):
            if system.modified(path) < moment:
                yield path[path.index(f"{current_tenant().role}/") :]


def _path(key: str) -> tuple[Any, str]:
    """The store and the full path of a key, which must lie in the current association's folder."""
    if not key.startswith(f"{current_tenant().role}/") or ".." in key:
        raise Lost
    system, root = _store(current_app.config["SILAH"].storage_url)
    return system, f"{root}/{key}"


def _write_away(system: Any, path: str, pieces: Iterable[bytes]) -> None:
    try:
        with system.open(path, "wb") as file:
            for piece in pieces:
                file.write(piece)
    except BaseException:  # what was sent so far may have become a file when it was closed
        with contextlib.suppress(Exception):
            system.rm_file(path)
        raise


def _write_local(path: Path, pieces: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f".{path.name}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        written = clock.now().timestamp()
        os.utime(part, (written, written))
        os.replace(part, path)
        _sync_folder(path.parent)
        day = clock.day_start().timestamp()
        for folder in (path.parent, path.parent.parent):  # their times are those of the last file put into them
            os.utime(folder, (day, day))
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
