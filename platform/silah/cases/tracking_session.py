"""Which cases this browser follows: opened by a receipt code or a one-time code, for two hours, in the session.

The session's cookie is signed and host-only, so what one association opened opens nothing at another.
"""

from datetime import timedelta
from uuid import UUID

from flask import session

from silah import clock
from silah.cases.models import Case
from tenants.context import current_tenant

KEY = "followed"
LASTS = timedelta(hours=2)
MOST = 5


def grant(case: Case) -> None:
    """Let this browser follow a case; the oldest of many is forgotten."""
    held = _held()
    held[str(case.id)] = int((clock.now() + LASTS).timestamp())
    session[KEY] = {"at": current_tenant().role, "cases": dict(list(held.items())[-MOST:])}


def holds(case_id: UUID) -> bool:
    """Whether this browser follows the case."""
    return str(case_id) in _held()


def leave(case_id: UUID) -> None:
    """Follow the case no longer."""
    held = _held()
    held.pop(str(case_id), None)
    session[KEY] = {"at": current_tenant().role, "cases": held}


def _held() -> dict[str, int]:
    kept = session.get(KEY) or {}
    if kept.get("at") != current_tenant().role:
        return {}
    now = clock.now().timestamp()
    return {case_id: until for case_id, until in kept.get("cases", {}).items() if until > now}
