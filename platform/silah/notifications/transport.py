"""How a message leaves: mail by SMTP, SMS through a gateway, or into a local folder that the demo shows.

A transport raises `NotDelivered` when the message may be tried again later; whoever sends it keeps the
Message-ID the same over every attempt.
"""

import logging
import os
import re
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from silah import clock
from silah.config import Settings

log = logging.getLogger(__name__)

LINES = SMTP.clone(cte_type="7bit")
"""Arabic goes in base64: not every server on the way takes 8-bit text."""

SMTP_SECONDS = 20


class NotDelivered(Exception):
    """The message was not taken. With `for_good` the other side will never take it (no such address)."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content: bytes
    media_type: str = "application/pdf"


@dataclass(frozen=True)
class Mail:
    """A mail, ready to go; `message_id` (`<…@…>`) is the caller's and stable over attempts."""

    message_id: str
    to: str
    subject: str
    text: str
    locale: str = "ar"
    html: str | None = None
    from_name: str | None = None
    reply_to: str | None = None
    attachments: Sequence[Attachment] = field(default=())
    written_at: datetime | None = None


def send_mail(settings: Settings, mail: Mail) -> None:
    """Send by SMTP where a server is set, else into the mailbox folder; may raise `NotDelivered`."""
    message = composed(settings, mail)
    if settings.smtp_host:
        _by_smtp(settings, message)
    elif settings.mailbox_dir:
        _into_folder(settings.mailbox_dir, message)
    else:
        log.warning("a mail was dropped: neither an SMTP server nor a mailbox folder is set")


def send_sms(settings: Settings, to: str, text: str, *, message_id: str) -> None:
    """Send by the SMS gateway where one is set, else into the mailbox folder; may raise `NotDelivered`."""
    if settings.sms_url:
        _by_gateway(settings.sms_url, to, text)
    elif settings.mailbox_dir:
        note = EmailMessage(policy=LINES)
        note["Message-ID"], note["To"], note["Date"] = message_id, to, format_datetime(clock.now())
        note["X-Silah-Means"] = "sms"
        note.set_content(text)
        _into_folder(settings.mailbox_dir, note)
    else:
        log.warning("an SMS was dropped: neither a gateway nor a mailbox folder is set")


def composed(settings: Settings, mail: Mail) -> EmailMessage:
    """The mail as a MIME message."""
    message = EmailMessage(policy=LINES)
    name, address = parseaddr(settings.smtp_from)
    message["Message-ID"] = mail.message_id
    message["Date"] = format_datetime(mail.written_at or clock.now())
    message["From"] = formataddr((mail.from_name or name, address))
    message["To"] = mail.to
    message["Subject"] = " ".join(mail.subject.split())
    message["Auto-Submitted"] = "auto-generated"
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    message.set_content(mail.text)
    message["Content-Language"] = mail.locale
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    for one in mail.attachments:
        main, _, sub = one.media_type.partition("/")
        message.add_attachment(one.content, maintype=main, subtype=sub, filename=one.name)
    return message


def smtp(settings: Settings) -> smtplib.SMTP:
    """A signed-in connection to the SMTP server; port 465 speaks TLS from the start."""
    host, context = settings.smtp_host or "", ssl.create_default_context()
    server: smtplib.SMTP
    if settings.smtp_port == 465:
        server = smtplib.SMTP_SSL(host, settings.smtp_port, timeout=SMTP_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, settings.smtp_port, timeout=SMTP_SECONDS)
        if settings.smtp_starttls:
            server.starttls(context=context)
    if settings.smtp_user:
        server.login(settings.smtp_user, settings.smtp_password or "")
    return server


def _by_smtp(settings: Settings, message: EmailMessage) -> None:
    try:
        with smtp(settings) as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise NotDelivered(f"refused: {codes}", for_good=all(code >= 500 for code in codes)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise NotDelivered(f"{type(error).__name__}: {error}") from error


def _by_gateway(url: str, to: str, text: str) -> None:
    from apprise import Apprise

    gateway = Apprise()
    if not gateway.add(url.replace("{to}", quote(to, safe=""))):
        raise NotDelivered("SILAH_SMS_URL is no address that Apprise knows")
    if not gateway.notify(body=text):
        raise NotDelivered("the SMS gateway did not take the message")


def _into_folder(folder: Path, message: EmailMessage) -> None:
    """Write the message under its Message-ID, so that a second attempt replaces the first."""
    name = re.sub(r"[^\w.-]+", "_", str(message["Message-ID"])).strip("_")[:150]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{uuid4().hex}"
        part.write_bytes(bytes(message))
        os.replace(part, folder / f"{name}.eml")
    except OSError as error:
        raise NotDelivered(str(error)) from error
