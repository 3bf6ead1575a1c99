"""Who is to sign minutes or an annex, as the paper itself names them, and what they answered to it."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from silah.committees.models import MeetingMinutes, MinutesSignature
from silah.organisation.models import Membership
from tenants.database import db

IN_TIME = timedelta(days=7)
"""Whoever signs later than this after the writing is said to have signed late."""


@dataclass(frozen=True)
class Signer:
    """Somebody who attended: when they signed or declined, or whether they can no longer, having left."""

    member_id: UUID
    name: str
    signed_at: datetime | None
    drawing: str | None
    gone: bool
    late: bool = False
    declined_at: datetime | None = None
    reason: str = ""

    @property
    def may_sign(self) -> bool:
        """Whether a signature may still come."""
        return self.signed_at is None and not self.gone

    @property
    def owes(self) -> bool:
        """Whether an answer is still awaited."""
        return self.may_sign and self.declined_at is None


def of(written: MeetingMinutes) -> list[Signer]:
    """Those who attended, as the paper itself names them, with what they answered to it."""
    people = {UUID(id_): name for id_, name in json.loads(written.content)["signers"]}
    active = set(
        db.session.scalars(select(Membership.id).where(Membership.id.in_(people), Membership.state == "active"))
    )
    at = (MinutesSignature.meeting_id == written.meeting_id, MinutesSignature.annex == written.annex)
    said = {(one.member_id, one.answer): one for one in db.session.scalars(select(MinutesSignature).where(*at))}
    return [
        _signer(written, id_, name, said.get((id_, "signed")), said.get((id_, "declined")), gone=id_ not in active)
        for id_, name in people.items()
    ]


def _signer(
    written: MeetingMinutes,
    id_: UUID,
    name: str,
    signed: MinutesSignature | None,
    declined: MinutesSignature | None,
    *,
    gone: bool,
) -> Signer:
    return Signer(
        id_,
        name,
        signed.signed_at if signed else None,
        signed.drawing if signed else None,
        gone,
        late=signed is not None and signed.signed_at > written.written_at + IN_TIME,
        declined_at=declined.signed_at if declined else None,
        reason=(declined.reason or "") if declined else "",
    )


def owing(written: MeetingMinutes) -> list[UUID]:
    """Whose answer is awaited."""
    return [one.member_id for one in of(written) if one.owes]
