"""Saying something to somebody: worded, written to the outbox, and owed, in the transaction of its cause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, Self
from uuid import UUID, uuid4

from flask import current_app
from flask_babel import force_locale

from silah import clock
from silah.documents.addresses import association_address, follow_address
from silah.documents.models import StoredFile
from silah.jobs import owe
from silah.language.bilingual import localized, quote
from silah.language.localization import dates, locale
from silah.notifications.message_templates import LOCALES, TEMPLATES, Template, Wording
from silah.notifications.models import MessageTemplate, OutboxMessage
from silah.notifications.placeholders import Value, fill, one_line
from silah.organisation.models import Membership
from tenants.context import current_tenant
from tenants.database import db
from tenants.versions import PolicyVersion

Means = Literal["email", "sms", "call", "hand", "page"]
SENDS = frozenset({"email", "sms"})
"""By these a message leaves by itself; ``page`` is for who reads it on the tracking page, where it stands anyhow."""
CARRIED = ("call", "hand")
"""By these somebody tells it: on the telephone, or in person with a letter."""
BY_KIND: dict[str, Means] = {
    "email": "email",
    "sms": "sms",
    "phone": "call",
    "whatsapp": "call",
    "website": "page",
    "app": "page",
}
"""By what means a reply comes on a channel of this kind; on every other one by hand."""


class Addressee(Protocol):
    """A person on a case, as far as a message knows them."""

    @property
    def name(self) -> str:
        """Return what the person is called."""


class MessageCase(Protocol):
    """A case, as far as messages about it know one."""

    @property
    def id(self) -> UUID:
        """Return its id."""

    @property
    def reference(self) -> str:
        """Return its reference number."""

    @property
    def title_ar(self) -> str | None:
        """Return what it is about, in Arabic."""

    @property
    def title_en(self) -> str | None:
        """Return what it is about, in English."""

    @property
    def locale(self) -> str:
        """Return the language of its applicant."""

    @property
    def reply_channel(self) -> str:
        """Return the key of the channel by which the reply is to come."""

    @property
    def reply_address(self) -> str | None:
        """Return the address on that channel."""

    @property
    def applicant(self) -> Addressee | None:
        """Return who applies, where it is not the beneficiary."""

    @property
    def beneficiary(self) -> Addressee | None:
        """Return for whom the service is."""

    @property
    def policy_version(self) -> PolicyVersion:
        """Return the version of the policy under which it came."""


@dataclass(frozen=True)
class Recipient:
    """To whom a message goes, and by what means."""

    means: Means
    address: str
    name: str = ""

    @classmethod
    def of_case(cls, case: MessageCase) -> Self:
        """The applicant, by the means agreed at intake; by hand where no address was left."""
        channel = case.policy_version.policy.channel(case.reply_channel)
        means = BY_KIND.get(channel.kind, "hand") if channel else "hand"
        person = case.applicant or case.beneficiary
        address = case.reply_address or ""
        return cls("hand" if means in SENDS and not address else means, address, person.name if person else "")

    @classmethod
    def of_member(cls, member: Membership) -> Self:
        """A member of staff, by e-mail."""
        return cls("email", member.email, member.name)


def send(
    template: str,
    to: Recipient,
    locale: str,
    context: Mapping[str, Value],
    case: MessageCase | None = None,
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
        name=to.name,
        locale=language,
        subject=said.subject,
        body=said.body,
        attachments=[str(file.id) for file in attachments],
    )
    if to.means == "page":
        message.state, message.sent_at = "sent", clock.now()
    db.session.add(message)
    db.session.flush()
    if to.means in SENDS:
        owe("message.awaited" if kind.awaited else "message", str(message_id), clock.now())
    return message


def compose(
    template: str, to: Recipient, locale: str, context: Mapping[str, Value], case: MessageCase | None = None
) -> Wording:
    """Return subject and body of a message as its reader gets them; nothing is sent."""
    kind, language = TEMPLATES[template], locale if locale in LOCALES else "ar"
    with force_locale(language):
        values = {**_standard(kind, to, case), **context}
    wording = worded(kind, language)
    return Wording(one_line(fill(wording.subject, values)), fill(wording.body, values))


def tell_applicant(
    template: str,
    case: MessageCase,
    context: Mapping[str, Value] | None = None,
    attachments: Sequence[StoredFile] = (),
) -> OutboxMessage:
    """Owe the applicant of a case a message, by the means agreed and in their language."""
    return send(template, Recipient.of_case(case), case.locale, context or {}, case, attachments)


def worded(template: Template, locale: str) -> Wording:
    """How the association words a message: its own rewording, else the platform's."""
    own = db.session.get(MessageTemplate, (template.key, locale))
    return Wording(own.subject, own.body) if own else template.wording(locale)


def _standard(template: Template, to: Recipient, case: MessageCase | None) -> dict[str, Value]:
    tenant = current_tenant()
    values: dict[str, Value] = {
        "name": to.name,
        "association": localized(tenant, "name"),
        "date": dates(clock.today()),
        "link": association_address(),
    }
    if case is not None:
        title = localized(case, "title")
        for_staff = template.audience == "staff"
        link = association_address(f"/desk/cases/{case.id}") if for_staff else follow_address(case.reference)
        values |= {"reference": case.reference, "request": quote(title), "link": link}
    return values


def _arabic() -> bool:
    return locale() == "ar"
