"""Sending a request from the portal: received, signed where that is asked, and remembered for one confirmation."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from silah import clock
from silah.cases import one_time_codes, receipts
from silah.cases.errors import NoAddress
from silah.cases.models import Case
from silah.cases.workflow import perform
from silah.documents.sealing import fingerprint
from silah.intake import attestations, draft_session, submitting
from silah.intake.models import Draft
from silah.portal import public_context, sent_cases
from silah.web import cookies
from tenants.database import db

AGAIN_WITHIN = timedelta(minutes=30)


def send(draft: Draft, *, method: str | None = None, signed_by: str = "", signature: Any = None) -> str | None:
    """Send the draft and remember it for the confirmation; gives how it is signed in the end.

    Raises what ``service.submit`` and ``attestations.sign`` raise, and then nothing was sent. Where no code can be
    sent, paper remains.
    """
    with db.session.begin_nested():
        sent = submitting.submit(draft, channel=public_context.find_portal_channel(public_context.policy()))
        if method == "drawn":
            perform(sent.case, "attest", None, {"method": "drawn", "signed_by": signed_by, "signature": signature})
        elif method == "code":
            method = _code_sent(sent.case)
    sent_cases.remember_sent(sent.case, sent.receipt_code, method)
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
        return sent_cases.has_sent()
    draft = db.session.scalars(select(Draft).where(Draft.secret_digest == fingerprint(secret, "draft"))).one_or_none()
    case = db.session.get(Case, draft.case_id) if draft and draft.case_id else None
    if case is None or case.received_at < clock.now() - AGAIN_WITHIN:
        return False
    code = receipts.new_code()
    case.receipt_digest = receipts.digest(code)
    sent_cases.remember_sent(case, code)
    return True
