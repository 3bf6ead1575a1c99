"""Whom a rate limit counts, without keeping who it is: addresses hashed with a salt that is gone two days later."""

import hashlib
import secrets

from flask import current_app
from redis.exceptions import RedisError

from silah import clock

KEPT_SECONDS = 2 * 86_400
_own: dict[tuple[str, str], bytes] = {}


def hashed(address: str) -> str:
    """The address as limits count it today; nobody can tell tomorrow whose it was."""
    return hashlib.sha256(_salt() + address.encode()).hexdigest()[:32]


def _salt() -> bytes:
    """Today's salt of this installation: shared through Redis, and this process's own where Redis is lost."""
    name = (current_app.config["SILAH"].installation, clock.today().isoformat())
    if name not in _own:
        for old in [one for one in _own if one[0] == name[0]]:
            del _own[old]
        _own[name] = _shared(":".join(name))
    return _own[name]


def _shared(name: str) -> bytes:
    from silah.jobs import transport

    fresh, key = secrets.token_bytes(32), f"salt:{name}"
    try:
        transport.client().set(key, fresh, nx=True, ex=KEPT_SECONDS)
        kept = transport.client().get(key)
    except RedisError:
        return fresh
    return kept if isinstance(kept, bytes) else fresh
