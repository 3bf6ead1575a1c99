"""Minutes: written once when the meeting ends, signed by those who attended, printed from what was written.

The content stands in both languages in a row that the database lets nobody change or remove; its SHA-256 is under
each signature and on the paper, and is checked whenever the minutes are read.
"""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from PIL import Image
from sqlalchemy import select

from silah import clock
from silah.access import Member
from silah.cases.chain import canonical
from silah.committees import meetings, record
from silah.committees.errors import MinutesAltered, NotPossible
from silah.committees.models import CommitteeMeeting, MeetingMinutes, MinutesSignature
from silah.documents import pdf
from silah.documents.letterhead import letterhead
from silah.errors import Forbidden, Invalid, NotFound
from silah.i18n import dates
from silah.intake import attestations
from silah.staff.models import Membership
from tenants.database import db

LANGUAGES = ("ar", "en")
LARGEST = 4000
"""The most pixels of a signature's side."""


@dataclass(frozen=True)
class Signer:
    """Somebody who attended: when they signed, or whether they can no longer, having left."""

    member_id: UUID
    name: str
    signed_at: datetime | None
    drawing: str | None
    gone: bool

    @property
    def owes(self) -> bool:
        """Whether the signature is still to come."""
        return self.signed_at is None and not self.gone


def close(meeting: CommitteeMeeting, *, by: Member, seen: int) -> MeetingMinutes:
    """End a meeting and write its minutes; what was not decided goes back to the cases that wait.

    A planned meeting is ended in this way only where it came to no quorum: the minutes then say so.
    """
    meetings.hold(meeting, by, seen)
    meetings.standing(meeting, "planned", "open")
    if meeting.state == "planned":
        if not meeting.attendance:
            raise NotPossible(_("Record who attends first, or call the meeting off."))
        if meetings.reckon(meeting).reached:
            raise NotPossible(_("There is a quorum: open the meeting, or call it off."))
    for item in meetings.items(meeting):
        if item.result is None:
            item.result = "postponed"
    content = {language: _in(language, meeting) for language in LANGUAGES}
    meeting.state, meeting.ended_at = "closed", clock.now()
    made = MeetingMinutes(
        meeting_id=meeting.id,
        content=canonical(content).decode(),
        sha256=digest(content),
        written_by=by.id,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _in(language: str, meeting: CommitteeMeeting) -> dict[str, Any]:
    with force_locale(language):
        return record.of(meeting, ended_at=clock.now())


def digest(content: dict[str, Any]) -> str:
    """The SHA-256 of the content, written in one canonical way."""
    return hashlib.sha256(canonical(content)).hexdigest()


def get(meeting: CommitteeMeeting) -> MeetingMinutes:
    """The minutes of a meeting, if they were written."""
    found = db.session.get(MeetingMinutes, meeting.id)
    if found is None:
        raise NotFound
    return found


def read(written: MeetingMinutes, language: str) -> dict[str, Any]:
    """The content in one language; raises ``MinutesAltered`` unless it is what was written and signed."""
    content = json.loads(written.content)
    signed = select(MinutesSignature.sha256).where(MinutesSignature.meeting_id == written.meeting_id)
    if {digest(content), *db.session.scalars(signed)} != {written.sha256}:
        raise MinutesAltered
    found: dict[str, Any] = content["ar" if language == "ar" else "en"]
    return found


def signers(meeting: CommitteeMeeting) -> list[Signer]:
    """Those who attended, in the order of the minutes, with their signatures."""
    ids = [UUID(key) for key in meeting.attendance if meetings.attended(meeting, UUID(key))]
    people = {one.id: one for one in db.session.scalars(select(Membership).where(Membership.id.in_(ids)))}
    rows = select(MinutesSignature).where(MinutesSignature.meeting_id == meeting.id)
    signed = {one.member_id: one for one in db.session.scalars(rows)}
    return [
        Signer(
            id_,
            people[id_].name,
            signed[id_].signed_at if id_ in signed else None,
            signed[id_].drawing if id_ in signed else None,
            gone=people[id_].state != "active",
        )
        for id_ in sorted(ids, key=lambda id_: people[id_].name)
    ]


def sign(meeting: CommitteeMeeting, drawn: str | bytes | None, *, by: Member) -> MinutesSignature:
    """Take a member's drawn signature under the minutes; raises ``Forbidden`` for one who did not attend."""
    written = get(meeting)
    if not meetings.attended(meeting, by.id):
        raise Forbidden(_("The minutes are signed by those who attended the meeting."))
    read(written, "ar")
    db.session.refresh(meeting, with_for_update=True)
    if db.session.get(MinutesSignature, (meeting.id, by.id)) is not None:
        raise NotPossible(_("You have signed these minutes already."))
    made = MinutesSignature(
        meeting_id=meeting.id, member_id=by.id, sha256=written.sha256, drawing=_kept(attestations.picture(drawn))
    )
    db.session.add(made)
    db.session.flush()
    return made


def _kept(png: bytes) -> str:
    """The picture drawn anew, so that what is kept is a whole picture and nothing else."""
    try:
        with Image.open(BytesIO(png)) as image:
            if max(image.size) > LARGEST:
                raise Invalid({"signature": _("Sign in the box.")})
            out = BytesIO()
            image.convert("RGBA").save(out, "PNG", optimize=True)
    except (OSError, SyntaxError, ValueError, binascii.Error):
        raise Invalid({"signature": _("Sign in the box.")}) from None
    return base64.b64encode(out.getvalue()).decode()


def paper(meeting: CommitteeMeeting, language: str) -> bytes:
    """The minutes as a PDF on the association's letterhead, with the signatures to date."""
    written = get(meeting)
    language = "ar" if language == "ar" else "en"
    data = read(written, language)
    with force_locale(language):
        head = letterhead()
        signed = [_signature(one) for one in signers(meeting)]
        data = {**data, "letterhead": {**data["letterhead"], "logo": head["logo"]}, "signatures": signed}
        return pdf.render("minutes", {**data, "digest": written.sha256}, language)


def _signature(one: Signer) -> dict[str, Any]:
    drawing = pdf.picture(base64.b64decode(one.drawing), "image/png") if one.drawing else None
    words = dates(one.signed_at) if one.signed_at else _("Left before signing") if one.gone else ""
    return {"name": one.name, "when": words, "drawing": drawing}
