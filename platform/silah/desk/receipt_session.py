"""The receipt code of what somebody has just recorded at the desk: kept, sealed, in their session for some minutes.

So that asking for the page again shows it again, and nothing is recorded twice. The case stands within what is sealed:
the cookie itself names no case, which might be a complaint without a name.
"""

import base64
import json
from datetime import timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from flask import session

from silah import clock
from silah.cases.models import Case
from silah.documents.sealing import seal, unseal
from silah.errors import NotFound
from tenants.database import db

KEY = "recorded"
SHOWN = timedelta(minutes=10)
PURPOSE = "receipt code, at the desk"


def remember(case: Case, code: str, another: str = "") -> None:
    """Keep the code of what was recorded last, and the address where one more is recorded."""
    kept = json.dumps([str(case.id), code, another, int(clock.now().timestamp())])
    session[KEY] = base64.urlsafe_b64encode(seal(kept, PURPOSE)).decode()


def code(case: Case) -> str | None:
    """Return the code of this case, if it was recorded in this session a moment ago."""
    kept = _kept()
    return kept[1] if kept and kept[0] == str(case.id) else None


def last_recorded() -> tuple[Case, str]:
    """Return what was recorded last in this session and where one more is; raises NotFound once that is long ago."""
    kept = _kept()
    case = db.session.get(Case, UUID(kept[0])) if kept else None
    if kept is None or case is None:
        raise NotFound
    return case, kept[2]


def _kept() -> tuple[str, str, str] | None:
    try:
        kept = json.loads(unseal(base64.urlsafe_b64decode(str(session.get(KEY, "")).encode()), PURPOSE))
    except (InvalidTag, ValueError):
        return None
    if clock.now().timestamp() - kept.pop() > SHOWN.total_seconds():
        session.pop(KEY, None)
        return None
    return kept[0], kept[1], kept[2]
