"""Passwords: argon2 hashes, what a new one must be, and the same work for somebody who does not exist."""

import unicodedata
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import lazy_gettext as _l

SHORTEST, LONGEST = 12, 256
FEWEST_DIFFERENT = 6

_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """The argon2id hash to keep."""
    return _hasher.hash(_composed(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether this is the password of that hash; without a hash the same work is done in vain."""
    try:
        right = _hasher.verify(kept or _nobodys(), _composed(password[:LONGEST]))
    except (VerificationError, InvalidHashError):
        return False
    return right and kept is not None


def outdated(kept: str) -> bool:
    """Whether the hash was made with weaker parameters than the present ones."""
    return _hasher.check_needs_rehash(kept)


def weakness(password: str, *known: str) -> Any | None:
    """What makes a new password unfit, in the reader's language, or None; `known` is what a guesser would try."""
    if len(password) < SHORTEST:
        return _l("Use at least %(count)s characters; a few words together are easy to remember.", count=SHORTEST)
    if len(password) > LONGEST:
        return _l("Use at most %(count)s characters.", count=LONGEST)
    if len(set(password)) < FEWEST_DIFFERENT:
        return _l("Use more different characters.")
    plain = password.casefold()
    if any(len(word) > 3 and word.casefold() in plain for word in known):
        return _l("Do not use your name or e-mail address in the password.")
    return None


def _composed(password: str) -> str:
    """One text typed on two keyboards is one password."""
    return unicodedata.normalize("NFC", password)


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody")
