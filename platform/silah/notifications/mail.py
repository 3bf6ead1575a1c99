"""A message of the outbox as an e-mail: plain text and HTML, with its language, direction and attachments."""

from contextlib import suppress
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from uuid import UUID

from flask import render_template
from flask_babel import force_locale
from sqlalchemy import select

from silah.documents import service as documents
from silah.language.bilingual import localized
from silah.notifications import placeholders, transport
from silah.notifications.models import OutboxMessage
from silah.shell.models import AssociationSetting
from tenants.context import current_tenant
from tenants.database import db

NOBODY = "no-reply@localhost"
"""Stands for the installation's own address, which the transport puts in its place."""


def composed(owed: OutboxMessage) -> EmailMessage:
    """The whole e-mail. Made again for another attempt it is the same, Message-ID and date included."""
    mail = EmailMessage()
    mail["Message-ID"] = owed.message_id
    mail["Date"] = format_datetime(owed.created_at)
    mail["From"] = formataddr((sender(owed.locale), NOBODY))
    mail["To"] = transport.mailable(owed.address)
    mail["Subject"] = owed.subject
    mail["Content-Language"] = owed.locale
    mail["Auto-Submitted"] = "auto-generated"
    setting = db.session.scalar(select(AssociationSetting))
    if setting and setting.email:
        with suppress(transport.Refused):  # no address of their own is worth a message that does not leave
            mail["Reply-To"] = transport.mailable(setting.email)
    mail.set_content(owed.body)
    mail.add_alternative(as_html(owed), subtype="html")
    for file in (documents.get(UUID(file_id)) for file_id in owed.attachments):
        main, _, sub = file.media_type.partition("/")
        mail.add_attachment(documents.open(file), maintype=main, subtype=sub, filename=file.name)
    return mail


def as_html(owed: OutboxMessage) -> str:
    """The message as HTML, in its own language and direction."""
    with force_locale(owed.locale):
        return render_template(
            "notifications/mail.html",
            lang=owed.locale,
            rtl=owed.locale == "ar",
            subject=owed.subject,
            paragraphs=[[placeholders.linked(line) for line in part] for part in placeholders.paragraphs(owed.body)],
            sender=sender(owed.locale),
        )


def as_sms(owed: OutboxMessage) -> str:
    """A text message carries the subject and the address to open: nothing personal stands on a locked screen."""
    addresses = placeholders.ADDRESS.findall(owed.body)
    return "\n".join([f"{sender(owed.locale)}: {owed.subject}", *addresses[:1]])


def sender(locale: str) -> str:
    """The association's name, as whom a message is from."""
    tenant = current_tenant()
    return localized(tenant, "name", locale)
