"""Signatures under minutes and annexes: drawn by those who attended, or declined by them with a reason on record."""

import base64
from uuid import UUID

from flask_babel import gettext as _

from silah.committees import minutes, reminding, seats, signers
from silah.committees.errors import NotConducting, NotPossible
from silah.committees.models import CommitteeMeeting, MeetingMinutes, MinutesSignature
from silah.documents import content, errors, signatures
from silah.errors import Forbidden, Invalid
from silah.forms.texts import clean
from silah.web.access import Member
from tenants.database import db

KEPT = 1000
"""The most pixels of a side."""


def sign(meeting: CommitteeMeeting, drawn: str | bytes | None, *, by: Member, annex: int = 0) -> MinutesSignature:
    """Take a member's drawn signature; raises ``Forbidden`` for one who did not attend."""
    written = _held(meeting, annex)
    signer = _attended(written, by.id)
    if signer.signed_at is not None:
        raise NotPossible(_("You have signed these minutes already."))
    return _answer(meeting, written, by.id, by, drawing=_kept(drawn))


def decline(meeting: CommitteeMeeting, member_id: UUID, reason: str, *, by: Member, annex: int = 0) -> MinutesSignature:
    """Record that a member who attended will not sign, and why: by themselves, or by one who conducts the meeting."""
    if by.id != member_id and not seats.conducts(meeting.committee, by):
        raise NotConducting
    written = _held(meeting, annex)
    if not _attended(written, member_id).owes:
        raise NotPossible(_("No signature of this member is awaited any more."))
    if not clean(reason):
        raise Invalid({"reason": _("Write the reason.")})
    return _answer(meeting, written, member_id, by, answer="declined", reason=clean(reason))


def _held(meeting: CommitteeMeeting, annex: int) -> MeetingMinutes:
    """The paper, found to be as it was written; one answer at a time is taken under it."""
    written = minutes.get(meeting, annex)
    minutes.checked(written)
    db.session.refresh(meeting, with_for_update=True)
    return written


def _attended(written: MeetingMinutes, member_id: UUID) -> signers.Signer:
    found = next((one for one in signers.of(written) if one.member_id == member_id), None)
    if found is None:
        raise Forbidden(_("The minutes are signed by those who attended the meeting."))
    return found


def _answer(
    meeting: CommitteeMeeting, written: MeetingMinutes, member_id: UUID, by: Member, **said: str
) -> MinutesSignature:
    awaited = member_id in signers.owing(written)
    made = MinutesSignature(
        meeting_id=meeting.id,
        annex=written.annex,
        member_id=member_id,
        sha256=written.sha256,
        recorded_by=by.id,
        **said,
    )
    db.session.add(made)
    db.session.flush()
    if awaited and not signers.owing(written):
        reminding.complete(meeting, written)
    return made


def _kept(given: str | bytes | None) -> str:
    """The picture drawn anew and small, so that what is kept is a whole picture and nothing else."""
    raw = given if isinstance(given, bytes) and given else signatures.read_picture(given)
    try:
        kept, _size = content.shrink(raw, most_side=KEPT)
    except errors.Damaged:
        raise Invalid({"signature": _("Sign in the box, or send a photo of your signature (PNG or JPEG).")}) from None
    except errors.NotTaken as refused:
        raise Invalid({"signature": refused.message}) from None
    return base64.b64encode(kept).decode()
