"""A form is taken once: its idempotency key, the answer that it got, and the same answer where it is sent again.

Every form carries a fresh key. A view marked ``sent_once`` claims the key in the transaction that records the form, so
that of two presses at once the second waits for the first; what it answered is sealed with the key, for the browser
that sent it. Only an answer that leads on to another page counts: a form that came back with its faults may be sent
again.
"""

import hashlib
import os
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Response, current_app, redirect, request, session
from flask.json.tag import TaggedJSONSerializer
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from silah import clock
from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.documents.sealing import fingerprint
from silah.submissions import platform_seal
from silah.submissions.errors import AlreadyReceived
from silah.submissions.models import SENT, Submission
from silah.web.access import current_account, current_member
from tenants.context import Tenant, place
from tenants.database import db

FIELD = "idempotency_key"
LIFE = timedelta(days=2)
KEY = re.compile(r"[A-Za-z0-9_-]{22}(?:\.[A-Za-z0-9_-]{16})?")
NONCE_BYTES = 12
CHUNK = 1 << 16
LED_ON = (301, 302, 303)
TAKEN, ROUND = "words_taken", "round"
"""In a visitor's session: that words were taken, and a mark that differs each time the first page was opened since."""
APART = (FIELD, "csrf_token")
"""What differs between two sendings of the same."""
View = TypeVar("View", bound=Callable[..., Any])
_json = TaggedJSONSerializer()


@dataclass(frozen=True)
class Answer:
    """What was answered to a form: where it led, what the session gained, and what had been sent."""

    content: str
    location: str
    gained: dict[str, Any]
    before: dict[str, Any]


def new_key() -> str:
    """Make the key of a form that is about to be shown; one shown to staff ends in a mark of their account."""
    drawn, account_id = secrets.token_urlsafe(16), current_account()
    return f"{drawn}.{_mark(drawn, account_id)}" if account_id else drawn


def is_of_account(key: str, account_id: UUID) -> bool:
    """Tell whether a form was shown to this account, without the key telling anybody else to whom."""
    drawn, _dot, mark = key.partition(".")
    return bool(mark) and secrets.compare_digest(mark, _mark(drawn, account_id))


def sent_once(view: View) -> View:
    """Mark a view that records something each time its form is sent, so that the same form is recorded once."""
    view.sent_once = True  # type: ignore[attr-defined]  # functions take attributes; Callable does not say so
    return view


def sent_once_by_content(view: View) -> View:
    """Mark a view like ``sent_once``, and take the same words of the same browser for the same form.

    A browser that goes back shows what was typed on a page that it asks for anew, and so with another key. Only for
    visitors: staff may well record the same words for two people. Nor does it hold once the first page was opened
    (``begin_anew``): at a shared browser that may be the next person, whose words are never dropped.
    """
    view.by_content = True  # type: ignore[attr-defined]  # functions take attributes; Callable does not say so
    return sent_once(view)


def begin_anew() -> None:
    """Take the same words as words of somebody else from here on, where this browser has sent any."""
    if session.pop(TAKEN, False):
        session[ROUND] = secrets.token_urlsafe(6)


def key_of(form: Mapping[str, str]) -> str | None:
    """Return the key of the form that was sent, where it has one that a page could have shown."""
    key = form.get(FIELD, "")
    return key if KEY.fullmatch(key) else None


def id_of(key: str, kind: str = SENT) -> UUID:
    """Return the id under which a form is known; nothing leads from it back to the key."""
    return UUID(bytes=fingerprint(key, f"form {kind}")[:16])


def take_once(view: Callable[[], Any]) -> Any:
    """Call the view that the request is for, unless its form was taken before: then answer as it was answered."""
    key = _key_of_request()
    if key is None:
        return view()
    content, before = content_digest(), dict(session)
    keys = [key, *_key_of_content(content)]
    for place_, one in enumerate(keys):
        if not _claim(one):
            _release(keys[:place_])
            return _repeat(one, content)
    answer = current_app.make_response(view())
    if answer.status_code in LED_ON:
        for one in keys:
            _remember(one, content, answer, before)
        session.update({TAKEN: True} if len(keys) > 1 else {})
    else:
        _release(keys)
    return answer


def was_sent(key: str | None) -> bool:
    """Tell whether a form with this key was taken."""
    return key is not None and db.session.get(Submission, id_of(key)) is not None


def row_of(key: str) -> dict[str, Any]:
    """Return the row that says that a form was taken, for a statement that writes more than it."""
    return {"id": id_of(key), "kind": SENT, "expires_on": clock.today() + LIFE}


def seal_for(key: str, owner: str, text: str) -> bytes:
    """Encrypt a text so that only the key, in the hands of its owner, opens it."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(fingerprint(f"{key}\0{owner}", "form seal")).encrypt(nonce, text.encode(), None)


def unseal_for(key: str, owner: str, sealed: bytes) -> str:
    """Decrypt what ``seal_for`` made; raises ``cryptography.exceptions.InvalidTag`` for another key or owner."""
    cipher = AESGCM(fingerprint(f"{key}\0{owner}", "form seal"))
    return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None).decode()


def forget_expired() -> None:
    """Remove the forms of the current association whose time is over, and files that no form came for."""
    over = Submission.expires_on < clock.today()
    its = select(StoredFile).join(Submission, Submission.file_id == StoredFile.id)
    files = list(db.session.scalars(its.where(over)))
    db.session.execute(delete(Submission).where(over))
    for one in files:
        documents.forget(one)


def _key_of_request() -> str | None:
    if request.method != "POST" or not isinstance(place.get(), Tenant):
        return None
    view = current_app.view_functions.get(request.endpoint or "")
    return key_of(request.form) if getattr(view, "sent_once", False) else None


def _key_of_content(content: str) -> list[str]:
    view = current_app.view_functions.get(request.endpoint or "")
    by_content = getattr(view, "by_content", False) and _owner()
    return [f"{_owner()}\0{session.get(ROUND, '')}\0{content}"] if by_content else []


def _release(keys: list[str]) -> None:
    """Let go of keys whose form was not taken, so that it may be sent again."""
    db.session.execute(delete(Submission).where(Submission.id.in_([id_of(one) for one in keys])))


def _claim(key: str) -> bool:
    """Write the key down; one that is just being written by another request is waited for."""
    row = insert(Submission).values(row_of(key)).on_conflict_do_nothing().returning(Submission.id)
    return db.session.execute(row).scalar_one_or_none() is not None


def _remember(key: str, content: str, answer: Response, before: dict[str, Any]) -> None:
    """Keep the answer; a view that had begun anew let go of the claim, so it is written whole."""
    changed = {name: value for name, value in session.items() if before.get(name) != value}
    told = {
        "content": content,
        "location": answer.location,
        "gained": changed,
        "before": {name: before.get(name) for name in changed},
    }
    sealed = seal_for(key, _owner(), _json.dumps(told))
    row = insert(Submission).values(row_of(key) | {"sealed": sealed})
    db.session.execute(row.on_conflict_do_update(index_elements=[Submission.id], set_={"sealed": sealed}))


def _repeat(key: str, content: str) -> Response:
    """Answer as the form was answered; raises ``AlreadyReceived`` for another browser or other content."""
    sealed = db.session.scalar(select(Submission.sealed).where(Submission.id == id_of(key)))
    try:
        answer = Answer(**_json.loads(unseal_for(key, _owner(), bytes(sealed or b""))))
    except (InvalidTag, ValueError):
        raise AlreadyReceived from None
    if answer.content != content:
        raise AlreadyReceived
    for name, value in answer.gained.items():
        if session.get(name) == answer.before[name]:  # the first answer never reached the browser
            session[name] = value
    return current_app.make_response(redirect(answer.location))


def content_digest() -> str:
    """Return a digest of what the request sends, files and all."""
    digest = hashlib.sha256(request.path.encode())
    for name, value in sorted(request.form.items(multi=True)):
        if name not in APART:
            digest.update(f"\0{name}\0{value}".encode())
    for name, file in sorted(request.files.items(multi=True), key=lambda pair: pair[0]):
        digest.update(f"\0{name}\0{file.filename}\0".encode())
        while part := file.stream.read(CHUNK):
            digest.update(part)
        file.stream.seek(0)
    return digest.hexdigest()


def _mark(drawn: str, account_id: UUID) -> str:
    shown = f"{drawn}\0{account_id}"
    of_association = isinstance(place.get(), Tenant)
    digest = fingerprint(shown, "form owner") if of_association else platform_seal.digest(f"form owner\0{shown}")
    return urlsafe_b64encode(digest[:12]).decode()


def _owner() -> str:
    """Return for whom an answer is sealed: the account that is signed in, else the browser's own session."""
    member = current_member()
    return str(member.account_id) if member else str(session.get("csrf_token", ""))
