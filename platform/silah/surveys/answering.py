"""Taking an answer: by a personal single-use link, by the open link, or on the tablet at the desk."""

import hashlib
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, select
from sqlalchemy.orm import defer, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from silah import clock
from silah.cases.models import Case
from silah.complaints.models import Inquiry
from silah.documents.sealing import fingerprint
from silah.errors import NotFound
from silah.intake.models import RequestTypeRevision, ServiceRequest
from silah.surveys import aggregates, anonymous_sealing, rounds
from silah.surveys.answers import parted
from silah.surveys.errors import AlreadyAnswered, Full, NotOpen
from silah.surveys.models import SurveyInvitation, SurveyRound
from silah.surveys.responses import keep
from tenants.database import db

PERSONAL_LENGTH = 24
"""15 bytes in base 32."""
PERSONAL, OPEN, KIOSK = "personal", "open", "kiosk"

_BEHIND = (
    select(SurveyInvitation, SurveyRound)
    .join(SurveyRound, SurveyRound.id == SurveyInvitation.round_id)
    .where(SurveyInvitation.digest == bindparam("kept"))
    .options(defer(SurveyRound.counted))
)


@dataclass(frozen=True)
class Asked:
    """A round as one reader meets it: invited by name or not."""

    round: SurveyRound
    invitation: SurveyInvitation | None = None


def token(invitation_id: UUID) -> str:
    """What a personal link ends in: it can be worked out again for a reminder, and from no copy of the database."""
    return b32encode(fingerprint(str(invitation_id), "survey_link")[:15]).decode().lower()


def digest(code: str) -> bytes:
    """What is kept of a personal link."""
    return hashlib.sha256(code.encode()).digest()


def is_personal(code: str) -> bool:
    """Whether a link ends as those of invitations do; an open one is shorter."""
    return len(code) == PERSONAL_LENGTH


def find(code: str) -> Asked:
    """The round behind a link; raises NotFound."""
    if is_personal(code):
        rows = select(SurveyInvitation, SurveyRound).join(SurveyRound, SurveyRound.id == SurveyInvitation.round_id)
        mine = rows.where(SurveyInvitation.digest == digest(code)).options(
            defer(SurveyRound.counted), defer(SurveyRound.released)
        )
        found = db.session.execute(mine).one_or_none()
        if found is not None:
            return Asked(found[1], found[0])
    held = db.session.scalar(select(SurveyRound).where(SurveyRound.code == code))
    if held is None or held.state in ("planned", "discarded"):
        raise NotFound
    return Asked(held)


def path_for(case_id: UUID) -> str | None:
    """Where whoever follows this case may answer about it; None where they are not asked, or have answered."""
    today = clock.today()
    rows = (
        select(SurveyInvitation.id)
        .join(SurveyRound, SurveyRound.id == SurveyInvitation.round_id)
        .where(SurveyInvitation.case_id == case_id, ~SurveyInvitation.answered, SurveyInvitation.digest.is_not(None))
        .where(SurveyRound.state == "open", SurveyRound.opens_on <= today, SurveyRound.closes_on >= today)
    )
    found = db.session.scalar(rows.order_by(SurveyRound.closes_on).limit(1))
    return f"/s/{token(found)}" if found else None


def check(asked: Asked) -> None:
    """Raise what stands in the way of an answer: closed, used, or full."""
    if asked.invitation is not None and asked.invitation.answered:
        raise AlreadyAnswered
    if not rounds.takes(asked.round):
        raise NotOpen
    if asked.round.quota is not None and aggregates.responses(asked.round) >= asked.round.quota:
        raise Full


def submit(
    asked: Asked, answers: Mapping[str, Any], way: str, *, client_id: UUID | None = None, key: str | None = None
) -> None:
    """Keep the answers; of an anonymous round nothing beside them, and those sealed until it is closed.

    ``client_id`` is an id that the sender's device made, ``key`` the idempotency key of the form: what is sent twice
    is kept once.
    """
    found, link = asked.round, asked.invitation
    if found.quota is not None:
        db.session.refresh(found, with_for_update=True)
    check(asked)
    counted, texts = anonymous_sealing.kept(*parted(found.asks, answers), anonymous=found.anonymous)
    values = {
        "id": client_id or uuid4(),
        "round_id": found.id,
        "anonymous": found.anonymous,
        "answers": counted,
        "texts": texts,
        "facts": {},
    }
    if not found.anonymous:
        values |= {"answered_on": clock.today(), "way": way, "invitation_id": link.id if link else None}
        values["facts"] = facts(link.case_id) if link and link.case_id else {}
    if not keep(link.id if link else None, values, key):
        db.session.refresh(found, ["state", "opens_on", "closes_on"])
        raise AlreadyAnswered if rounds.takes(found) else NotOpen
    if link:
        set_committed_value(link, "answered", True)


def facts(case_id: UUID) -> dict[str, str]:
    """By what results may be told apart: the case's kind, service, channel, branch office, and category or field."""
    row = db.session.execute(
        select(Case.kind, Case.channel, Case.branch_id, RequestTypeRevision.type_id, Inquiry.area_id)
        .outerjoin(ServiceRequest, ServiceRequest.case_id == Case.id)
        .outerjoin(RequestTypeRevision, RequestTypeRevision.id == ServiceRequest.revision_id)
        .outerjoin(Inquiry, Inquiry.case_id == Case.id)
        .where(Case.id == case_id)
    ).one()
    known = {"kind": row.kind, "channel": row.channel, "branch": row.branch_id, "service": row.type_id}
    known["area"] = row.area_id
    return {name: str(value) for name, value in known.items() if value}


def service_of(asked: Asked, locale: str, otherwise: str) -> str:
    """What the reader was served with, for the places in the questions where its name stands."""
    case_id = asked.invitation.case_id if asked.invitation else None
    case = db.session.get(Case, case_id, options=[joinedload(Case.branch)]) if case_id else None
    if case is None:
        return otherwise
    return case.title_ar if locale == "ar" else (case.title_en or case.title_ar)
