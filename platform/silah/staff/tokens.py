"""Single-use secrets: invitation, password reset, switching. Only their SHA-256 is kept, with where they count.

A secret is bound to one association (or to the platform, where that is None) and so to its host.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import delete, select, update

from silah import clock
from silah.staff.errors import LinkExpired
from silah.staff.models import Token
from silah.staff.platform_transactions import on_platform
from tenants.database import db

Purpose = Literal["invite", "reset", "switch"]

LIFETIMES: dict[Purpose, timedelta] = {
    "invite": timedelta(days=7),
    "reset": timedelta(hours=1),
    "switch": timedelta(minutes=2),
}
KEPT = timedelta(days=1)


def mint(purpose: Purpose, account_id: UUID, association_id: UUID | None) -> str:
    """A fresh secret; an earlier unused one for the same purpose and place counts no longer."""
    secret, now = secrets.token_urlsafe(32), clock.now()
    same = (Token.purpose == purpose, Token.account_id == account_id, Token.association_id == association_id)
    with on_platform():
        db.session.execute(delete(Token).where(Token.expires_at < now - KEPT))
        db.session.execute(delete(Token).where(*same, Token.used_at.is_(None)))
        db.session.add(
            Token(
                digest=_digest(secret),
                purpose=purpose,
                account_id=account_id,
                association_id=association_id,
                expires_at=now + LIFETIMES[purpose],
            )
        )
    return secret


def peek(secret: str, purpose: Purpose, association_id: UUID | None) -> UUID:
    """Whose secret this is, leaving it unused; raises `LinkExpired` unless it is good here and now."""
    with on_platform():
        found = db.session.scalar(select(Token.account_id).where(*_good(secret, purpose, association_id)))
    return _somebody(found)


def spend(secret: str, purpose: Purpose, association_id: UUID | None) -> UUID:
    """Use the secret up and say whose it was; of two at once, one gets `LinkExpired`."""
    good = _good(secret, purpose, association_id)
    with on_platform():
        found = db.session.scalar(update(Token).where(*good).values(used_at=clock.now()).returning(Token.account_id))
    return _somebody(found)


def void(account_id: UUID, *purposes: Purpose) -> None:
    """Remove what is outstanding for these purposes; within the caller's transaction on the platform."""
    db.session.execute(
        delete(Token).where(Token.account_id == account_id, Token.purpose.in_(purposes), Token.used_at.is_(None))
    )


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _good(secret: str, purpose: Purpose, association_id: UUID | None) -> tuple[Any, ...]:
    return (
        Token.digest == _digest(secret),
        Token.purpose == purpose,
        Token.association_id == association_id,
        Token.used_at.is_(None),
        Token.expires_at > clock.now(),
    )


def _somebody(found: UUID | None) -> UUID:
    if found is None:
        raise LinkExpired
    return found
