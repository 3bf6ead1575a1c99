"""How a message leaves: mail by SMTP, SMS through a gateway, or into a local folder that the demo shows.

`Refused` means that the other side will never take it; any other error, that it may be tried again. The caller's
Message-ID stays the same over every attempt.
"""

import logging
import os
import re
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from flask import current_app

from silah import clock
from silah.config import Settings

log = logging.getLogger(__name__)

LINES = SMTP.clone(cte_type="7bit")
"""Arabic goes in base64: not every server on the way takes 8-bit text."""
SMTP_SECONDS = 20
TLS_PORT = 465
FOR_GOOD = 500
"""Answers of an SMTP server from here on mean that it will never take the message."""


class Refused(Exception):
    """The message was refused for good: there is no such address, or it may not be written to."""


class NotDelivered(Exception):
    """The message was not taken this time."""


def email(message: EmailMessage, to: str) -> None:
    """Send by SMTP where a server is set, else into the mailbox folder; completes From and Date."""
    settings: Settings = current_app.config["SILAH"]
    _complete(message, settings)
    if settings.smtp_host:
        _by_smtp(settings, message, to)
    elif settings.mailbox_dir:
        _into_folder(settings.mailbox_dir, message)
    else:
        raise NotDelivered("neither an SMTP server (SILAH_SMTP_HOST) nor a mailbox folder is set")


def sms(number: str, text: str) -> None:
    """Send by the SMS gateway where one is set, else into the mailbox folder."""
    settings: Settings = current_app.config["SILAH"]
    if settings.sms_url:
        _by_gateway(settings.sms_url, number, text)
    elif settings.mailbox_dir:
        note = EmailMessage()
        note["Message-ID"], note["To"], note["X-Silah-Means"] = f"<{uuid4().hex}@sms>", number, "sms"
        note["Date"] = format_datetime(clock.now())
        note.set_content(text)
        _into_folder(settings.mailbox_dir, note)
    else:
        raise NotDelivered("neither an SMS gateway (SILAH_SMS_URL) nor a mailbox folder is set")


def smtp(settings: Settings) -> smtplib.SMTP:
    """A signed-in connection to the SMTP server; port 465 speaks TLS from the start."""
    host, context = settings.smtp_host or "", ssl.create_default_context()
    server: smtplib.SMTP
    if settings.smtp_port == TLS_PORT:
        server = smtplib.SMTP_SSL(host, settings.smtp_port, timeout=SMTP_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, settings.smtp_port, timeout=SMTP_SECONDS)
        if settings.smtp_starttls:
            server.starttls(context=context)
    if settings.smtp_user:
        server.login(settings.smtp_user, settings.smtp_password or "")
    return server


def _complete(message: EmailMessage, settings: Settings) -> None:
    """Our own address as the sender, beside whatever name the caller gave; and the date."""
    ours, address = parseaddr(settings.smtp_from)
    given = message["From"].addresses if "From" in message else ()
    name = given[0].display_name if given else ""
    del message["From"]
    message["From"] = Address(name or ours, addr_spec=address)
    if "Date" not in message:
        message["Date"] = format_datetime(clock.now())


def _by_smtp(settings: Settings, message: EmailMessage, to: str) -> None:
    try:
        with smtp(settings) as server:
            sender = message["From"].addresses[0].addr_spec
            server.sendmail(sender, [to], message.as_bytes(policy=LINES))
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        if code >= FOR_GOOD:
            raise Refused(f"{code} {said.decode(errors='replace')}") from error
        raise NotDelivered(f"{code} {said.decode(errors='replace')}") from error
    except (smtplib.SMTPException, OSError) as error:
        raise NotDelivered(f"{type(error).__name__}: {error}") from error


def _by_gateway(url: str, number: str, text: str) -> None:
    from apprise import Apprise  # slow to import, and many installations have no gateway

    gateway = Apprise()
    if not gateway.add(url.replace("{to}", quote(number, safe=""))):
        raise NotDelivered("SILAH_SMS_URL is no address that Apprise knows")
    if not gateway.notify(body=text):
        raise NotDelivered("the SMS gateway did not take the message")


def _into_folder(folder: Path, message: EmailMessage) -> None:
    """Write the message under its Message-ID, so that a second attempt replaces the first."""
    name = re.sub(r"[^\w.-]+", "_", str(message["Message-ID"])).strip("_")[:150]
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{uuid4().hex}"
    part.write_bytes(message.as_bytes(policy=LINES))
    os.replace(part, folder / f"{name}.eml")
