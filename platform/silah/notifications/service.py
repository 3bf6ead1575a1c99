"""Saying something to somebody: worded, written to the outbox, and owed, in the transaction of its cause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Self
from uuid import UUID, uuid4

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import Select, or_, select

from silah import clock
from silah.access import Member
from silah.cases.models import Case
from silah.cases.visibility import visible
from silah.documents.addresses import association_address, follow_address
from silah.documents.models import StoredFile
from silah.errors import NotFound
from silah.i18n import dates
from silah.jobs import owe
from silah.notifications.filling import Value, fill, one_line
from silah.notifications.models import MessageTemplate, OutboxMessage
from silah.notifications.wording import LOCALES, TEMPLATES, Template, Wording
from silah.staff.models import Membership
from tenants.context import current_tenant
from tenants.database import db

Means = Literal["email", "sms", "hand"]
PAGE_SIZE = 50


@dataclass(frozen=True)
class Recipient:
    """To whom a message goes, and by what means; ``hand`` is for letters and visits: a person carries it."""

    means: Means
    address: str
    name: str = ""

    @classmethod
    def of_case(cls, case: Case) -> Self:
        """The applicant, by the means agreed at intake; by hand where no address was left."""
        channel = case.policy_version.policy.channel(case.reply_channel)
        means = (channel.sends if channel else None) or "hand"
        person = case.applicant or case.beneficiary
        address = case.reply_address or ""
        return cls(means if address else "hand", address, person.name if person else "")

    @classmethod
    def of_member(cls, member: Membership) -> Self:
        """A member of staff, by e-mail."""
        return cls("email", member.email, member.name)


def send(
    template: str,
    to: Recipient,
    locale: str,
    context: Mapping[str, Value],
    case: Case | None = None,
    attachments: Sequence[StoredFile] = (),
) -> OutboxMessage:
    """Owe a message of this kind; it leaves once the transaction is committed, at least once.

    The context of a case (reference, request, link, date …) is added by itself. Raises KeyError for an unknown kind.
    """
    kind, language = TEMPLATES[template], locale if locale in LOCALES else "ar"
    said = compose(template, to, language, context, case)
    message_id = uuid4()
    message = OutboxMessage(
        id=message_id,
        message_id=f"<{message_id}@{current_app.config['SILAH'].base_domain}>",
        case_id=case.id if case else None,
        template=kind.key,
        means=to.means,
        address=to.address,
        locale=language,
        subject=said.subject,
        body=said.body,
        attachments=[str(file.id) for file in attachments],
    )
    db.session.add(message)
    db.session.flush()
    if to.means != "hand":
        owe("message.awaited" if kind.awaited else "message", str(message_id), clock.now())
    return message


def compose(
    template: str, to: Recipient, locale: str, context: Mapping[str, Value], case: Case | None = None
) -> Wording:
    """Return subject and body of a message as its reader gets them; nothing is sent."""
    kind, language = TEMPLATES[template], locale if locale in LOCALES else "ar"
    with force_locale(language):
        values = {**_standard(kind, to, case), **context}
    wording = worded(kind, language)
    return Wording(one_line(fill(wording.subject, values)), fill(wording.body, values))


def tell_applicant(
    template: str,
    case: Case,
    context: Mapping[str, Value] | None = None,
    attachments: Sequence[StoredFile] = (),
) -> OutboxMessage:
    """Owe the applicant of a case a message, by the means agreed and in their language."""
    return send(template, Recipient.of_case(case), case.locale, context or {}, case, attachments)


def worded(template: Template, locale: str) -> Wording:
    """How the association words a message: its own rewording, else the platform's."""
    own = db.session.get(MessageTemplate, (template.key, locale))
    return Wording(own.subject, own.body) if own else template.wording(locale)


def to_hand_over(member: Member) -> list[OutboxMessage]:
    """What has still to be carried to applicants whose cases the member sees: letters, and words for a call or visit.

    The oldest come first, as many as a page holds; the next take the place of those that are handed over.
    """
    waiting = _by_hand(member).where(OutboxMessage.state == "owed")
    return list(db.session.scalars(waiting.order_by(OutboxMessage.created_at, OutboxMessage.id).limit(PAGE_SIZE)))


def get(message_id: UUID, member: Member) -> OutboxMessage:
    """A message that somebody carries, on a case that the member sees; raises ``NotFound`` for every other."""
    message = db.session.scalars(_by_hand(member).where(OutboxMessage.id == message_id)).one_or_none()
    if message is None:
        raise NotFound
    return message


def _by_hand(member: Member) -> Select[OutboxMessage]:
    """Only what goes by hand: other messages hold single-use links and codes that are for their reader alone."""
    seen = or_(OutboxMessage.case_id.is_(None), visible(member))
    return select(OutboxMessage).outerjoin(Case).where(OutboxMessage.means == "hand", seen)


def handed_over(message: OutboxMessage) -> None:
    """Record that a message to be carried by hand has reached the applicant."""
    if message.means == "hand" and message.state == "owed":
        message.state, message.sent_at = "sent", clock.now()


def _standard(template: Template, to: Recipient, case: Case | None) -> dict[str, Value]:
    tenant, arabic = current_tenant(), _arabic()
    values: dict[str, Value] = {
        "name": to.name,
        "association": (tenant.name_ar or tenant.name_en) if arabic else (tenant.name_en or tenant.name_ar),
        "date": dates(clock.today()),
        "link": association_address(),
    }
    if case is not None:
        title = (case.title_ar or case.title_en) if arabic else (case.title_en or case.title_ar)
        for_staff = template.audience == "staff"
        link = association_address(f"/desk/cases/{case.id}") if for_staff else follow_address(case.reference)
        values |= {"reference": case.reference, "request": f"«{title}»" if arabic else f"“{title}”", "link": link}
    return values


def _arabic() -> bool:
    from silah.i18n import locale

    return locale() == "ar"
