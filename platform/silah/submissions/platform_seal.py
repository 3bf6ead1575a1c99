"""What the platform itself has a browser keep, outside every association: sealed under its own master key."""

import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tenants.database import installation

NONCE_BYTES = 12


def digest(text: str) -> bytes:
    """Return a keyed hash (32 bytes) of a text, which nobody else can make."""
    return hmac.new(_key(installation().master_key_bytes, b"platform digest"), text.encode(), sha256).digest()


def seal(text: str, purpose: str) -> str:
    """Encrypt a text so that only this platform opens it, and only for the same purpose."""
    nonce = os.urandom(NONCE_BYTES)
    cipher = AESGCM(_key(installation().master_key_bytes, b"platform seal"))
    return urlsafe_b64encode(nonce + cipher.encrypt(nonce, text.encode(), purpose.encode())).decode()


def unseal(sealed: str, purpose: str) -> str:
    """Decrypt what ``seal`` made; raises ``InvalidTag`` or ``ValueError`` for anything else."""
    raw = urlsafe_b64decode(sealed.encode())
    for master in installation().master_keys:
        try:
            cipher = AESGCM(_key(master, b"platform seal"))
            return cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], purpose.encode()).decode()
        except InvalidTag:
            continue
    raise InvalidTag


@lru_cache(maxsize=8)
def _key(master: bytes, use: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=use).derive(master)
