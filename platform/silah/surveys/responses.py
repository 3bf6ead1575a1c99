"""Taking an answer: by a personal single-use link, by the open link, or on the tablet at the desk.

The answer and the mark on the link that it used are one statement: the peak of a message to thousands is this.
"""

import hashlib
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import Insert, Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import defer, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from silah import clock
from silah.cases.models import Case
from silah.complaints.models import Inquiry
from silah.documents.sealing import fingerprint
from silah.errors import NotFound
from silah.intake.models import RequestTypeRevision, ServiceRequest
from silah.language.bilingual import localized
from silah.submissions import idempotency
from silah.submissions.models import Submission
from silah.surveys import aggregates, anonymous_sealing, rounds
from silah.surveys.answers import parted
from silah.surveys.errors import AlreadyAnswered, Full, NotOpen
from silah.surveys.models import SurveyInvitation, SurveyResponse, SurveyRound
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
    return localized(case, "title", locale)


KEPT = ("id", "round_id", "anonymous", "invitation_id", "answered_on", "way", "facts", "answers", "texts", "counted")
ANSWER, ROUND, LINK, FORM = (
    cast(Table, one.__table__) for one in (SurveyResponse, SurveyRound, SurveyInvitation, Submission)
)
ITS = "its_{}"
"""How the answer's values are named: a bare column's name would be taken for what is to be set on the link, too."""


def _statement(*, by_link: bool, keyed: bool) -> Insert:
    """Insert an answer if the round is open, and the link, where there is one, unused; of a form with a key, once.

    The round is held against whoever closes it, the link against its second use: who comes after them finds the new
    state, for PostgreSQL looks again at a row that it had to wait for.
    """
    day = bindparam("day", type_=ROUND.c.opens_on.type)
    takes = (ROUND.c.state == "open", ROUND.c.opens_on <= day, ROUND.c.closes_on >= day)
    of_round = select(ROUND.c.id).where(ROUND.c.id == bindparam(ITS.format("round_id")), *takes)
    held = of_round.with_for_update(read=True, key_share=True).cte("held")
    row = select(*(bindparam(ITS.format(name), type_=ANSWER.c[name].type) for name in KEPT)).select_from(held)
    if by_link:
        mine = (LINK.c.id == bindparam("link_id"), LINK.c.round_id == held.c.id, LINK.c.answered.is_(False))
        used = update(LINK).where(*mine).values(answered=True).returning(LINK.c.id).cte("used")
        row = row.join(used, used.c.id.is_not(None))
    if keyed:
        form = {name: bindparam(f"form_{name}", type_=FORM.c[name].type) for name in ("id", "kind", "expires_on")}
        first = postgresql.insert(FORM).values(form).on_conflict_do_nothing().returning(FORM.c.id).cte("first")
        row = row.join(first, first.c.id.is_not(None))
    return insert(ANSWER).from_select(KEPT, row, include_defaults=False).returning(ANSWER.c.id)


_STATEMENTS = {(one, two): _statement(by_link=one, keyed=two) for one in (True, False) for two in (True, False)}


def keep(link: UUID | None, values: dict[str, Any], key: str | None = None) -> bool:
    """Keep an answer, and use its link and the key of its form.

    Returns whether it was kept: the round may be closed by now, the link used, or the form sent before.
    """
    db.session.flush()
    whole = values | {"counted": False}
    given = {ITS.format(name): whole.get(name) for name in KEPT} | {"day": clock.today()}
    if link is not None:
        given["link_id"] = link
    if key is not None:
        form = idempotency.row_of(key)
        given |= {f"form_{name}": form[name] for name in ("id", "kind", "expires_on")}
    statement = _STATEMENTS[link is not None, key is not None]
    return db.session.execute(statement, given).scalar_one_or_none() is not None
