"""Each association's data key, wrapped by the platform's master key; without it what it seals cannot be read.

AES-256-GCM; the association's id is bound in, so a wrapped key moved to another row does not open.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Engine, select, update

from tenants.errors import CannotUnwrap
from tenants.registry import Association

NONCE = 12
VERSION = b"\x01"


def new_key() -> bytes:
    """A fresh data key of 32 bytes."""
    return os.urandom(32)


def wrap(key: bytes, master: bytes, tenant_id: UUID) -> bytes:
    """Encrypt a data key under the master key, for this association only."""
    nonce = os.urandom(NONCE)
    return VERSION + nonce + AESGCM(master).encrypt(nonce, key, tenant_id.bytes)


def unwrap_by_any(wrapped: bytes, masters: Sequence[bytes], tenant_id: UUID) -> bytes:
    """Return the data key by the first master key that opens it; raises `CannotUnwrap` where none does."""
    for master in masters[:-1]:
        with suppress(CannotUnwrap):
            return unwrap(wrapped, master, tenant_id)
    return unwrap(wrapped, masters[-1], tenant_id)


def rewrap_all(engine: Engine, new: bytes, old: bytes) -> dict[str, int]:
    """Wrap each association's data key under the new master key, a transaction each, and count what was done.

    Broken off, it goes on where it stood when it is run again. `engine`: on the owner's login.
    """
    done = {"rewrapped": 0, "already": 0, "unreadable": 0}
    with engine.connect() as conn:
        with conn.begin():
            ids = conn.scalars(select(Association.id).order_by(Association.id)).all()
        for id in ids:
            with conn.begin():
                done[_rewrap(conn, id, new, old)] += 1
    return done


def _rewrap(conn: Connection, id: UUID, new: bytes, old: bytes) -> str:
    wrapped = conn.scalar(select(Association.wrapped_key).where(Association.id == id).with_for_update())
    if wrapped is None:
        return "already"  # removed meanwhile
    with suppress(CannotUnwrap):
        unwrap(bytes(wrapped), new, id)
        return "already"
    try:
        key = unwrap(bytes(wrapped), old, id)
    except CannotUnwrap:
        return "unreadable"
    conn.execute(update(Association).where(Association.id == id).values(wrapped_key=wrap(key, new, id)))
    return "rewrapped"


def unwrap(wrapped: bytes, master: bytes, tenant_id: UUID) -> bytes:
    """The data key; raises `CannotUnwrap` under another master key or id, or once destroyed."""
    nonce, sealed = wrapped[1 : 1 + NONCE], wrapped[1 + NONCE :]
    if wrapped[:1] != VERSION or len(nonce) != NONCE:
        raise CannotUnwrap("the association's data key is destroyed or of an unknown kind")
    try:
        return AESGCM(master).decrypt(nonce, sealed, tenant_id.bytes)
    except InvalidTag:
        raise CannotUnwrap("the association's data key does not open under this master key") from None
