"""The operator's form whose session had ended: sealed in a cookie of the browser until they have signed in again.

It has no place in an association's schema, and is short. Only whoever was shown the form gets it back, filled and not
sent.
"""

import json
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidTag

from silah import clock
from silah.submissions import idempotency, platform_seal
from silah.web.access import current_account

PURPOSE = "kept form"
MOST_CHARACTERS = 3500
"""A browser keeps cookies of up to 4,096 bytes, name and attributes included."""


def seal_body(key: str, body: dict[str, Any], until: date) -> str | None:
    """Return a form with its key as a cookie keeps it; None where it is too long for one."""
    text = json.dumps({**body, "key": key, "until": until.isoformat()}, ensure_ascii=False)
    sealed = platform_seal.seal(text, PURPOSE)
    return sealed if len(sealed) <= MOST_CHARACTERS else None


def open_body(sealed: str) -> dict[str, Any] | None:
    """Return the form that a cookie keeps, to the operator to whom it was shown."""
    account_id = current_account()
    try:
        found: dict[str, Any] = json.loads(platform_seal.unseal(sealed, PURPOSE))
    except (InvalidTag, ValueError):
        return None
    theirs = account_id is not None and idempotency.is_of_account(found["key"], account_id)
    return found if theirs and clock.today() <= date.fromisoformat(found["until"]) else None
