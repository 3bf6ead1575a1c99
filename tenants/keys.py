"""Each association's data key, wrapped by the platform's master key; without it what it seals cannot be read.

AES-256-GCM; the association's id is bound in, so a wrapped key moved to another row does not open.
"""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tenants.errors import CannotUnwrap

NONCE = 12
VERSION = b"\x01"


def new_key() -> bytes:
    """A fresh data key of 32 bytes."""
    return os.urandom(32)


def wrap(key: bytes, master: bytes, tenant_id: UUID) -> bytes:
    """Encrypt a data key under the master key, for this association only."""
    nonce = os.urandom(NONCE)
    return VERSION + nonce + AESGCM(master).encrypt(nonce, key, tenant_id.bytes)


def unwrap(wrapped: bytes, master: bytes, tenant_id: UUID) -> bytes:
    """The data key; raises `CannotUnwrap` under another master key or id, or once destroyed."""
    nonce, sealed = wrapped[1 : 1 + NONCE], wrapped[1 + NONCE :]
    if wrapped[:1] != VERSION or len(nonce) != NONCE:
        raise CannotUnwrap("the association's data key is destroyed or of an unknown kind")
    try:
        return AESGCM(master).decrypt(nonce, sealed, tenant_id.bytes)
    except InvalidTag:
        raise CannotUnwrap("the association's data key does not open under this master key") from None
