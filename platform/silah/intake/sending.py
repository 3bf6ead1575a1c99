"""Sending a request from the portal: received, signed where that is asked, and remembered for one confirmation."""

import base64
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from flask import session
from sqlalchemy import select

from silah import clock
from silah.cases import one_time_codes, receipts, tracking_session
from silah.cases.errors import NoAddress
from silah.cases.models import Case
from silah.documents.sealing import fingerprint, seal, unseal
from silah.errors import NotFound
from silah.intake import attestations, draft_session, request_catalogue, service
from silah.intake.models import Draft
from silah.portal import public_context
from silah.web import cookies
from tenants.context import current_tenant
from tenants.database import db

KEY = "sent"
PURPOSE = "receipt code, shown once"
AGAIN_WITHIN = timedelta(minutes=30)


@dataclass(frozen=True)
class Confirmation:
    """What the confirmation shows; the code only the first time."""

    case: Case
    code: str | None
    method: str | None


def send(draft: Draft, *, method: str | None = None, signed_by: str = "", signature: Any = None) -> str | None:
    """Send the draft and remember it for the confirmation; gives how it is signed in the end.

    Raises what ``service.submit`` and ``attestations.sign`` raise, and then nothing was sent. Where no code can be
    sent, paper remains.
    """
    with db.session.begin_nested():
        sent = service.submit(draft, channel=request_catalogue.portal_channel(public_context.policy()))
        if method == "drawn":
            attestations.sign(sent.case, "drawn", signed_by, signature=signature)
        elif method == "code":
            method = _code_sent(sent.case)
    remember(sent.case, sent.receipt_code, method)
    return method


def _code_sent(case: Case) -> str:
    try:
        one_time_codes.send(case, attestations.CODE)
    except NoAddress:
        return "paper"
    return "code"


def sent_before() -> bool:
    """Whether this browser's draft was sent a moment ago, by a click whose answer was lost: then it is confirmed.

    The receipt code of that answer is nowhere any more, so the case gets a fresh one.
    """
    secret = cookies.read(draft_session.COOKIE)
    if not secret:
        return KEY in session
    draft = db.session.scalars(select(Draft).where(Draft.secret_digest == fingerprint(secret, "draft"))).one_or_none()
    case = db.session.get(Case, draft.case_id) if draft and draft.case_id else None
    if case is None or case.received_at < clock.now() - AGAIN_WITHIN:
        return False
    code = receipts.new_code()
    case.receipt_digest = receipts.digest(code)
    remember(case, code, None)
    return True


def confirmation() -> Confirmation:
    """What was sent last from this browser; its code is given once. Raises NotFound where nothing was."""
    kept = session.get(KEY) or {}
    if kept.get("at") != current_tenant().role:
        raise NotFound
    case = db.session.get(Case, UUID(kept["case"]))
    if case is None or not tracking_session.holds(case.id):
        raise NotFound
    code = opened(kept.get("code"), case)
    session[KEY] = {**kept, "code": None}
    return Confirmation(case, code, kept.get("method"))


def closed(code: str, case: Case) -> str:
    """A receipt code sealed for this case, fit for a session or a hidden field."""
    return base64.urlsafe_b64encode(seal(code, f"{PURPOSE}:{case.id}")).decode()


def opened(sealed: str | None, case: Case) -> str | None:
    """The receipt code in what ``closed`` made for the same case; None for anything else."""
    if not sealed:
        return None
    try:
        return unseal(base64.urlsafe_b64decode(sealed.encode()), f"{PURPOSE}:{case.id}")
    except (InvalidTag, ValueError):
        return None


def remember(case: Case, code: str, method: str | None = None) -> None:
    """Let this browser see the confirmation of what it just sent, with the receipt code once."""
    tracking_session.grant(case)
    sealed = closed(code, case)
    session[KEY] = {"at": current_tenant().role, "case": str(case.id), "code": sealed, "method": method}
