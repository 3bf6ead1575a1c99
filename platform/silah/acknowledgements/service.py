"""Campaigns: begun when a version comes into force or by HR, opened, signed, and ended by the next.

A policy that asks for signature has everybody sign the version in force, its first version included. One that is
circulated is sent to all when it changes. An association whose policy asks for neither has no campaign.
"""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import and_, or_, select

from silah import clock
from silah.acknowledgements import audience, notices
from silah.acknowledgements.errors import AlreadySigned, Ended, NotAsked
from silah.acknowledgements.models import Acknowledgement, Campaign
from silah.cases.chain import canonical
from silah.documents import service as documents
from silah.documents import signatures
from silah.documents.models import StoredFile
from silah.errors import Invalid, NotFound
from silah.jobs import owe
from silah.organisation.models import Membership
from silah.web.access import Member
from tenants.database import db
from tenants.versions import PolicyVersion

TELL, REMIND = "acknowledgement.tell", "acknowledgement.remind"
EVERY = timedelta(days=7)


def begin(version: PolicyVersion, *, first: bool = False, by: Member | None = None) -> Campaign | None:
    """A version is in force: ask the staff for what its policy says, and tell the public that it changed.

    ``first`` is the association's first version, which is no change to anybody. Doing it again changes nothing; gives
    None where the policy asks the staff for nothing now.
    """
    policy, mode = version.policy, version.policy.responsibilities.taken_up_by
    standing = db.session.scalar(select(Campaign).where(Campaign.policy_version_id == version.id))
    if standing is not None:
        return standing
    for earlier in db.session.scalars(select(Campaign).where(Campaign.kind == "policy", Campaign.ended_at.is_(None))):
        end(earlier)
    db.session.flush()
    if not first:
        notices.of_change(version)
    if mode == "circulation" and (first or not policy.review.circulated_after):
        return None
    return circulate(version, mode, by=by, tell=not first)


def circulate(version: PolicyVersion, mode: str, *, by: Member | None = None, tell: bool = True) -> Campaign:
    """Put a version before the staff, whether or not it is fresh."""
    digest = hashlib.sha256(canonical(version.document)).hexdigest()
    title = version.policy.title
    made = Campaign(kind="policy", mode=mode, title_ar=title.ar, title_en=title.en, digest=digest)
    made.policy_version_id = version.id
    return _begun(made, by, tell)


def carry(file: StoredFile, *, kind: str, mode: str, title_ar: str, title_en: str, by: Member | None) -> Campaign:
    """Put an uploaded document before the staff: the code of ethics, the work regulations, or another."""
    made = Campaign(kind=kind, mode=mode, title_ar=title_ar.strip(), title_en=title_en.strip(), digest=file.sha256)
    made.file_id = file.id
    return _begun(made, by, True)


def end(campaign: Campaign) -> None:
    """Ask nobody any more; what was signed stays on record."""
    campaign.ended_at = campaign.ended_at or clock.now()


def get(campaign_id: UUID) -> Campaign:
    """One campaign of the association."""
    found = db.session.get(Campaign, campaign_id)
    if found is None:
        raise NotFound
    return found


def mine(member: Member) -> list[tuple[Campaign, Acknowledgement | None]]:
    """The campaigns in which this member was asked or has signed, the newest first, with what they did."""
    here = and_(Acknowledgement.campaign_id == Campaign.id, Acknowledgement.membership_id == member.id)
    rows = select(Campaign, Acknowledgement).outerjoin(Acknowledgement, here).order_by(Campaign.begun_at.desc())
    found = [(campaign, done) for campaign, done in db.session.execute(rows)]
    asked = audience.is_asked(db.session.get_one(Membership, member.id))
    return [(one, done) for one, done in found if done or (asked and one.ended_at is None)]


def owed(member: Member) -> Sequence[Campaign]:
    """What this member has still to sign or to read, what is to be signed first: one query where nothing is."""
    here = and_(Acknowledgement.campaign_id == Campaign.id, Acknowledgement.membership_id == member.id)
    undone = or_(
        and_(Campaign.mode == "signature", Acknowledgement.signed_at.is_(None)),
        and_(Campaign.mode == "circulation", Acknowledgement.opened_at.is_(None)),
    )
    rows = select(Campaign).outerjoin(Acknowledgement, here).where(Campaign.ended_at.is_(None), undone)
    found = db.session.scalars(rows.order_by(Campaign.mode.desc(), Campaign.begun_at)).all()
    return found if found and audience.is_asked(db.session.get_one(Membership, member.id)) else []


def opened(campaign: Campaign, member: Member) -> Acknowledgement | None:
    """The member has opened it: the receipt, once; None for whoever is not asked."""
    if campaign.ended_at is None and audience.is_asked(db.session.get_one(Membership, member.id)):
        row = row_of(campaign, member.id)
        row.opened_at = row.opened_at or clock.now()
        return row
    return db.session.get(Acknowledgement, (campaign.id, member.id))


def sign(campaign: Campaign, member: Member, *, method: str, name: str, signature: Any = None) -> Acknowledgement:
    """The member signs what they have read: drawn, or by their name after proving who they are.

    The caller has checked the password where the method is ``typed``. Raises `Ended`, `AlreadySigned`, `NotAsked`,
    and `Invalid` for a picture that is none.
    """
    db.session.refresh(campaign, with_for_update={"read": True})
    if campaign.ended_at is not None:
        raise Ended
    if not audience.is_asked(db.session.get_one(Membership, member.id)):
        raise NotAsked
    row = row_of(campaign, member.id)
    if row.signed_at is not None:
        raise AlreadySigned
    if not name.strip():
        raise Invalid({"signed_as": _("Write your full name.")})
    if method == "drawn":
        row.signature_id = _kept(signature).id
    row.method, row.signed_as, row.digest = method, name.strip(), campaign.digest
    row.signed_at = clock.now()
    row.opened_at = row.opened_at or row.signed_at
    return row


def row_of(campaign: Campaign, membership_id: UUID) -> Acknowledgement:
    """What one member did in one campaign; an empty row where they did nothing."""
    found = db.session.get(Acknowledgement, (campaign.id, membership_id), with_for_update=True)
    if found is None:
        found = Acknowledgement(campaign_id=campaign.id, membership_id=membership_id, reminders=0)
        db.session.add(found)
        db.session.flush()
    return found


def statement(locale: str) -> str:
    """What is signed."""
    with force_locale(locale):
        return str(_("I have read this document in full, I understand it, and I undertake to comply with it."))


def _begun(made: Campaign, by: Member | None, tell: bool) -> Campaign:
    made.begun_by = by.id if by else None
    db.session.add(made)
    db.session.flush()
    if tell:
        owe(TELL, str(made.id), clock.now())
    owe(REMIND, str(made.id), clock.now() + EVERY)
    return made


def _kept(signature: Any) -> StoredFile:
    picture = signatures.read_picture(signature)
    return documents.keep_made(picture, "signature.png", purpose="signature", media_type="image/png")
