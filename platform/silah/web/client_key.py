"""Whom a rate limit counts, without keeping who it is: addresses hashed with a salt that is gone two days later."""

import hashlib
import secrets
from ipaddress import IPv6Address, ip_address, ip_network

from flask import current_app
from redis import Redis
from redis.exceptions import RedisError

from silah import clock
from silah.web.rate_limit_storage import counters

KEPT_SECONDS = 2 * 86_400
ONE_SUBSCRIBER = 64
"""The bits of an IPv6 address by which one subscriber is known: all that follow are theirs to change at will."""

_shared: dict[tuple[str, str], bytes] = {}
_own: dict[tuple[str, str], bytes] = {}


def hashed(address: str) -> str:
    """The address as limits count it today; nobody can tell tomorrow whose it was."""
    return hashlib.sha256(_salt() + source_of(address).encode()).hexdigest()[:32]


def source_of(address: str) -> str:
    """Return what stands for one subscriber: an IPv4 address, or the first 64 bits of an IPv6 one."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address  # A Unix socket in front says nothing, or something of its own.
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((found, ONE_SUBSCRIBER), strict=False))


def _salt() -> bytes:
    """Today's salt of this installation: shared where limits are, and this process's own where that is lost."""
    name = (current_app.config["SILAH"].installation, clock.today().isoformat())
    if name in _shared:
        return _shared[name]
    for kept in (_shared, _own):
        for old in [one for one in list(kept) if one[0] == name[0] and one != name]:
            kept.pop(old, None)
    own = _own.setdefault(name, secrets.token_bytes(32))
    link = counters().link
    if link is None:
        return own
    try:
        _shared[name] = link.ask(lambda redis: _agreed(redis, ":".join(name), own))
    except RedisError:
        return own
    return _shared[name]


def _agreed(redis: Redis, name: str, own: bytes) -> bytes:
    """Return the salt that whichever process came first has put there."""
    redis.set(f"salt:{name}", own, nx=True, ex=KEPT_SECONDS)
    kept = redis.get(f"salt:{name}")
    return kept if isinstance(kept, bytes) else own
