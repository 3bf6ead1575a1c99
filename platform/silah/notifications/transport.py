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
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from flask import current_app

from silah import clock
from silah.config import Settings
from silah.language.email_addresses import Unmailable, write_address

log = logging.getLogger(__name__)

LINES = SMTP.clone(cte_type="7bit")
"""Arabic goes in base64: not every server on the way takes 8-bit text."""
SMTP_SECONDS = 20
TLS_PORT = 465
ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
"""What an address must look like to be given to a server at all."""
FOR_GOOD = 500
"""Answers of an SMTP server from here on mean that it will never take the message."""


class Refused(Exception):
    """The message was refused for good: there is no such address, or it may not be written to."""


class NotDelivered(Exception):
    """The message was not taken this time."""


def email(message: EmailMessage, to: str) -> None:
    """Send by SMTP where a server is set, else into the mailbox folder; completes From and Date."""
    settings: Settings = current_app.config["SILAH"]
    if not ADDRESS.fullmatch(to):
        raise Refused("this is no address")
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


def mailable(address: str) -> str:
    """Return an address as it goes out, its domain in ASCII; raises ``Refused`` for what is no address at all."""
    try:
        return write_address(address)
    except Unmailable as error:
        raise Refused("this is no address that can be mailed") from error


def _complete(message: EmailMessage, settings: Settings) -> None:
    """Our own address as the sender, beside whatever name the caller gave; and the date."""
    ours, address = parseaddr(settings.smtp_from)
    address = _our_address(address)
    given = message["From"].addresses if "From" in message else ()
    name = given[0].display_name if given else ""
    del message["From"]
    message["From"] = Address(name or ours, addr_spec=address)
    if "Date" not in message:
        message["Date"] = format_datetime(clock.now())


def _our_address(address: str) -> str:
    """The installation's own address with its domain in ASCII; one that is none is left for the server to refuse."""
    try:
        return write_address(address)
    except Unmailable:
        return address


def _by_smtp(settings: Settings, message: EmailMessage, to: str) -> None:
    to = mailable(to)
    try:
        with smtp(settings) as server:
            sender = message["From"].addresses[0].addr_spec
            if to.isascii():
                server.sendmail(sender, [to], message.as_bytes(policy=LINES))
            else:
                _with_any_letters(server, sender, to, message)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        if code >= FOR_GOOD:
            raise Refused(f"{code} {said.decode(errors='replace')}") from error
        raise NotDelivered(f"{code} {said.decode(errors='replace')}") from error
    except smtplib.SMTPDataError as error:
        refusal = Refused if error.smtp_code >= FOR_GOOD else NotDelivered
        raise refusal(f"{error.smtp_code} {error.smtp_error!r}") from error
    except smtplib.SMTPNotSupportedError as error:
        raise Refused(f"{type(error).__name__}: {error}") from error
    except (smtplib.SMTPException, OSError) as error:
        raise NotDelivered(f"{type(error).__name__}: {error}") from error
    except Exception as error:
        # An address or a text that cannot be written in a message at all; another try would end alike.
        raise Refused(f"{type(error).__name__}: {error}") from error


def _with_any_letters(server: smtplib.SMTP, sender: str, to: str, message: EmailMessage) -> None:
    """Send to an address with letters beyond ASCII before the @, which takes a server that speaks SMTPUTF8."""
    server.ehlo_or_helo_if_needed()
    if not server.has_extn("smtputf8"):
        raise Refused("the mail server takes no letters beyond ASCII before the @ (SMTPUTF8)")
    server.sendmail(sender, [to], message.as_bytes(policy=LINES.clone(utf8=True)), mail_options=["SMTPUTF8"])


def _by_gateway(url: str, number: str, text: str) -> None:
    from apprise import Apprise  # slow to import, and many installations have no gateway

    try:
        _notify(Apprise(), url, number, text)
    except NotDelivered:
        raise
    except Exception as error:
        raise NotDelivered(f"the SMS gateway raised {type(error).__name__}") from error


def _notify(gateway: Any, url: str, number: str, text: str) -> None:
    if not gateway.add(url.replace("{to}", quote(number, safe=""))):
        raise NotDelivered("SILAH_SMS_URL is no address that Apprise knows")
    if not gateway.notify(body=text):
        raise NotDelivered("the SMS gateway did not take the message")


def _into_folder(folder: Path, message: EmailMessage) -> None:
    """Write the message under its Message-ID, so that a second attempt replaces the first."""
    name = re.sub(r"[^\w.-]+", "_", str(message["Message-ID"])).strip("_")[:150]
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{uuid4().hex}"
    part.write_bytes(message.as_bytes(policy=LINES if str(message["To"]).isascii() else LINES.clone(utf8=True)))
    os.replace(part, folder / f"{name}.eml")
