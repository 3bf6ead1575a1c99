"""Telling people about a case: its applicant by the agreed means, members of staff by e-mail."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import and_, or_, select

from silah.cases import contact_tasks, kinds
from silah.cases.models import Case, CaseBar, CaseReader, Referral
from silah.documents.addresses import association_address
from silah.documents.models import StoredFile
from silah.notifications import service as notifications
from silah.notifications.placeholders import Value
from silah.notifications.service import Recipient
from silah.organisation.models import Membership
from tenants.context import current_tenant
from tenants.database import db

WRITTEN = frozenset({"letter", "fax", "email", "sms", "whatsapp", "website", "app", "social_media"})
"""Kinds of channel by which a case comes without whoever brings it."""


def applicant(
    template: str, case: Case, context: Mapping[str, Value] | None = None, attachments: Sequence[StoredFile] = ()
) -> None:
    """Owe the applicant a message in their language, by the means agreed; an anonymous one cannot be reached."""
    if case.anonymous:
        return
    notifications.tell_applicant(template, case, dict(context or {}), attachments)


def confirm_receipt(template: str, case: Case, context: Mapping[str, Value] | None = None) -> None:
    """Owe the applicant word of what came; to one who stands at the desk or is on the telephone it was said there."""
    if case.anonymous:
        return
    message = notifications.tell_applicant(template, case, dict(context or {}))
    if case.taken_in_by is not None and _in_person(case):
        contact_tasks.record_attempt(message, contact_tasks.REACHED, by=case.taken_in_by)


def _in_person(case: Case) -> bool:
    """Whether whoever brought a case was there, or on the telephone, when it was taken in."""
    channel = case.policy_version.policy.channel(case.channel)
    return channel is not None and channel.kind not in WRITTEN


def member(template: str, to: Membership, case: Case, context: Mapping[str, Value] | None = None) -> None:
    """Owe a member of staff a message about a case, in their language; never to whom it is about."""
    if kinds.kind_of_case(case).guarded_by and not may_know(case, to):
        return
    locale = to.locale or current_tenant().locale
    notifications.send(template, Recipient.of_member(to), locale, dict(context or {}), case=case)


def members(template: str, to: Iterable[Membership], case: Case, context: Mapping[str, Value] | None = None) -> None:
    """Owe each of these members a message about a case."""
    for one in to:
        member(template, one, case, context)


def colleague(template: str, to: Membership, context: Mapping[str, Value], path: str) -> None:
    """Owe a member of staff a message that names no case, with the address of a page of the association."""
    locale = to.locale or current_tenant().locale
    notifications.send(template, Recipient.of_member(to), locale, {"link": association_address(path), **context})


def may_know(case: Case, to: Membership) -> bool:
    """Whether a guarded case may be spoken of to a member: one who may see its kind, holds it, or is asked about it."""
    if to.id in barred(case):
        return False
    if case.confidential and db.session.get(CaseReader, (to.id, case.id)) is None:
        return False
    held = {permission for role in to.roles for permission in role.permissions}
    mine = to.id in (case.holder_id, case.taken_in_by)
    return mine or not held.isdisjoint(kinds.kind_of_case(case).guarded_by) or _asked(case, to)


def _asked(case: Case, to: Membership) -> bool:
    keys = [role.key for role in to.roles]
    asked = or_(Referral.to_member_id == to.id, and_(Referral.to_member_id.is_(None), Referral.to_role.in_(keys)))
    rows = select(Referral.id).where(Referral.case_id == case.id, Referral.ended_at.is_(None), asked).limit(1)
    return db.session.scalar(rows) is not None


def barred(case: Case) -> set[UUID]:
    """The members whom the case, or the one that it was born of, is about, or who have an interest in it."""
    whose = [one for one in (case.id, case.born_of_id) if one]
    return set(db.session.scalars(select(CaseBar.member_id).where(CaseBar.case_id.in_(whose))))
