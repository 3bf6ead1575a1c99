"""Personal data at rest: sealed with the association's own key, found again by a keyed hash.

The data key of each association is wrapped by the platform's master key (``tenants.keys``); removing an association
destroys its key, and with it everything sealed under it. Source: the design's "Data".
"""

import hashlib
import hmac
import os
from collections.abc import Iterator
from functools import lru_cache
from typing import IO, Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Dialect, LargeBinary, TypeDecorator

from tenants import keys
from tenants.context import current_tenant
from tenants.database import installation

NONCE_BYTES = 12
PIECE = 1024 * 1024


@lru_cache(maxsize=4096)
def _derived(masters: tuple[bytes, ...], wrapped: bytes, tenant_id: UUID, use: bytes) -> bytes:
    data_key = keys.unwrap_by_any(wrapped, masters, tenant_id)
    return HKDF(SHA256(), 32, salt=None, info=use).derive(data_key)


def _key(use: bytes) -> bytes:
    tenant = current_tenant()
    return _derived(installation().master_keys, tenant.wrapped_key, tenant.id, use)


def seal_bytes(plain: bytes, purpose: str) -> bytes:
    """Encrypt (AES-256-GCM) under the current association's key; only the same purpose opens it."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_key(b"seal")).encrypt(nonce, plain, purpose.encode())


def seal_file(plain: IO[bytes], purpose: str) -> Iterator[bytes]:
    """``seal_bytes`` for a file, piece by piece, so that no more than a piece is held in memory."""
    nonce = os.urandom(NONCE_BYTES)
    sealing = Cipher(AES(_key(b"seal")), GCM(nonce)).encryptor()
    sealing.authenticate_additional_data(purpose.encode())
    yield nonce
    while piece := plain.read(PIECE):
        yield sealing.update(piece)
    yield sealing.finalize() + sealing.tag


def unseal_bytes(sealed: bytes, purpose: str) -> bytes:
    """Decrypt what ``seal_bytes`` made; raises ``cryptography.exceptions.InvalidTag`` for anything else."""
    return AESGCM(_key(b"seal")).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose.encode())


def seal(text: str, purpose: str) -> bytes:
    """``seal_bytes`` for text."""
    return seal_bytes(text.encode(), purpose)


def unseal(sealed: bytes, purpose: str) -> str:
    """``unseal_bytes`` for text."""
    return unseal_bytes(bytes(sealed), purpose).decode()


def fingerprint(text: str, purpose: str) -> bytes:
    """A keyed hash (32 bytes) by which equal values of one association are found; another's differ."""
    return hmac.new(_key(b"find"), f"{purpose}\0{text}".encode(), hashlib.sha256).digest()


class Sealed(TypeDecorator[str]):
    """A text column that is sealed on its way to the database and opened on its way back."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seal what is written."""
        return None if value is None else seal(value, self.purpose)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:
        """Open what is read."""
        return None if value is None else unseal(bytes(value), self.purpose)
