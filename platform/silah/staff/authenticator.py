"""The picture with which a telephone is set up; until a code proves it, its secret travels sealed in the cookie."""

from typing import Any
from uuid import UUID

import segno
from cryptography.exceptions import InvalidTag
from flask import session as cookie
from flask_babel import gettext as _

from silah.staff import second_factor
from tenants.context import Tenant, place

NEW = "new_secret"


def pending(account_id: UUID) -> str:
    """The secret that is being set up in this browser, the same on every look until it is confirmed."""
    kept = cookie.get(NEW)
    try:
        return second_factor.unseal(bytes.fromhex(kept), account_id) if kept else _fresh(account_id)
    except (InvalidTag, ValueError):
        return _fresh(account_id)


def forget() -> None:
    """Keep no secret in the cookie any more."""
    cookie.pop(NEW, None)


def shown(secret: str, email: str) -> dict[str, Any]:
    """What the page shows: the picture, and the secret in groups for typing it in."""
    uri = second_factor.address(secret, email, issuer())
    picture = segno.make(uri, error="m").svg_data_uri(scale=5, border=4, dark="#000000", light="#ffffff")
    return {"picture": picture, "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))}


def issuer() -> str:
    """By what name the telephone lists the code."""
    here = place.get()
    return f"{_('Silah')} ({here.slug})" if isinstance(here, Tenant) else str(_("Silah"))


def _fresh(account_id: UUID) -> str:
    secret = second_factor.fresh_secret()
    cookie[NEW] = second_factor.seal(secret, account_id).hex()
    return secret
