"""The receipt code of what somebody has just recorded at the desk: kept, sealed, in their session for some minutes.

So that asking for the page again shows it again, and nothing is recorded twice.
"""

import base64
from datetime import timedelta

from cryptography.exceptions import InvalidTag
from flask import session

from silah import clock
from silah.cases.models import Case
from silah.documents.sealing import seal, unseal

KEY = "recorded"
SHOWN = timedelta(minutes=10)
PURPOSE = "receipt code, at the desk"


def remember(case: Case, code: str) -> None:
    """Keep the code of what was recorded last."""
    sealed = base64.urlsafe_b64encode(seal(code, f"{PURPOSE}:{case.id}")).decode()
    session[KEY] = {"case": str(case.id), "code": sealed, "at": int(clock.now().timestamp())}


def code(case: Case) -> str | None:
    """The code of this case, if it was recorded in this session a moment ago."""
    kept = session.get(KEY) or {}
    if kept.get("case") != str(case.id) or clock.now().timestamp() - kept["at"] > SHOWN.total_seconds():
        return None
    try:
        return unseal(base64.urlsafe_b64decode(kept["code"].encode()), f"{PURPOSE}:{case.id}")
    except (InvalidTag, ValueError):
        return None
