"""Requests being written: kept for a limited time, found by the secret in a cookie or by the member who writes."""

import json
import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from silah import clock, jobs
from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.documents.sealing import fingerprint
from silah.errors import Invalid
from silah.intake import request_catalogue, uploads
from silah.intake.completeness import Missing, missing
from silah.intake.conditions import pruned, shown_documents
from silah.intake.definition import Definition
from silah.intake.errors import AlreadySent, NoSuchDraft
from silah.intake.models import Draft, RequestTypeRevision
from silah.organisation.models import Membership
from silah.web.access import Member
from tenants.database import db

LIFE = timedelta(days=14)
EXPIRE = "draft.expire"


def start(revision: RequestTypeRevision, *, by: Member | None = None) -> tuple[Draft, str]:
    """A new draft and the secret by which its writer finds it again; staff find theirs by who they are."""
    secret = secrets.token_urlsafe(32)
    draft = Draft(
        secret_digest=None if by else fingerprint(secret, "draft"),
        member_id=by.id if by else None,
        revision_id=revision.id,
        answers="{}",
        files={},
        expires_at=clock.now() + LIFE,
    )
    draft.revision = revision
    db.session.add(draft)
    db.session.flush()
    jobs.owe(EXPIRE, str(draft.id), draft.expires_at)
    return draft, secret


def find(secret: str) -> Draft:
    """The open draft with this secret; raises ``NoSuchDraft``."""
    return _one(Draft.secret_digest == fingerprint(secret, "draft"))


def of_member(draft_id: UUID, member: Member) -> Draft:
    """The open draft that this member writes on behalf; raises ``NoSuchDraft``."""
    return _one(Draft.id == draft_id, Draft.member_id == member.id)


def mine(member: Member) -> list[Draft]:
    """The open drafts of a member, newest first."""
    rows = select(Draft).where(Draft.member_id == member.id, *_open()).order_by(Draft.created_at.desc())
    return list(db.session.scalars(rows))


def list_unsent(member: Membership) -> list[Draft]:
    """Return the open drafts of a member, oldest first."""
    rows = select(Draft).where(Draft.member_id == member.id, *_open()).order_by(Draft.created_at, Draft.id)
    return list(db.session.scalars(rows))


def definition(draft: Draft) -> Definition:
    """The form that the draft is written on."""
    return request_catalogue.definition(draft.revision)


def answers(draft: Draft) -> dict[str, Any]:
    """What has been answered: {"person": {…}, "fields": {…}}."""
    kept = json.loads(draft.answers)
    return {"person": kept.get("person", {}), "fields": kept.get("fields", {})}


def save(draft: Draft, section: str, given: Mapping[str, Any]) -> None:
    """Keep the answers of a section ("person", or "fields" whichever step they are of); hidden ones are dropped."""
    kept = answers(draft)
    kept[section] = dict(given) if section == "person" else {**kept["fields"], **given}
    kept["fields"] = pruned(definition(draft), kept["fields"])
    draft.answers = json.dumps(kept, ensure_ascii=False)
    _touch(draft)


def attach(draft: Draft, key: str, upload: Any, valid_until: date | str | None = None) -> StoredFile:
    """Keep a file for a document of the form, in place of one that came before; raises ``Invalid`` or ``NotTaken``."""
    document = definition(draft).required_of(key)
    if document is None:
        raise Invalid({key: NoSuchDraft.message})
    until = uploads.until(valid_until)
    stored = uploads.keep(upload, key)
    detach(draft, key)
    entry = {"file_id": str(stored.id), "name": stored.name, "valid_until": until.isoformat() if until else None}
    draft.files = {**draft.files, key: entry}
    _touch(draft)
    return stored


def detach(draft: Draft, key: str) -> None:
    """Take a file away again."""
    entry = draft.files.get(key)
    if entry:
        draft.files = {other: value for other, value in draft.files.items() if other != key}
        documents.forget(documents.get(UUID(entry["file_id"])))
        _touch(draft)


def lacking(draft: Draft) -> list[Missing]:
    """What the draft would lack if it were sent today."""
    return missing(definition(draft), answers(draft), draft.files, clock.today())


def lock(draft: Draft) -> None:
    """Hold the draft for sending; raises ``AlreadySent`` for the second of two clicks."""
    db.session.flush()
    db.session.refresh(draft, with_for_update=True)
    if draft.case_id is not None:
        raise AlreadySent


def drop_hidden(draft: Draft) -> None:
    """Throw away the files of documents that the answers no longer ask for."""
    given = answers(draft)
    asked = shown_documents(definition(draft), given["fields"], given["person"].get("relation", "self"))
    for key in set(draft.files) - {document.key for document in asked}:
        detach(draft, key)


def discard(draft: Draft) -> None:
    """Throw a draft away with its files."""
    for key in list(draft.files):
        detach(draft, key)
    jobs.settle(EXPIRE, str(draft.id))
    db.session.delete(draft)


def expire(key: str) -> None:
    """The job of a draft's last day: discard it, unless it was sent or has been written on since."""
    draft = db.session.get(Draft, UUID(key), with_for_update=True)
    if draft is None or draft.case_id is not None:
        return
    if draft.expires_at > clock.now():
        jobs.owe(EXPIRE, key, draft.expires_at)
    else:
        discard(draft)


def _touch(draft: Draft) -> None:
    draft.expires_at = clock.now() + LIFE
    db.session.flush()


def _one(*conditions: Any) -> Draft:
    found = db.session.scalars(select(Draft).where(*conditions, *_open())).one_or_none()
    if found is None:
        raise NoSuchDraft
    return found


def _open() -> tuple[Any, ...]:
    return Draft.case_id.is_(None), Draft.expires_at > clock.now()
