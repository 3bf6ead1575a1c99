"""What a browser has just sent, remembered in its session for one confirmation with the receipt code."""

import base64
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from flask import session

from silah.cases import tracking_session
from silah.cases.models import Case
from silah.documents.sealing import seal, unseal
from silah.errors import NotFound
from tenants.context import current_tenant
from tenants.database import db

KEY = "sent"
PURPOSE = "receipt code, shown once"


@dataclass(frozen=True)
class SentCase:
    """What the confirmation shows; the code only the first time, ``method`` where the kind asks for a signature."""

    case: Case
    code: str | None
    method: str | None


def remember_sent(case: Case, code: str, method: str | None = None) -> None:
    """Let this browser see the confirmation of what it just sent, with the receipt code once."""
    tracking_session.grant(case)
    sealed = seal_code(code, case)
    session[KEY] = {"at": current_tenant().role, "case": str(case.id), "code": sealed, "method": method}


def has_sent() -> bool:
    """Return whether anything was sent from this browser."""
    return KEY in session


def take_sent() -> SentCase:
    """Return what was sent last from this browser; its code is given once. Raises NotFound where nothing was."""
    kept = session.get(KEY) or {}
    if kept.get("at") != current_tenant().role:
        raise NotFound
    case = db.session.get(Case, UUID(kept["case"]))
    if case is None or not tracking_session.holds(case.id):
        raise NotFound
    code = open_code(kept.get("code"), case)
    session[KEY] = {**kept, "code": None}
    return SentCase(case, code, kept.get("method"))


def seal_code(code: str, case: Case) -> str:
    """Seal a receipt code for this case, fit for a session or a hidden field."""
    return base64.urlsafe_b64encode(seal(code, f"{PURPOSE}:{case.id}")).decode()


def open_code(sealed: str | None, case: Case) -> str | None:
    """Return the receipt code in what ``seal_code`` made for the same case; None for anything else."""
    if not sealed:
        return None
    try:
        return unseal(base64.urlsafe_b64decode(sealed.encode()), f"{PURPOSE}:{case.id}")
    except (InvalidTag, ValueError):
        return None
